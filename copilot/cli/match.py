"""``match``: the matching stage alone."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.cli import options as shared
from copilot.cli.explaining import print_explained
from copilot.cli.json_output import print_json
from copilot.cli.opening import add_key_file, opened_session
from copilot.engine.session_guide import session_guide
from copilot.errors import AnswersFileError, CopilotError, ExitCode, SessionError, UsageError
from copilot.events import Channel, FindingKind, Utterance
from copilot.interview import replay
from copilot.knowledge.guide import Guide, Language
from copilot.knowledge.loading import check_language, load_guide
from copilot.matching.embedding import E5Embedder
from copilot.matching.matcher import Finding, Matcher
from copilot.matching.rules import Rules
from copilot.matching.rules_file import RulesInUse, rules_in_use
from copilot.matching.shipped import guide_embedder

_PLURAL = {FindingKind.POINT: "points", FindingKind.FLAG: "flags"}


class Answer(BaseModel):
    """One line of a batch; other keys, such as labels, are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    role: str
    question: str
    language: Language
    answer: str


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    shared.add_role(parser, required=False)
    parser.add_argument(
        "--session",
        metavar="ID",
        help="with the guide that a stored session ran with: its id, the beginning of one, or last",
    )
    add_key_file(parser)
    parser.add_argument("--question", metavar="ID", help="the question that was answered")
    shared.add_language(parser)
    parser.add_argument(
        "--batch",
        type=Path,
        metavar="FILE",
        help="answers, one JSON object a line: id, role, question, language, answer; "
        "without it, one answer's text is read from stdin",
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="print for people why each finding is what it is: passages considered, their scores, "
        "rival points, the rule that decided",
    )


def run(options: argparse.Namespace) -> int:
    """Match and print one JSON object an answer."""
    guide = None if options.session is None else _guide_of_session(options)
    in_use = _rules_in_use()
    if options.explain:
        sys.stdout.write(f"thresholds: {in_use.described}\n\n")
    matchers = _Matchers(in_use.rules, guide)
    for number, (where, answer) in enumerate(_answers(options, guide)):
        said = Utterance(
            id=f"a{number}", channel=Channel.CANDIDATE, start_s=0.0, end_s=0.0, text=answer.answer
        )
        try:
            matcher = matchers.of(answer.role, answer.language)
            if options.explain:
                print_explained(answer.id, matcher.explain(answer.question, [said]))
                continue
            findings = matcher.findings(answer.question, [said])
        except CopilotError as error:
            error.message = f"{where}{error.message}"
            raise
        print_json(_as_json(answer.id, findings))
    return ExitCode.OK


def _guide_of_session(options: argparse.Namespace) -> Guide:
    """The guide the session ran with, or with a word about it the one there is today."""
    if options.role is not None or options.batch is not None:
        raise UsageError(
            "--session was given with --role or --batch.", "The session names its own role."
        )
    with opened_session(options.session, options.key_file) as folder:
        started = replay(folder.read_journal().events).started
        if started is None:
            raise SessionError(
                f"session {folder.id} holds no event yet.",
                "It was stopped before anything happened.",
            )
        found = session_guide(folder, started)
    if found.notice:
        sys.stderr.write(f"{found.notice}\n")
    return found.guide


def _answers(options: argparse.Namespace, guide: Guide | None) -> Iterator[tuple[str, Answer]]:
    """Each answer, with the place to name in an error."""
    if options.batch is not None:
        if options.role is not None or options.question is not None:
            raise UsageError(
                "--batch was given with --role or --question.",
                "Each line of the file names its own.",
            )
        yield from _read_batch(options.batch)
        return
    role = options.role if guide is None else guide.id
    if role is None or options.question is None:
        raise UsageError(
            "--role and --question are missing.",
            "Give both with the answer on stdin, or --batch FILE.",
        )
    check_language(options.language)
    yield (
        "",
        Answer(
            id="stdin",
            role=role,
            question=options.question,
            language=options.language if guide is None else guide.language,
            answer=_answer_on_stdin(),
        ),
    )


def _answer_on_stdin() -> str:
    try:
        text = sys.stdin.read()
        text.encode()  # fails for bytes that some terminals' settings let through
    except UnicodeError as error:
        raise AnswersFileError("the answer on stdin is not UTF-8.", "Send it as UTF-8.") from error
    if not text.strip():
        raise AnswersFileError("there is no answer on stdin.", "Pipe the answer's text in.")
    return text


def _rules_in_use() -> RulesInUse:
    in_use = rules_in_use()
    if in_use.problem is not None:
        sys.stderr.write(f"{in_use.problem}\nThe thresholds that ship are used.\n")
    return in_use


class _Matchers:
    """One matcher a guide and language, all on one embedder."""

    def __init__(self, rules: Rules, guide: Guide | None = None) -> None:
        self._rules = rules
        self._guide = guide  # used instead of the one of that role
        self._embedder: E5Embedder | None = None
        self._made: dict[tuple[str, str], Matcher] = {}

    def of(self, role: str, language: str) -> Matcher:
        """The matcher of a guide, made when first asked for."""
        if (role, language) not in self._made:
            guide = self._guide or load_guide(role, language)
            if self._embedder is None:
                self._embedder = E5Embedder(threads=2)
            self._made[role, language] = Matcher(
                guide,
                self._embedder,
                guide_embedder=guide_embedder(self._embedder),
                rules=self._rules,
            )
        return self._made[role, language]


def _read_batch(path: Path) -> Iterator[tuple[str, Answer]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield f"{path}:{number}: ", _read_line(path, number, line)
    except OSError as error:
        raise AnswersFileError(f"{path}: {error.strerror}.", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise AnswersFileError(f"{path} is not UTF-8.", "Save the file as UTF-8.") from error


def _read_line(path: Path, number: int, line: str) -> Answer:
    try:
        return Answer.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the line"
        raise AnswersFileError(
            f"{path}:{number}: {where}: {first['msg'].lower()}.",
            "Each line is a JSON object with the strings id, role, question, language, answer.",
        ) from error


def _as_json(answer_id: str, findings: tuple[Finding, ...]) -> dict[str, Any]:
    result: dict[str, Any] = {"id": answer_id, "points": {}, "flags": {}}
    for finding in findings:
        result[_PLURAL[finding.kind]][finding.id] = {
            "state": finding.state,
            "confidence": round(finding.confidence, 3),
            "quote": None if finding.evidence is None else finding.evidence.quote,
        }
    return result
