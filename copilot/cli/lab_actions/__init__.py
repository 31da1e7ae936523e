"""What ``lab`` can do, a module an action."""
