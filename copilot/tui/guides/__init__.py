"""Guides on the screen: looked at, changed in place, tried, completed by what is proposed."""
