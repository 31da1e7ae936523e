"""Completing guides: what is missing, proposals, worksheets, held interviews."""
