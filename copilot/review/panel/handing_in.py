"""Handing ratings in, taking them back, and opening them once everybody has handed in."""

import hashlib
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from copilot.errors import InputError, SessionError, StorageError, UsageError
from copilot.events import ReviewSubmitted
from copilot.i18n import _
from copilot.private_file import write_private
from copilot.review.panel.bundling import bundle_of
from copilot.review.panel.files import same
from copilot.review.panel.folder import Contents, PanelFolder
from copilot.review.panel.model import Seal, to_bytes
from copilot.review.panel.standing import missing_from, standing_of
from copilot.review.plain_line import plain_line
from copilot.review.reviewing import Review
from copilot.store import SessionFolder
from copilot.store.exports import remember_export

#: The folder in a session's own that keeps what was handed in: deleting the session removes it.
_KEPT = "panel"
Opening = Callable[[str], AbstractContextManager[SessionFolder]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingIn:
    """How somebody hands in.

    Attributes:
        rater: Under which of the panel's names.
        names: Under which names they judged in the session.
        candidate: Of whom; None for the session's alias.
        with_notes: Whether their notes go along.
        incomplete: Whether questions that were asked may be left unjudged.
        now: The time.
    """

    rater: str
    names: tuple[str, ...]
    candidate: str | None
    with_notes: bool
    incomplete: bool
    now: datetime


def hand_in(folder: SessionFolder, panel: PanelFolder, how: HandingIn) -> Seal:
    """Seal what somebody judged, keep it in their session, and put the seal into the panel.

    Raises:
        UsageError: They are no rater, judged nothing, or the candidate has no name.
        SessionError: Questions are not judged, or the session is in use or damaged.
        StorageError: The disk refused.
    """
    rater = panel.rater(how.rater)
    candidate = _candidate(folder, how.candidate)
    contents = panel.read()
    earlier = contents.seals_of(rater, candidate)
    with Review(folder, by=rater) as review:
        if review.read_only is not None:
            raise review.read_only
        bundle = bundle_of(
            review.reviewed,
            panel.panel,
            session_id=folder.id,
            rater=rater,
            names=how.names,
            candidate=candidate,
            number=earlier[-1].number + 1 if earlier else 1,
            with_notes=how.with_notes,
            incomplete=how.incomplete,
            now=how.now,
        )
        data = to_bytes(bundle)
        digest = hashlib.sha256(data).hexdigest()
        seal = Seal(
            panel=panel.panel.id,
            rater=rater,
            candidate=candidate,
            number=bundle.number,
            action="submitted",
            made_at=bundle.made_at,
            session_id=folder.id,
            bundle_sha256=digest,
            seen=_seen(contents, rater, candidate),
        )
        _keep(folder, digest, data)
        path = panel.keep_seal(seal)
        review.keep(ReviewSubmitted, panel=panel.panel.name, by=rater, sha256=digest)
    remember_export(folder.path, path, "panel seal", written_at=how.now)
    return seal


def take_back(
    panel: PanelFolder,
    rater: str,
    candidate: str,
    stored: Collection[str],
    opening: Opening,
    *,
    now: datetime,
) -> Seal:
    """Take back what somebody handed in; what was open stays open, and is told to be withdrawn.

    Args:
        panel: Where.
        rater: Who.
        candidate: For whom.
        stored: Ids of the sessions on this machine.
        opening: Opens one of them, to see that it was handed in here.
        now: The time.

    Raises:
        UsageError: Nothing of theirs is in, or it was handed in on another machine.
        StorageError: The disk refused.
    """
    rater = panel.rater(rater)
    contents = panel.read()
    seals = contents.seals_of(rater, candidate)
    if not seals or seals[-1].action == "withdrawn":
        raise UsageError(
            _("{rater} has handed nothing in for {candidate}.", rater=rater, candidate=candidate),
            _("interview-copilot panel status tells who has."),
        )
    last = seals[-1]
    elsewhere = UsageError(
        _("{rater} handed in on another machine.", rater=rater), _("Take it back there.")
    )
    if last.session_id not in stored:
        raise elsewhere
    with opening(last.session_id) as folder:
        if _kept(folder, last) is None:
            raise elsewhere
    seal = last.model_copy(
        update={
            "number": last.number + 1,
            "action": "withdrawn",
            "made_at": now.isoformat(timespec="seconds"),
            "bundle_sha256": "",
            "seen": _seen(contents, rater, last.candidate),
        }
    )
    panel.keep_seal(seal)
    return seal


def open_own(
    panel: PanelFolder,
    contents: Contents,
    candidate: str,
    stored: Collection[str],
    opening: Opening,
    *,
    without: Collection[str] = (),
) -> tuple[Seal, ...]:
    """Open what was handed in from this machine for a candidate for whom everybody has.

    Args:
        panel: Where.
        contents: What lies there.
        candidate: For whom.
        stored: Ids of the sessions on this machine.
        opening: Opens one of them.
        without: Raters whom nobody waits for any more.

    Returns:
        The seals that were opened now; none where somebody has not handed in yet.

    Raises:
        SessionError: A session cannot be opened.
        InputError: What was handed in was changed since.
        StorageError: The disk refused.
    """
    standing = standing_of(panel.panel, contents, candidate)
    if missing_from(standing, without):
        return ()
    seals = [seal for each in standing for seal in each.seals if seal.bundle_sha256]
    mine = [seal for seal in seals if seal.session_id in stored]
    closed = [seal for seal in mine if seal.bundle_sha256 not in contents.bundles]
    opened: list[Seal] = []
    for seal in closed:
        with opening(seal.session_id) as folder:
            data = _kept(folder, seal)
            if data is not None:
                path = panel.keep_bundle(seal, data)
                remember_export(folder.path, path, "panel ratings")
                opened.append(seal)
    return tuple(opened)


def _candidate(folder: SessionFolder, given: str | None) -> str:
    name = plain_line(given if given is not None else folder.record().alias or "")
    if not name or len(name) > 80:
        raise UsageError(
            _("session {session} does not say what its candidate is called.", session=folder.id),
            _(
                "Give the name all raters use, of 1 to 80 characters: --candidate NAME, or "
                "interview-copilot sessions alias."
            ),
        )
    return name


def _seen(contents: Contents, rater: str, candidate: str) -> tuple[str, ...]:
    """Whose ratings were open by now: whoever hands in after that may have read them."""
    found = {
        bundle.rater
        for bundle in contents.bundles.values()
        if same(bundle.candidate, candidate) and not same(bundle.rater, rater)
    }
    return tuple(sorted(found))


def _keep(folder: SessionFolder, digest: str, data: bytes) -> None:
    path = _place(folder, digest)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageError.from_os_error(error, path.parent) from error
    write_private(path, data)


def _kept(folder: SessionFolder, seal: Seal) -> bytes | None:
    """What was handed in; None where it was on another machine, with a copy of the session."""
    path = _place(folder, seal.bundle_sha256)
    if not path.exists():
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SessionError(f"{path}: {error.strerror}.", _("Make it readable.")) from error
    if hashlib.sha256(data).hexdigest() != seal.bundle_sha256:
        raise InputError(
            _("{path}: this is not what was handed in; it was changed since.", path=path),
            _("Restore the session from a backup, or hand in again."),
        )
    return data


def _place(folder: SessionFolder, digest: str) -> Path:
    return folder.path / _KEPT / f"{digest[:32]}.json"
