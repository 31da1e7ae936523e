"""The index over all sessions: one SQLite file beside them, made from their journals at any time.

It is a cache and nothing else: where it is missing, damaged, of another version or on a disk that
refuses, it is made anew or done without, and no session depends on it. ``docs/search.md`` tells
what it holds and what it does not.
"""

from copilot.store.index.content import About, Content, Known, Line, Reader, Speaker, unreadable
from copilot.store.index.forgetting import forget, forget_all
from copilot.store.index.listing import Listed, list_sessions
from copilot.store.index.places import index_path
from copilot.store.index.query import Filters, Query
from copilot.store.index.search import Answer, FoundSession, Hit, bring_up_to_date, search

__all__ = [
    "About",
    "Answer",
    "Content",
    "Filters",
    "FoundSession",
    "Hit",
    "Known",
    "Line",
    "Listed",
    "Query",
    "Reader",
    "Speaker",
    "bring_up_to_date",
    "forget",
    "forget_all",
    "index_path",
    "list_sessions",
    "search",
    "unreadable",
]
