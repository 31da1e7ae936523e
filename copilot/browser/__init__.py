"""The app in a browser: served on this machine, to this machine alone."""
