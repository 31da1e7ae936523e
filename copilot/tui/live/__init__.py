"""The live screen and its panes."""
