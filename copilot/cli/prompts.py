"""``prompts``: list, show, render and check what a language model is asked; nothing is sent."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from copilot.cli import options as shared
from copilot.cli.json_output import print_json
from copilot.cli.opening import add_key_file, opened_session
from copilot.cli.reporting.rating_first import shown_before_rating
from copilot.coach.sendable import Sendable
from copilot.engine.session_guide import session_guide
from copilot.errors import ExitCode, GuideError, SessionError, UsageError, nearest
from copilot.interview import Interview, replay
from copilot.knowledge.guide import Guide
from copilot.knowledge.laws import every_pack
from copilot.knowledge.off_limits import joined
from copilot.llm import from_interview
from copilot.llm.inputs import (
    AnyInputs,
    FollowUpInputs,
    ImportGuideInputs,
    JudgeFlagsInputs,
    JudgePointsInputs,
    OpinionInputs,
    RecapInputs,
)
from copilot.llm.prompt_file import Prompt, read_prompt
from copilot.llm.prompt_front import PromptError
from copilot.llm.prompts import (
    PromptLibrary,
    prompt_files,
    prompt_folders,
    prompt_variants,
    render,
)
from copilot.llm.request import ChatRequest
from copilot.llm.samples import samples
from copilot.llm.tokens import estimate_messages
from copilot.store import SessionFolder


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="the prompts there are, and where each one lies")
    show = actions.add_parser("show", help="print a prompt's file")
    rendering = actions.add_parser("render", help="print what would be sent, and send nothing")
    for action in (show, rendering):
        action.add_argument("name", metavar="NAME", help="a prompt's name")
    shared.add_language(show)
    shared.add_language(rendering, default=None)
    rendering.add_argument(
        "--session",
        metavar="ID",
        help="with a stored session's words: its id, the beginning of one, or last "
        "(default: with a made-up example)",
    )
    add_key_file(rendering)
    rendering.add_argument(
        "--question", metavar="ID", help="a planned question of it (default: the last answered)"
    )
    rendering.add_argument("--json", action="store_true", help="for machines, one line a request")
    checking = actions.add_parser("check", help="find errors in prompt files")
    checking.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="prompt files (default: all)"
    )


def run(options: argparse.Namespace) -> int:
    """Do what the action says."""
    match options.action:
        case "list":
            return _list()
        case "show":
            sys.stdout.write(_get(options.name, options.language).text)
            return ExitCode.OK
        case "render":
            return _render(options)
        case _:
            return _check(options.files)


def _get(name: str, language: str) -> Prompt:
    broken: list[PromptError] = []
    prompt = PromptLibrary(on_broken=broken.append).get(name, language)
    for error in broken:
        sys.stderr.write(f"{error}\nUsed instead: {prompt.path}\n")
    return prompt


def _list() -> int:
    own, _ = prompt_folders()
    paths = [*prompt_files(), *prompt_variants()]
    width = max(len(path.name) for path in paths)
    for path in paths:
        whose = "yours" if path.parent == own else "shipped"
        try:
            prompt = read_prompt(path)
        except PromptError:
            # One broken prompt must not hide the others.
            said = f"has errors: interview-copilot prompts check {path}"
            sys.stdout.write(f"{path.name:<{width}} {whose:<8} {said}\n")
            continue
        told = f"variant {prompt.variant}, in no use by itself. " if prompt.variant else ""
        sys.stdout.write(f"{path.name:<{width}} {whose:<8} {told}{prompt.front.description}\n")
    return ExitCode.OK


def _check(files: Sequence[Path]) -> int:
    chosen = list(files) or [*prompt_files(), *prompt_variants()]
    broken = warned = 0
    for path in chosen:
        try:
            prompt = read_prompt(path)
        except PromptError as error:
            sys.stdout.write(f"error   {error.message}\n")
            broken += 1
            continue
        for name in prompt.unused_inputs():
            sys.stdout.write(f"warning {path}: inputs: {name!r} is named and not used\n")
            warned += 1
    count = "1 file" if len(chosen) == 1 else f"{len(chosen)} files"
    sys.stdout.write(f"{count}: {broken} with errors, {warned} warnings\n")
    return ExitCode.INPUT if broken else ExitCode.OK


# -- rendering ------------------------------------------------------------------------------------


def _render(options: argparse.Namespace) -> int:
    if options.session is None and options.question is not None:
        raise UsageError("--question names one of a session.", "Name the session with --session.")
    if options.session is None:
        prompt = _get(options.name, options.language or "en")
        told: Sequence[AnyInputs] = samples(prompt.kind, options.language or "en")[:1]
    else:
        with opened_session(options.session, options.key_file) as folder:
            interview = _interview(folder)
            language = options.language or from_interview.language_of(interview)
            prompt = _get(options.name, language)
            sendable = Sendable(joined(every_pack()))
            told = _inputs(prompt, folder, interview, options.question, sendable)
            if told and prompt.kind is not RecapInputs:
                # Which points are open, or flags raised, is what the machine found.
                shown_before_rating(folder, _question(interview, options.question))
    if not told:
        sys.stderr.write("There is nothing in this session to ask about; nothing would be sent.\n")
    for number, inputs in enumerate(told, 1):
        request = render(prompt, inputs)
        if options.json:
            print_json(_as_json(prompt, request))
        else:
            _print(prompt, request, f"request {number} of {len(told)}")
    return ExitCode.OK


def _interview(folder: SessionFolder) -> Interview:
    interview = replay(folder.read_journal().events)
    if interview.started is None:
        raise SessionError(
            f"session {folder.id} holds no event yet.", "It was stopped before anything happened."
        )
    return interview


def _inputs(
    prompt: Prompt,
    folder: SessionFolder,
    interview: Interview,
    question: str | None,
    text_of: from_interview.TextOf,
) -> Sequence[AnyInputs]:
    if prompt.kind is ImportGuideInputs:
        raise UsageError(
            f"{prompt.front.name} is told a document, not a session.", "Leave --session out."
        )
    if prompt.kind is RecapInputs:
        if question is not None:
            raise UsageError("a recap is of all answers.", "Leave --question out.")
        return from_interview.recap_inputs(interview, text_of=text_of)
    chosen = _question(interview, question)
    guide = _guide(folder, interview)
    if prompt.kind is FollowUpInputs:
        return [from_interview.follow_up_inputs(interview, guide, chosen, text_of=text_of)]
    if prompt.kind is JudgePointsInputs:
        judge = partial(
            from_interview.judge_points_inputs, interview, guide, chosen, text_of=text_of
        )
        return judge() or judge(ids=[point.id for point in interview.planned(chosen).points])
    if prompt.kind is JudgeFlagsInputs:
        flags = interview.started.flags if interview.started else ()
        judge_flags = partial(
            from_interview.judge_flags_inputs, interview, guide, chosen, text_of=text_of
        )
        return judge_flags() or judge_flags(ids=[flag.id for flag in flags])
    told = "an output of the lab's" if prompt.kind is OpinionInputs else "a guide"
    raise UsageError(f"{prompt.front.name} is told {told}, not a session.", "Leave --session out.")


def _question(interview: Interview, named: str | None) -> str:
    planned = [question.id for question in interview.plan]
    if named is not None:
        if named not in planned:
            raise UsageError(
                f"question {named!r} is not in the plan of this session.", nearest(named, planned)
            )
        return named
    asked = [asked.question for asked in interview.questions_asked]
    for question in reversed(asked):
        if question is not None and interview.answer(question):
            return question
    raise UsageError(
        "no question of this session has an answer yet.", "Name one with --question ID."
    )


def _guide(folder: SessionFolder, interview: Interview) -> Guide | None:
    """The guide the session ran with; None, with a word about it, where there is none."""
    if interview.started is None:
        return None
    try:
        found = session_guide(folder, interview.started)
    except (GuideError, SessionError, UsageError) as error:
        sys.stderr.write(f"{error}\nWithout the guide, the labels of the session are used.\n")
        return None
    if found.notice:
        sys.stderr.write(f"{found.notice}\n")
    return found.guide


def _print(prompt: Prompt, request: ChatRequest[Any], which: str) -> None:
    front = prompt.front
    asked_for = f"{request.output.__name__} of at most {request.max_tokens} tokens"
    lines = [
        f"# {which}: {prompt.path}",
        f"# at most {estimate_messages(request.messages)} of {front.max_prompt_tokens} tokens",
        f"# {request.purpose} call at temperature {request.temperature:g} for a {asked_for}",
        f"# sha256 {request.prompt.sha256}",
    ]
    for message in request.messages:
        lines += ["", f"--- {message.role} ---", message.content]
    sys.stdout.write("\n".join(lines) + "\n\n")


def _as_json(prompt: Prompt, request: ChatRequest[Any]) -> dict[str, Any]:
    return {
        "prompt": request.prompt.name,
        "language": prompt.language,
        "file": str(prompt.path),
        "sha256": request.prompt.sha256,
        "purpose": request.purpose.value,
        "temperature": request.temperature,
        "max_tokens": request.max_tokens,
        "estimated_tokens": estimate_messages(request.messages),
        "max_prompt_tokens": prompt.front.max_prompt_tokens,
        "output": request.output.__name__,
        "messages": [asdict(message) for message in request.messages],
    }
