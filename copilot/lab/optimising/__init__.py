"""Better prompts, proposed from what went wrong, and tried before anybody uses them."""
