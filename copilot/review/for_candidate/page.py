"""What is held, as one HTML page that needs nothing else: no script, no other file, no network."""

import html
from collections.abc import Iterable, Iterator

from copilot.events import Actor
from copilot.review.for_candidate.held import Held, HeldFinding, HeldJudgement
from copilot.review.for_candidate.words import CANDIDATE_WORDS, CandidateWords
from copilot.review.words import WORDS
from copilot.timecode import timecode

_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "color:#111;background:#fff}blockquote{margin:.3rem 0 .3rem 1rem}dt{font-weight:bold}"
    "dd{margin:0 0 .5rem 1rem}"
)


def page_of(held: Held, copied: Iterable[str] = ()) -> str:
    """The page, in the interview's language.

    Args:
        held: What is held.
        copied: Names of the recordings that lie beside the page.
    """
    words = CANDIDATE_WORDS[held.language]
    parts = [
        f'<!doctype html>\n<html lang="{held.language}">\n<head>\n<meta charset="utf-8">',
        f"<title>{_text(words.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        f"<h1>{_text(words.title)}</h1>",
        *(_paragraph(line) for line in _opening(words, held, tuple(copied))),
        *_facts(words, held),
        *_section(words.recipients, _recipients(words, held)),
        *_listed(words.models, [f"{each.name} ({each.purpose})" for each in held.models]),
        *_section(words.findings, _findings(words, held)),
        *_suggestions(words, held),
        *_recaps(words, held),
        *_written(words, held),
        *_section(words.reviewed, _reviews(words, held)),
        *_corrections(words, held),
        *_section(words.session.transcript, _transcript(words, held)),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _opening(words: CandidateWords, held: Held, copied: tuple[str, ...]) -> Iterator[str]:
    yield words.about
    yield words.files
    if copied:
        yield words.with_sound.format(names=", ".join(copied))
    elif held.recordings:
        yield words.without_sound.format(names=", ".join(held.recordings))
    yield words.contact


def _facts(words: CandidateWords, held: Held) -> Iterator[str]:
    report = WORDS[held.language]
    kept = words.kept_open
    if held.keeping.until is not None:
        kept = words.kept_until.format(date=held.keeping.until)
    if held.keeping.on_hold:
        kept = f"{kept}; {words.on_hold}"
    consent = words.no_consent
    if held.consent is not None:
        by = words.consent_by.format(by=held.consent.by)
        consent = f"{words.session.consents[held.consent.decision]} ({by}): {held.consent.wording}"
    facts = {
        words.session.role: held.role,
        **({words.alias: held.alias} if held.alias else {}),
        words.number: held.session_id,
        report.started: held.started_at,
        report.length: timecode(held.duration_s),
        words.session.source: held.source,
        words.recordings: ", ".join(held.recordings) or words.no_recordings,
        words.kept: kept,
        words.consent: consent,
    }
    yield f"<h2>{_text(words.session.facts)}</h2>\n<dl>"
    for name, value in facts.items():
        yield f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>"
    yield "</dl>"


def _recipients(words: CandidateWords, held: Held) -> Iterator[str]:
    if held.sound_went_to:
        yield _paragraph(words.sound_to.format(hosts=", ".join(held.sound_went_to)))
    if held.text_went_to:
        yield _paragraph(words.text_to.format(hosts=", ".join(held.text_went_to)))
    if not held.sound_went_to and not held.text_went_to:
        yield _paragraph(words.nowhere)


def _findings(words: CandidateWords, held: Held) -> Iterator[str]:
    yield _paragraph(words.about_findings)
    if not held.findings:
        yield _paragraph(words.no_findings)
    for question in dict.fromkeys(each.question for each in held.findings):
        yield f"<h3>{_text(question)}</h3>\n<ul>"
        for found in held.findings:
            if found.question == question:
                yield _finding(words, held, found)
        yield "</ul>"


def _finding(words: CandidateWords, held: Held, found: HeldFinding) -> str:
    by = words.by_human if found.by is Actor.HUMAN else words.by_machine
    if found.model is not None:
        by = words.by_model.format(model=found.model)
    quotes = "".join(f"<blockquote>“{_text(quote)}”</blockquote>" for quote in found.quotes)
    benign = ""
    if found.benign_reading:
        benign = "<br>" + _text(
            WORDS[held.language].finding.benign.format(text=found.benign_reading)
        )
    state = f"{words.finding.states[found.state]}, {by}"
    return f"<li>{_text(found.label)}: {_text(state)}{benign}{quotes}</li>"


def _suggestions(words: CandidateWords, held: Held) -> Iterator[str]:
    if held.suggestions:
        yield from _listed(words.suggestions, held.suggestions, words.about_suggestions)


def _recaps(words: CandidateWords, held: Held) -> Iterator[str]:
    for recap in held.recaps:
        host = recap.goes_to or WORDS[held.language].nowhere
        about = words.about_recaps.format(model=recap.model, host=host)
        yield from _listed(words.recaps, recap.sentences, about)


def _written(words: CandidateWords, held: Held) -> Iterator[str]:
    """What people wrote and judged, or that it is withheld."""
    if held.marks:
        yield from _listed(words.marks, [timecode(mark.moment_s) for mark in held.marks])
    if "notes" not in held.withheld:
        notes = [f"{timecode(note.moment_s)}: {note.text}" for note in held.notes]
        yield from _listed(words.notes, notes or [words.none])
    if "ratings" not in held.withheld:
        ratings = [_rating(words, each) for each in held.ratings]
        yield from _listed(words.ratings, ratings or [words.none])
    if held.recommendation is not None:
        said = words.judging.recommendations[held.recommendation.recommendation]
        reason = held.recommendation.reason
        yield from _listed(words.judging.recommendation, [f"{said}: {reason}" if reason else said])
    told = {"notes": words.withheld_notes, "ratings": words.withheld_ratings}
    if held.withheld:
        yield from _listed(words.withheld, [told[each] for each in held.withheld])


def _rating(words: CandidateWords, judged: HeldJudgement) -> str:
    said = words.taken_back
    if judged.rating is not None:
        said = words.judging.of_four.format(rating=judged.rating)
    elif judged.unrated is not None:
        said = words.unrated[judged.unrated]
    remarks = [words.earlier.format(count=judged.earlier)] if judged.earlier else []
    remarks += [words.after_findings] if judged.after_findings else []
    said += f" ({'; '.join(remarks)})" if remarks else ""
    return f"{judged.about}: {said}. {judged.reason}".strip()


def _reviews(words: CandidateWords, held: Held) -> Iterator[str]:
    for review in held.reviews:
        yield _paragraph(f"{review.by}, {review.opened_at}")
    if not held.reviews:
        yield _paragraph(words.nobody)


def _corrections(words: CandidateWords, held: Held) -> Iterator[str]:
    sides = WORDS[held.language].hearing.sides
    lines: list[str] = []
    for said in held.utterances:
        changes = (
            [] if said.heard is None else [words.session.corrected_from.format(heard=said.heard)]
        )
        if said.heard_as is not None:
            changes.append(words.session.speaker_corrected.format(side=sides[said.heard_as]))
        if changes:
            lines.append(f"{timecode(said.start_s)}: “{said.text}” ({'; '.join(changes)})")
    if lines:
        yield from _listed(words.corrections, lines)


def _transcript(words: CandidateWords, held: Held) -> Iterator[str]:
    report = WORDS[held.language]
    told: list[tuple[float, str]] = []
    for said in held.utterances:
        unsure = f" <i>({_text(words.session.doubtful)})</i>" if said.uncertain else ""
        who = f"<b>{timecode(said.start_s)} {_text(report.hearing.sides[said.speaker])}</b>"
        told.append((said.start_s, f"<p>{who}<br>{_text(said.text)}{unsure}</p>"))
    for gap in held.gaps:
        side, cause = report.hearing.sides[gap.channel], report.hearing.causes[gap.cause]
        what = f"{report.gaps}: {side} ({cause})"
        times = f"{timecode(gap.start_s)}-{timecode(gap.end_s)}"
        told.append((gap.start_s, f"<p><i>{times} {_text(what)}</i></p>"))
    yield from (line for _at, line in sorted(told, key=lambda each: each[0]))


def _section(heading: str, inside: Iterable[str]) -> Iterator[str]:
    yield f"<h2>{_text(heading)}</h2>"
    yield from inside


def _listed(heading: str, items: Iterable[str], about: str = "") -> Iterator[str]:
    yield f"<h2>{_text(heading)}</h2>"
    if about:
        yield _paragraph(about)
    yield "<ul>"
    yield from (f"<li>{_text(item)}</li>" for item in items)
    yield "</ul>"


def _paragraph(text: str) -> str:
    return f"<p>{_text(text)}</p>"


def _text(text: str) -> str:
    return html.escape(text)
