"""What a running session asks a language model, and what it makes of the answers.

Nothing here is loaded where no language model is in use, but for ``seam``.
"""
