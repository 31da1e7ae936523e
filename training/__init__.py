"""Fitting what ships: run by developers, never needed by users."""
