"""Live sound: which devices there are, how their sound is taken, and one clock for all of it."""
