"""``recap``: what was heard in a session, in quotes, and in prose by a language model if wanted."""

import argparse
import sys
from pathlib import Path

from copilot.cli.opening import add_session_argument, opened_session
from copilot.engine.configured import configured_llm, named_llm
from copilot.errors import CopilotError, ExitCode, SessionError, StorageError, UsageError
from copilot.knowledge.guide import LANGUAGES
from copilot.llm.profile import Profile
from copilot.private_file import write_private
from copilot.review.reading import read_reviewed
from copilot.review.recap.data import recap_to_json
from copilot.review.recap.extractive import extract
from copilot.review.recap.markdown import recap_markdown, recap_text
from copilot.review.report import report_of
from copilot.review.reviewed import Reviewed
from copilot.review.reviewing import Review
from copilot.settings import load_settings
from copilot.store import SessionFolder
from copilot.store.exports import remember_export


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_session_argument(parser)
    parser.add_argument(
        "--language",
        "--lang",
        choices=LANGUAGES,
        help="of the recap, whatever was spoken (default: the interview's)",
    )
    model = parser.add_mutually_exclusive_group()
    model.add_argument(
        "--llm", metavar="NAME", help="the language model to use (default: the one of llm use)"
    )
    model.add_argument(
        "--no-llm", action="store_true", help="send nothing; show what there is already"
    )
    parser.add_argument(
        "--send-to",
        metavar="HOST",
        help="send the answers' text to that host without being asked, although the candidate was "
        "not told of it at the beginning",
    )
    parser.add_argument(
        "--redo", action="store_true", help="have the prose written anew instead of going on"
    )
    parser.add_argument(
        "--before-rating",
        action="store_true",
        help="show answers that you have not rated yet as well; the review keeps that you did",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--text", action="store_true", help="plain text instead of Markdown")
    form.add_argument("--json", action="store_true", help="a JSON object instead of Markdown")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="where to write it (default: stdout)"
    )


def run(options: argparse.Namespace) -> int:
    """Write the recap, and have a language model put it into prose where one is used."""
    profile = _profile(options)
    with opened_session(options.id, options.key_file) as folder:
        language = options.language or _language_of(read_reviewed(folder))
        failure: CopilotError | None = None
        if folder.state() == "running":
            _refuse_while_running(folder, options)
            profile = None
        _lift_blinding(folder, options)
        if profile is not None:
            from copilot.cli.recap_writing import write_prose  # noqa: PLC0415 - loads a lot

            failure = write_prose(folder, profile, language, options)
        _show(folder, language, options)
    if failure is None:
        return ExitCode.OK
    sys.stderr.write(f"{failure}\nThe quotes are whole all the same.\n")
    return failure.exit_code


def _profile(options: argparse.Namespace) -> Profile | None:
    if options.no_llm:
        if options.redo or options.send_to:
            raise UsageError(
                "--no-llm was given with --redo or --send-to.", "Leave one of them out."
            )
        return None
    chosen = configured_llm() if options.llm is None else named_llm(options.llm)
    if chosen is None and (options.redo or options.send_to):
        raise UsageError(
            "no language model is in use.", "Name a profile with --llm: interview-copilot llm list"
        )
    return chosen


def _refuse_while_running(folder: SessionFolder, options: argparse.Namespace) -> None:
    if options.llm or options.redo or options.before_rating:
        raise SessionError(
            f"session {folder.id} is still running.",
            "Its recap can be written when it has ended; --no-llm shows the quotes until now.",
        )
    sys.stderr.write(f"Session {folder.id} is still running; this is its recap until now.\n")


def _language_of(state: Reviewed) -> str:
    started = state.interview.started
    return state.interview.capture.language or (started.language if started else LANGUAGES[0])


def _lift_blinding(folder: SessionFolder, options: argparse.Namespace) -> None:
    """Keep that answers are shown which nobody has rated, where that is wanted."""
    by_setting = load_settings().blind == "off"
    wanted = options.before_rating or by_setting
    if wanted and folder.state() != "running" and read_reviewed(folder).hidden():
        with Review(folder) as review:
            review.lift_blinding(None, "report" if options.before_rating else "setting")


def _show(folder: SessionFolder, language: str, options: argparse.Namespace) -> None:
    state = read_reviewed(folder)
    hidden = state.hidden()
    recap = extract(report_of(state, language), hidden)
    written = recap_text if options.text else recap_markdown
    data = recap_to_json(recap) if options.json else written(recap).encode()
    if options.output is None:
        sys.stdout.write(data.decode())
        sys.stdout.flush()
    else:
        _write(folder, options.output, data)
    if hidden:
        sys.stderr.write(
            f"{len(hidden)} of {len(state.interview.plan)} questions are left out until you have "
            f"rated them: interview-copilot review {folder.id}. To see them before: "
            "--before-rating.\n"
        )


def _write(folder: SessionFolder, path: Path, data: bytes) -> None:
    try:
        write_private(path, data)
    except StorageError as error:
        error.remedy = "Name a file in a folder that exists, can be written and has room."
        raise
    remember_export(folder.path, path, "recap")
    sys.stderr.write(f"Wrote {path}\n")
