"""The settings, on a screen."""
