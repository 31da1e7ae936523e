"""The phrases that several forms of report share, said once: one module a subject, in en and fr.

What only one form says stands in that form's own table, which holds the shared ones it needs.
Phrases begin small where they can stand inside a sentence; a form that begins a line with one makes
its first letter big.
"""
