"""The report for people: quotes and times, in the interview's language, and nobody is judged."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from copilot.events import Event, FindingState
from copilot.interview import replay
from copilot.knowledge.guide import Guide
from copilot.review.markdown import to_markdown
from copilot.review.report import report_of
from copilot.review.reviewed import Reviewed
from copilot.timecode import timecode
from tests.builders import guide_data
from tests.interview.strategies import stories
from tests.review.story import an_interview
from tests.story import Story


def _report(story: Story) -> str:
    return to_markdown(report_of(Reviewed(story.interview)))


def _in_french() -> Guide:
    return Guide.model_validate({**guide_data(), "language": "fr", "title": "Chef boulanger"})


@pytest.fixture(scope="module")
def english() -> str:
    return _report(an_interview())


@pytest.fixture(scope="module")
def french() -> str:
    return _report(an_interview(_in_french()))


# -- what stands in it ----------------------------------------------------------------------------


def test_the_facts_stand_at_the_top(english: str) -> None:
    top = english.split("## Plan and timing", maxsplit=1)[0]

    assert top.startswith("# Interview report: Head Baker\n")
    assert "2026-03-02T09:00:00+00:00" in top
    assert "1:40" in top
    assert "ended by the interviewer" in top
    assert "recording interview.wav" in top
    assert "candidate 0:14 (78%), interviewer 0:04" in top
    assert "1 of 5 utterances are doubtful; 2 s of speech-like sound" in top
    assert "nobody; everything stayed on this machine" in top


def test_the_plan_shows_what_was_asked_how_long_and_how_much_was_heard(english: str) -> None:
    assert "| How would you bring in a new oven? | 5 min | 1:10 | 1 of 3 |" in english
    assert "| Which figures do you watch? | 3 min | 0:30 | 1 of 1 |" in english
    assert "| Tell me about your team. | 4 min | not asked |  |" in english


def test_every_quote_stands_with_its_time_and_its_utterance(english: str) -> None:
    assert "- Way back\n  > “a way back to the old oven” (0:05, u2)" in english
    assert "- Training\n  > “There was no training whatsoever.” (0:12, u3)" in english
    assert "> “In the end I did it all by myself.” (0:18, u5)" in english


def test_points_stand_under_their_states(english: str) -> None:
    section = english.split("### How would you bring in a new oven?")[1].split("###", maxsplit=1)[0]

    assert "_0:00-1:00, 1:20-1:30_" in section
    order = [section.index(f"**{word}**") for word in ("Evidenced", "Denied", "Unclear")]
    assert order == sorted(order)
    assert "Trial run" in section.split("**Unclear**")[1]


def test_points_that_were_not_heard_are_told_in_one_line() -> None:
    story = Story()
    story.ask("rollout")

    assert "**Not heard**: Trial run; Way back; Training" in _report(story)


def test_what_a_human_decided_is_marked(english: str) -> None:
    assert "- Waste (set by hand)" in english


def test_questions_that_were_not_asked_have_no_section(english: str) -> None:
    assert "### Tell me about your team." not in english


def test_a_question_that_was_not_asked_has_one_where_a_point_was_made_under_another() -> None:
    story = Story()
    story.ask("metrics")
    said = story.say("We had a way back to the old oven.")
    story.find("rollback", FindingState.EVIDENCED, said=said)

    report = _report(story)

    assert "| How would you bring in a new oven? | 5 min | not asked | 1 of 3 |" in report
    section = report.split("### How would you bring in a new oven?")[1]
    assert section.startswith("\n\n_not asked_\n\n**Evidenced**\n\n- Way back\n  > “We had")


def test_a_flag_stands_with_its_question_its_quote_and_another_reading(english: str) -> None:
    section = english.split("## Worth a second look")[1].split("## Suggestions", maxsplit=1)[0]

    assert "**Works alone**, under “How would you bring in a new oven?”" in section
    assert "It may also mean: It was that one project." in section
    assert section.index("Works alone") < section.index("Blames others")


def test_suggestions_stand_with_their_time_reason_and_fate(english: str) -> None:
    reason = "not heard yet: Way back"

    assert f"| 0:24 | What if it fails? | {reason} | heard asked |" in english
    assert f"| 1:10 | Where does bread end up? | {reason} | skipped |" in english
    assert f"| 1:15 | And on Sundays? | {reason} | open at the end |" in english


def test_models_guide_and_version_stand_at_the_end(english: str) -> None:
    end = english.split("## Made with")[1]

    assert "Interview Copilot 0.1.0" in end
    assert "transcription: Whisper, 1, `000000000000`" in end
    assert re.search(r"guide: baker, `[0-9a-f]{12}`", end)


def test_an_interview_in_which_nothing_happened_has_a_report_too() -> None:
    report = _report(Story())

    assert "Nothing was raised." in report
    assert "None was made." in report
    assert "(-)" in report  # nobody spoke, so nobody has a share


def test_a_transcript_of_nothing_says_so() -> None:
    story = Story()
    story.end(at_s=10)

    told = to_markdown(report_of(Reviewed(story.interview)), transcript=True)

    assert "## Transcript\n\nNothing was heard.\n" in told


@pytest.mark.parametrize(
    ("state", "word"), [(FindingState.EVIDENCED, "Evidenced"), (FindingState.DENIED, "Denied")]
)
def test_states_without_a_point_are_left_out(state: FindingState, word: str) -> None:
    story = Story()
    story.ask("rollout")
    story.find("rollback", state, said=story.say("Yes and no."))

    report = _report(story)

    assert f"**{word}**" in report
    assert "**Unclear**" not in report


# -- no judgement ---------------------------------------------------------------------------------

_JUDGEMENTS = {
    "en": r"\b(score|scor\w+|rank\w*|verdict|fit|hire|reject\w*|recommend\w*|grade|weak\w*|fail\w*)\b",
    "fr": r"\b(score|note[sz]?|classement|verdict|embauch\w*|rejet\w*|recommand\w*|faibl\w*)\b",
}


def test_the_report_judges_nobody(english: str, french: str) -> None:
    # What the machine itself says, without the words of the guide and of the people.
    spoken = r"What if it fails\?"

    assert re.findall(_JUDGEMENTS["en"], re.sub(spoken, "", english), re.I) == []
    found = re.findall(_JUDGEMENTS["fr"], french, re.I)
    assert found == ["note"]
    assert "Il ne note personne" in french


def test_the_report_says_that_the_rating_is_the_humans(english: str, french: str) -> None:
    assert "It rates nobody: the rating is yours." in english
    assert "l'appréciation vous revient" in french


# -- French ---------------------------------------------------------------------------------------


def test_the_report_of_a_french_interview_is_french(french: str, english: str) -> None:
    assert french.startswith("# Compte rendu d'entretien : Chef boulanger\n")
    headings = [line for line in french.splitlines() if line.startswith("## ")]
    assert headings == [
        "## Ce qui limite ce compte rendu",
        "## Plan et durées",
        "## Questions",
        "## À regarder de plus près",
        "## Suggestions",
        "## Réalisé avec",
    ]
    assert "candidat 0:14 (78%), intervieweur 0:04" in french
    assert "**Entendu**" in french
    assert "**Démenti**" in french
    assert "| non posée |" in french
    assert "entendue posée" in french
    assert "Autre lecture possible : It was that one project." in french


def test_no_english_heading_is_left_in_a_french_report(french: str, english: str) -> None:
    shared = {"## Questions", "## Suggestions"}
    mine = {line for line in english.splitlines() if line.startswith(("# ", "## ", "**"))} - shared

    assert not mine & set(french.splitlines())


# -- hostile text ---------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](http://evil.example)",
    "![x](http://evil.example/p.png)",
    "`rm -rf`",
    "**bold** and __bold__ and ~~gone~~",
    "# Heading",
    "a | b | c",
    "1\n\n# Verdict: hire\n\n- x",
    "\\",
    "{{ 7*7 }} {0} %s",
    "| --- |",
]


def _bare(report: str, characters: str) -> list[str]:
    """Those of the characters that are not escaped."""
    unescaped = re.sub(r"\\.", "", report)
    return [character for character in characters if character in unescaped]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_say_cannot_format_the_report_nor_run_in_it(text: str) -> None:
    story = Story()
    story.ask("rollout")
    story.find("rollback", FindingState.EVIDENCED, said=story.say(text))

    report = _report(story)

    (line,) = [line for line in report.splitlines() if line.startswith("  > “")]
    assert _bare(line[5:], "<[]`*_#|~{}") == []
    assert len(report.splitlines()) == len(_report(_with_quote("plain")).splitlines())
    shown = re.sub(r"\\(.)", r"\1", line)
    assert f"“{' '.join(text.split())}”" in shown


def _with_quote(text: str) -> Story:
    story = Story()
    story.ask("rollout")
    story.find("rollback", FindingState.EVIDENCED, said=story.say(text))
    return story


def _title(data: dict[str, Any], text: str) -> None:
    data["title"] = text


def _question(data: dict[str, Any], text: str) -> None:
    data["questions"][0]["text"] = text


def _label(data: dict[str, Any], text: str) -> None:
    data["questions"][0]["points"][1]["label"] = text


def _reading(data: dict[str, Any], text: str) -> None:
    data["red_flags"][0]["benign_reading"] = text


@pytest.mark.parametrize("place", [_title, _question, _label, _reading])
def test_what_a_guide_says_cannot_either(place: Callable[[dict[str, Any], str], None]) -> None:
    data = guide_data()
    place(data, "<b>[x](y)</b>|`z`")
    report = _report(an_interview(Guide.model_validate(data)))

    assert "<b>" not in report
    assert "[x]" not in report
    assert r"\<b\>\[x\](y)\</b\>\|\`z\`" in report


@pytest.mark.parametrize("text", ["http://evil.example", "www.evil.example", "&lt;b&gt; &amp;"])
def test_an_address_or_an_entity_is_shown_as_it_was_said(text: str) -> None:
    assert text not in _report(_with_quote(text))


@given(events=stories())
def test_any_interview_has_a_report(events: tuple[Event, ...]) -> None:
    interview = replay(events)

    report = to_markdown(report_of(Reviewed(interview)))

    for question in interview.plan:
        if interview.was_asked(question.id):
            assert report.count("\n### ") >= 1
    assert report.endswith("\n")


# -- times ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0:00"),
        (9.4, "0:09"),
        (59.6, "1:00"),
        (75, "1:15"),
        (3599, "59:59"),
        (3599.7, "1:00:00"),
        (3675, "1:01:15"),
        (36_000, "10:00:00"),
    ],
)
def test_times_read_like_those_of_a_player(seconds: float, shown: str) -> None:
    assert timecode(seconds) == shown


@pytest.mark.parametrize(
    ("language", "told", "means"),
    [
        ("en", "I have epilepsy, so we always had a way back.", "told unasked"),
        ("fr", "J'ai trois enfants, donc on a toujours un plan B.", "dit spontanément"),
    ],
)
def test_a_quote_says_where_something_told_unasked_was_left_out(
    language: str, told: str, means: str
) -> None:
    story = Story(Guide.model_validate({**guide_data(), "language": language}))
    story.ask("rollout")
    said = story.say(told, language=language)
    assert means not in _report(story)
    story.find("rollback", FindingState.EVIDENCED, said=said)

    report = _report(story)

    assert "“\\[…\\], " in report
    assert means in report
