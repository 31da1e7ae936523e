"""Where ``knowledge enrich`` has its proposals from, and what is done with them."""

import argparse
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby

from copilot.cli.knowledge_actions.enriching_asking import tell_outcome, walk
from copilot.cli.knowledge_actions.enriching_telling import (
    Shown,
    as_json,
    counted,
    list_proposals,
    print_result,
)
from copilot.cli.opening import opened_session
from copilot.cli.options import chosen_llm
from copilot.errors import CopilotError, ExitCode, UsageError
from copilot.guides.editing.edits import Action, Place, Proposal
from copilot.guides.editing.guide_file import write_whole
from copilot.guides.enriching.gaps import Gap
from copilot.guides.enriching.own import is_shipped
from copilot.guides.enriching.waiting import Waiting
from copilot.guides.enriching.worksheets.file import sheet_of
from copilot.guides.enriching.worksheets.reading import read_worksheet
from copilot.guides.enriching.worksheets.sheet import worksheet
from copilot.knowledge.loading import find_guide

TellGaps = Callable[[Waiting, Sequence[Gap]], None]


def waiting_for(options: argparse.Namespace) -> Waiting:
    """The guide or overlay that is meant; a worksheet says itself which.

    Raises:
        UsageError: There is no such guide.
        GuideError: It has errors.
        InputError: The worksheet is none.
    """
    language = options.language
    if options.sheet is not None and language is None:
        language = sheet_of(options.sheet)[1]
    return Waiting(options.role, language)


def write_sheet(waiting: Waiting, options: argparse.Namespace) -> int:
    """``--worksheet``.

    Raises:
        UsageError: The file is there already: somebody may have written into it.
        StorageError: The disk refused.
    """
    gaps = _gaps(waiting, options.top)
    if not gaps:
        sys.stderr.write(f"{waiting.path.name} lacks nothing; there is nothing to fill in.\n")
        return ExitCode.OK
    text = worksheet(waiting.guide, gaps, waiting.overlay)
    if options.dry_run:
        sys.stdout.write(text)
        return ExitCode.OK
    if options.worksheet.exists():
        raise UsageError(
            f"{options.worksheet} is there already, and may be filled in.", "Name another file."
        )
    write_whole(options.worksheet, text)
    items = counted(len({gap.item for gap in gaps}), "item")
    texts = counted(sum(gap.wanted for gap in gaps), "text")
    sys.stdout.write(f"{options.worksheet}\n")
    sys.stderr.write(
        f"It asks for {texts} on {items}, most needed first. When it is filled in: "
        f"interview-copilot knowledge enrich {waiting.role} "
        f"--from {shlex.quote(str(options.worksheet))}\n"
    )
    return ExitCode.OK


def from_sheet(waiting: Waiting, options: argparse.Namespace) -> int:
    """``--from``.

    Raises:
        InputError: It cannot be read, or is for another guide.
        GuideError: What was waiting cannot be read.
        StorageError: The disk refused.
    """
    filled = read_worksheet(options.sheet, waiting, _today())
    for problem in filled.problems:
        sys.stderr.write(f"{problem}\n")
    told = f"{counted(len(filled.proposals), 'text')} to look at"
    if filled.known:
        told += f", {filled.known} in the guide already or refused before"
    if filled.problems:
        told += f", {counted(len(filled.problems), 'line')} not understood; the file stays as it is"
    sys.stderr.write(f"{told}.\n")
    proposals = waiting.useful(filled.proposals)
    if not options.dry_run:
        waiting.keep(proposals)
    code = _deal(waiting, [Shown(each) for each in proposals], options, filled.problems)
    return ExitCode.FAILED if filled.problems else code


def from_interviews(waiting: Waiting, options: argparse.Namespace) -> int:
    """``--from-interviews``; what it finds waits nowhere, since sessions may be deleted.

    Raises:
        CopilotError: A session that was named cannot be read.
    """
    from copilot.guides.enriching.from_interviews import joined_quotes, quotes_of  # noqa: PLC0415
    from copilot.guides.enriching.sessions import unusable, usable_sessions  # noqa: PLC0415

    found = []
    named = options.from_interviews
    if not named:
        usable = usable_sessions(waiting.role)
        for why, count in usable.left_out.items():
            sys.stderr.write(f"{counted(count, 'interview')} left out: {why}.\n")
        named = [folder.id for folder in usable.folders]
    for session_id in named:
        with opened_session(session_id, options.key_file) as folder:
            why = unusable(folder)
            if why:
                raise UsageError(f"session {folder.id} is not used: {why}.")
            try:
                found.append(quotes_of(folder, waiting, options.name))
            except CopilotError as error:
                if options.from_interviews:
                    raise
                sys.stderr.write(f"Left out. {error}\n")
    together = joined_quotes(found)
    for why, count in together.left_out.items():
        sys.stderr.write(f"{counted(count, 'finding')} left out: {why}.\n")
    sys.stderr.write(
        f"{counted(len(found), 'interview')}: "
        f"{counted(len(together.quotes), 'sentence')} that a human judged.\n"
    )
    if found and not together.quotes and not together.left_out:
        sys.stderr.write(
            "In the review, f on a point or flag sets its state; what you set counts here: "
            f"interview-copilot review {named[0] if len(named) == 1 else 'ID'}\n"
        )
    shown = [Shown(quoted.proposal, quoted.said) for quoted in together.quotes]
    return _deal(waiting, shown, options, (), kept=False)


