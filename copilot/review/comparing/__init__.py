"""Candidates for one role side by side, for humans to talk about; the machine puts none first."""
