"""The steps of ``report``: what may be shown, what is asked for, and where it goes."""
