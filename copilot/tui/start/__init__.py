"""The start screen, and the screens on which an interview is prepared."""
