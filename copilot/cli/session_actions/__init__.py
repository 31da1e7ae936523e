"""What ``sessions`` can do: one module an action, each with ``configure`` and ``run``."""
