"""Whole interviews held again in the lab: where they come from, and what comes out of them."""
