"""The plan of an interview: which questions, in which order, how long."""
