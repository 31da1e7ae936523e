"""Every form a report can take, by its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from copilot.events import Channel
from copilot.review.forms.scorecard import to_scorecard
from copilot.review.forms.scorecard_mapping import ScorecardMapping
from copilot.review.forms.srt import to_srt
from copilot.review.forms.table import to_csv
from copilot.review.forms.text import to_text
from copilot.review.forms.timing import WordTimes
from copilot.review.forms.webvtt import to_webvtt
from copilot.review.markdown import to_markdown
from copilot.review.report import Report, report_to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a form is made from.

    Attributes:
        report: What there is to tell.
        word_times: The utterances as they were heard, for the times of subtitles.
        alias: What the candidate is called; None where they are not named.
        transcript: Whether Markdown has everything said at its end.
        delimiter: Between the cells of a CSV row.
        mapping: Names of a scorecard; the defaults where None.
        sound: The sound file of each side that lies beside an HTML report, by name.
    """

    report: Report
    word_times: WordTimes
    alias: str | None = None
    transcript: bool = False
    delimiter: str = ","
    mapping: ScorecardMapping | None = None
    sound: Mapping[Channel, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of report.

    Attributes:
        name: As a command line names it.
        file_name: Of its file where only a folder is named.
        endings: What names of its files end in.
        is_text: Whether it is read in a terminal; the others are opened by a program.
        shows_findings: Whether what the machine found is in it, so that it is for after rating.
        kind: What a file of it is, in a word.
        make: Makes it, as the bytes of a file.
    """

    name: str
    file_name: str
    endings: tuple[str, ...]
    is_text: bool = True
    shows_findings: bool = False
    kind: str
    make: Callable[[Source], bytes]


def _html(source: Source) -> bytes:
    # Here and not at the top: other forms need no template engine.
    from copilot.review.html import to_html  # noqa: PLC0415

    return to_html(source.report, audio=source.sound, alias=source.alias).encode()


def _pdf(source: Source) -> bytes:
    from copilot.review.html import to_html  # noqa: PLC0415
    from copilot.review.pdf import to_pdf  # noqa: PLC0415

    return to_pdf(to_html(source.report, alias=source.alias))


_ALL = (
    Form(
        name="md",
        file_name="report.md",
        endings=(".md", ".markdown"),
        shows_findings=True,
        kind="report",
        make=lambda source: to_markdown(
            source.report, transcript=source.transcript, alias=source.alias
        ).encode(),
    ),
    Form(
        name="html",
        file_name="report.html",
        endings=(".html", ".htm"),
        is_text=False,
        shows_findings=True,
        kind="report",
        make=_html,
    ),
    Form(
        name="pdf",
        file_name="report.pdf",
        endings=(".pdf",),
        is_text=False,
        shows_findings=True,
        kind="report",
        make=_pdf,
    ),
    Form(
        name="json",
        file_name="report.json",
        endings=(".json",),
        shows_findings=True,
        kind="report",
        make=lambda source: report_to_json(source.report),
    ),
    Form(
        name="csv",
        file_name="report.csv",
        endings=(".csv",),
        shows_findings=True,
        kind="report",
        make=lambda source: to_csv(source.report, source.delimiter).encode(),
    ),
    Form(
        name="txt",
        file_name="transcript.txt",
        endings=(".txt",),
        kind="transcript",
        make=lambda source: to_text(source.report, source.alias).encode(),
    ),
    Form(
        name="srt",
        file_name="transcript.srt",
        endings=(".srt",),
        kind="transcript",
        make=lambda source: to_srt(source.report, source.word_times).encode(),
    ),
    Form(
        name="vtt",
        file_name="transcript.vtt",
        endings=(".vtt",),
        kind="transcript",
        make=lambda source: to_webvtt(source.report, source.word_times).encode(),
    ),
    Form(
        name="scorecard",
        file_name="scorecard.json",
        endings=("scorecard.json",),
        kind="scorecard",
        make=lambda source: to_scorecard(source.report, source.mapping).encode(),
    ),
)

FORMS: dict[str, Form] = {form.name: form for form in _ALL}


def form_of(name: str) -> Form | None:
    """The form that a file's name ends like; the longest ending wins, None where none fits."""
    fitting = [
        (len(ending), form)
        for form in _ALL
        for ending in form.endings
        if name.lower().endswith(ending)
    ]
    return max(fitting, key=lambda each: each[0])[1] if fitting else None
