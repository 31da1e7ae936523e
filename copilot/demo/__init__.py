"""The demo: a synthesised interview that ships, and how it is played."""
