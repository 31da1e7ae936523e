"""Thresholds of the local matcher, fitted to labelled answers and held to those left out."""
