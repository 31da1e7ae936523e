"""The screen on which the decision about recording is recorded."""
