"""The guides that stored sessions ran with, for suites that hold those interviews again."""

from collections.abc import Iterator

from copilot.engine.session_guide import session_guide
from copilot.interview import replay
from copilot.lab.cases import Case
from copilot.lab.errors import SuiteError
from copilot.lab.grid import GuideText, kept_name
from copilot.lab.suite.model import Choice, Suite
from copilot.store import SessionStore


def kept_guides(choice: Choice, suite: Suite) -> Iterator[GuideText]:
    """The guide of each session that a suite's cases replay.

    Raises:
        SuiteError: A case replays no session, one in another language or role, or one whose own
            guide is not to be had.
        SessionError: There is no such session, or it is broken.
    """
    done: set[str] = set()
    for case in suite.cases:
        session = str(case.vars.get("session") or "")
        if session in done and not _changed(case):
            continue
        done.add(session)
        yield _guide_text(choice, case, session)


def _changed(case: Case) -> bool:
    return bool(case.vars.get("role") or case.vars.get("language"))


def _guide_text(choice: Choice, case: Case, session: str) -> GuideText:
    if not session or _changed(case):
        raise SuiteError(
            f"{case.origin}: {choice.name!r} is the guide of a stored session, and this case has "
            "none, or names another role or language.",
            "Name other guides, or make this case one of a stored session alone.",
        )
    folder = SessionStore().find(session)
    started = replay(folder.read_journal().events).started
    if started is None:
        raise SuiteError(
            f"{case.origin}: session {folder.id} holds no event yet.", "Take the case out."
        )
    found = session_guide(folder, started)
    if not found.is_its_own:
        raise SuiteError(f"{case.origin}: {found.notice}", "Name other guides for it.")
    return GuideText(
        label=choice.label,
        role=kept_name(started.guide.role, session),
        language=started.language,
        sha256=found.guide.content_hash(),
        content=found.guide.content(),
    )
