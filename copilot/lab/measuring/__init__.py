"""Figures from results: precision and recall, intervals, calibration, agreement."""
