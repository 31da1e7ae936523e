"""The recap of a session: what was heard, question by question, in quotes or in prose."""
