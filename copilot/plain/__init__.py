"""The front that speaks lines instead of drawing: for screen readers and dumb terminals."""
