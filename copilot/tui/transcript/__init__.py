"""The transcript as lines that are drawn only where they can be seen."""
