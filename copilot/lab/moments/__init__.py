"""What a case says of a moment of a stored session: what was given, and what the human said of it.

Only a human's word is a label: a finding set or confirmed in the review, a question chosen by key,
a suggestion taken or sent away. What the machine thought of the moment is never one.
"""

from copilot.lab.moments.drafting import drafted, tasks_for, whole_interview
from copilot.lab.moments.drafts import Drafted, Said
from copilot.lab.moments.questions import NO_QUESTION

__all__ = ["NO_QUESTION", "Drafted", "Said", "drafted", "tasks_for", "whole_interview"]
