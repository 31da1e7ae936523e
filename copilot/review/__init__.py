"""What is made of a session afterwards: the summary, and reports from it."""
