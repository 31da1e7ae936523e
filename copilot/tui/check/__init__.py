"""The short check of the set-up before a call."""
