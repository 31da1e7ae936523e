"""The terminal app. It listens to a session and sends it commands; it decides nothing."""
