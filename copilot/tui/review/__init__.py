"""Going through a stored session again: what was said, what it showed, what one makes of it."""