def from_model(waiting: Waiting, options: argparse.Namespace, tell_gaps: TellGaps) -> int:
    """What waits; else what a language model proposes; without one, what is missing.

    Raises:
        UsageError: The text may not be sent there, or there is no such profile.
        GuideError: What was waiting cannot be read.
        StorageError: The disk refused.
    """
    proposals = waiting.proposals()
    profile = None if options.waiting else chosen_llm(options)
    gaps = _gaps(waiting, options.top)
    if proposals:
        sys.stderr.write(f"{counted(len(proposals), 'proposal')} waiting.\n")
    elif profile is not None and gaps:
        from copilot.cli.knowledge_actions.enriching_model import proposed  # noqa: PLC0415

        keep = not options.dry_run
        proposals = waiting.useful(proposed(waiting, gaps, profile, options.send_to, keep=keep))
    elif options.json:
        print_result(waiting, (), ())
        return ExitCode.OK
    else:
        if options.waiting:
            sys.stderr.write("No proposal is waiting.\n")
        tell_gaps(waiting, gaps)
        if gaps and profile is None:
            _tell_ways(waiting)
        return ExitCode.OK
    return _deal(waiting, [Shown(each) for each in proposals], options, ())


def _tell_ways(waiting: Waiting) -> None:
    language = f" --language {waiting.language}" if waiting.language else ""
    begin = f"interview-copilot knowledge enrich {waiting.role}{language}"
    sys.stderr.write(
        f"Write them yourself, or let others: {begin} --worksheet {waiting.role}.md\n"
        f"From held interviews:               {begin} --from-interviews\n"
        "By a language model:                interview-copilot llm add NAME, then --llm NAME\n"
    )


def _deal(
    waiting: Waiting,
    shown: Sequence[Shown],
    options: argparse.Namespace,
    problems: Sequence[str],
    *,
    kept: bool = True,
) -> int:
    proposals = [each.proposal for each in shown]
    asks = sys.stdin.isatty() and not (options.dry_run or options.json)
    if proposals and (asks or options.yes) and is_shipped(find_guide(waiting.role)):
        sys.stderr.write(
            f"{waiting.role} ships with the app; what you take over goes into your own copy, "
            f"{waiting.path}.\n"
        )
    if options.yes:
        return _accept_all(waiting, proposals, options, problems)
    if options.json:
        state = "proposed" if options.dry_run or not kept else "waiting"
        print_result(waiting, [as_json(each, state) for each in proposals], problems)
    elif options.dry_run or not sys.stdin.isatty():
        list_proposals(waiting, shown)
        if proposals and not options.dry_run:
            sys.stderr.write(
                "They wait. Nobody is there to ask: accept them in the app or in a terminal, or "
                "say --yes.\n"
                if kept
                else "Nobody is there to ask, and they wait in no file: say it again in a "
                "terminal.\n"
            )
    elif shown:
        tell_outcome(waiting, walk(waiting, shown), kept=kept)
    return ExitCode.OK


def _accept_all(
    waiting: Waiting,
    proposals: Sequence[Proposal],
    options: argparse.Namespace,
    problems: Sequence[str],
) -> int:
    fine = list(_one_a_place(each for each in proposals if not each.doubt))
    doubtful = [each for each in proposals if each.doubt]
    if fine:
        waiting.accept([(each, None) for each in fine])
    if options.json:
        done = [as_json(each, "accepted" if each in fine else "waiting") for each in proposals]
        print_result(waiting, done, problems)
        return ExitCode.OK
    sys.stdout.write(f"{counted(len(fine), 'text')} taken over into {waiting.path}\n")
    if doubtful:
        sys.stdout.write(
            f"{counted(len(doubtful), 'proposal')} still waiting, since something speaks against:\n"
        )
        list_proposals(waiting, [Shown(each) for each in doubtful])
    return ExitCode.OK


def _one_a_place(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Of several values for one place the first: only a human can choose among them."""
    taken: set[Place] = set()
    for each in proposals:
        if each.edit.action is not Action.SET or each.edit.place not in taken:
            taken.add(each.edit.place)
            yield each


def _gaps(waiting: Waiting, top: int | None) -> tuple[Gap, ...]:
    return tuple(_of_first(waiting.gaps(), top))


def _of_first(gaps: Sequence[Gap], items: int | None) -> Iterator[Gap]:
    for number, (_item, found) in enumerate(groupby(gaps, key=lambda gap: gap.item)):
        if items is not None and number >= items:
            return
        yield from found


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
