"""How the demo interview is made: a script is read aloud by two synthetic voices.

Needed only to make the recording anew, never to play it. ``copilot/demo/SOURCE.md`` tells how.
"""
