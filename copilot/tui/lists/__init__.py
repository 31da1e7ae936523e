"""Screens that are a head, a list to walk, and what there is to say of the row with the cursor."""
