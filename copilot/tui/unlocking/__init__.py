"""Encrypted sessions on the screen: asking for the key, and closing them again."""
