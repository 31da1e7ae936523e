"""What a command line of ``report`` asks for."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from copilot.errors import UsageError, nearest
from copilot.knowledge.guide import LANGUAGES
from copilot.review.forms.registry import FORMS, Form, form_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be written, and where.

    Attributes:
        forms: The forms, one unless all are wanted.
        output: The file, or the folder where all are wanted; None for stdout, or the session's
            own folder where a form is none for stdout.
        is_all: Whether everything is wanted.
        with_sound: Whether the sound goes beside the HTML.
    """

    forms: tuple[Form, ...]
    output: Path | None
    is_all: bool
    with_sound: bool

    @property
    def shows_findings(self) -> bool:
        """Whether something asked for shows what the machine found."""
        return any(form.shows_findings for form in self.forms)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that say what is asked for."""
    parser.add_argument(
        "--format",
        choices=sorted(FORMS),
        help="default: what --output ends in, else md; txt, srt and vtt hold the transcript alone, "
        "scorecard what you judged and wrote",
    )
    parser.add_argument(
        "--lang", choices=LANGUAGES, help="the report's language (default: the interview's)"
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="where to write it (default: stdout; html and pdf go into the session's folder "
        "reports); with --all, a folder, made where it is missing",
    )
    parser.add_argument("--all", action="store_true", help="write every form into one folder")
    parser.add_argument(
        "--audio", action="store_true", help="write the sound beside the HTML, to play its quotes"
    )
    parser.add_argument(
        "--transcript", action="store_true", help="put everything said at the end of Markdown"
    )
    parser.add_argument(
        "--semicolons",
        action="store_true",
        help="separate CSV by semicolons, as Excel wants where numbers have decimal commas",
    )
    parser.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help="names and words of the scorecard (default: scorecard.yaml in the settings folder)",
    )
    parser.add_argument(
        "--yes", action="store_true", help="do not ask where answers are not judged yet"
    )


def request_of(options: argparse.Namespace) -> Request:
    """What a parsed command line asks for.

    Raises:
        UsageError: Its parts do not go together.
    """
    if options.all:
        if options.format is not None:
            raise UsageError("--all writes every form, so --format says nothing.", "Leave one out.")
        forms = tuple(FORMS.values())
    else:
        forms = (FORMS[options.format] if options.format else _guessed(options.output),)
    names = {form.name for form in forms}
    for option, given, name in (
        ("--audio", options.audio, "html"),
        ("--transcript", options.transcript, "md"),
        ("--semicolons", options.semicolons, "csv"),
        ("--mapping", options.mapping is not None, "scorecard"),
    ):
        if given and name not in names:
            raise UsageError(
                f"{option} goes with --format {name}, and this writes {forms[0].name}.",
                f"Leave {option} out, or write --format {name}.",
            )
    return Request(forms=forms, output=options.output, is_all=options.all, with_sound=options.audio)


def _guessed(output: Path | None) -> Form:
    if output is None or not output.suffix:
        return FORMS["md"]
    form = form_of(output.name)
    if form is None:
        endings = [ending for each in FORMS.values() for ending in each.endings]
        raise UsageError(
            f"{output}: no form of report ends in {output.suffix}.",
            f"{nearest(output.suffix, endings)} Or say which with --format.",
        )
    return form
