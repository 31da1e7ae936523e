"""Everything the user can do, once: keys, footer, help and docs are made from these lists."""
