"""What answers show, by the real embedder on the guides that ship."""

import pytest

from copilot.errors import UsageError
from copilot.events import QUOTED_STATES, FindingKind, FindingState
from copilot.matching.matcher import Finding
from tests.matching.conftest import DIRECTOR, MANAGER, Guides, Matchers
from tests.matching.parts import said

_OFF_SUBJECT = "My favourite holiday was in Norway, we saw whales and ate far too much salmon."


def _of(findings: tuple[Finding, ...], item_id: str) -> Finding:
    (finding,) = [finding for finding in findings if finding.id == item_id]
    return finding


def _asserted(findings: tuple[Finding, ...]) -> dict[str, FindingState]:
    return {finding.id: finding.state for finding in findings if finding.state in QUOTED_STATES}


def _quoted(finding: Finding) -> str:
    assert finding.evidence is not None
    return finding.evidence.quote


# -- clear answers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "language", "question", "point", "text"),
    [
        (DIRECTOR, "en", "underperformance", "one-to-one",
         "I sat down with him in private and asked what was going on."),
        (DIRECTOR, "en", "new-technology", "business-case",
         ("First I wanted to know if it was worth it, so I wrote a two page business case with "
          "the costs and the savings over three years.")),
        (DIRECTOR, "fr", "new-technology", "business-case",
         ("J'ai d'abord écrit un dossier de deux pages avec les coûts et les économies sur trois "
          "ans, pour justifier l'achat.")),
    ],
)  # fmt: skip
def test_a_clear_statement_is_evidenced_with_its_own_words(
    matchers: Matchers, role: str, language: str, question: str, point: str, text: str
) -> None:
    utterance = said(text)

    findings = matchers(role, language).findings(question, [utterance])

    finding = _of(findings, point)
    assert finding.state is FindingState.EVIDENCED
    assert finding.confidence >= 0.5
    assert _quoted(finding) in utterance.text


@pytest.mark.parametrize(
    ("language", "question", "point", "text"),
    [
        ("en", "new-technology", "rollback",
         ("We had no rollback plan at all, there was no way to go back to the old system if it "
          "failed.")),
        ("en", "underperformance", "improvement-plan",
         ("We never wrote an improvement plan for anybody, I just waited and hoped it would get "
          "better.")),
        ("fr", "new-technology", "rollback",
         ("On n'avait aucun plan de retour arrière, il n'y avait pas moyen de revenir à l'ancien "
          "système.")),
    ],
)  # fmt: skip
def test_a_clear_denial_is_denied_and_never_evidenced(
    matchers: Matchers, language: str, question: str, point: str, text: str
) -> None:
    finding = _of(matchers(DIRECTOR, language).findings(question, [said(text)]), point)

    assert finding.state is FindingState.DENIED
    assert _quoted(finding) in text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", _OFF_SUBJECT),
        ("en", "I like my coffee black, with nothing in it."),
        ("fr", "Ce week-end j'ai fait du vélo avec mes enfants au bord de la rivière."),
    ],
)
def test_an_unrelated_answer_gives_nothing(matchers: Matchers, language: str, text: str) -> None:
    assert _asserted(matchers(DIRECTOR, language).findings("new-technology", [said(text)])) == {}


_PRIVATE_TALK = {
    "en": (
        "My daughter wanted to keep a crab in a bucket and cried when it walked away.",
        "We ate salmon nearly every evening and nobody complained.",
        "My brother plays the cello in a small orchestra.",
        "On Sundays I bake bread, mostly rye, and give half of it to the neighbours.",
        "The dog sleeps under the kitchen table and snores.",
        "There is a lake behind the house where you can skate in January.",
        "Our old car broke down near the fjord and a farmer pulled it out with his tractor.",
        "The ferry was late because of fog.",
        "My aunt collects stamps with birds on them.",
    ),
    "fr": (
        "Ma fille voulait garder un crabe dans un seau et elle a pleuré quand il est parti.",
        "On a mangé du saumon presque tous les soirs.",
        "Mon frère joue du violoncelle dans un petit orchestre.",
        "Le chien dort sous la table de la cuisine et il ronfle.",
        "Derrière la maison il y a un lac où on patine en janvier.",
        "Notre vieille voiture est tombée en panne et un fermier l'a sortie avec son tracteur.",
        "Le ferry avait du retard à cause du brouillard.",
        "Ma tante collectionne les timbres avec des oiseaux.",
    ),
}


@pytest.mark.parametrize(("language", "at_most"), [("en", 0.015), ("fr", 0.04)])
def test_private_talk_is_rarely_taken_for_a_point_and_never_for_a_flag(
    matchers: Matchers, language: str, at_most: float
) -> None:
    matcher = matchers(DIRECTOR, language)
    questions = ("responsibilities", "new-technology", "underperformance", "metrics", "resistance")

    findings = [
        finding
        for question in questions
        for number, text in enumerate(_PRIVATE_TALK[language])
        for finding in matcher.findings(question, [said(text, number)])
    ]

    points = [finding for finding in findings if finding.kind is FindingKind.POINT]
    wrong = [finding for finding in points if finding.state in QUOTED_STATES]
    assert len(wrong) <= at_most * len(points)
    assert {f.state for f in findings if f.kind is FindingKind.FLAG} == {FindingState.NOT_RAISED}


def test_a_red_flag_is_raised_with_its_quote(matchers: Matchers) -> None:
    text = "We never measured it, so I can't tell you by how much, but it felt better."

    finding = _of(matchers().findings("process-improvement", [said(text)]), "no-metrics")

    assert finding.kind is FindingKind.FLAG
    assert finding.state is FindingState.RAISED
    assert _quoted(finding) in text


# -- the form of the answer -----------------------------------------------------------------------


def test_there_is_one_finding_for_each_point_and_flag_in_the_guides_order(
    matchers: Matchers, guides: Guides
) -> None:
    guide = guides(DIRECTOR, "en")
    points = [(FindingKind.POINT, point.id) for point in guide.points_for("metrics")]
    flags = [(FindingKind.FLAG, flag.id) for flag in guide.red_flags]

    findings = matchers().findings("metrics", [said(_OFF_SUBJECT)])

    assert [(finding.kind, finding.id) for finding in findings] == points + flags


def test_a_question_without_points_is_matched_against_the_competencies(
    matchers: Matchers, guides: Guides
) -> None:
    guide = guides(MANAGER, "en")

    findings = matchers(MANAGER).findings(guide.questions[0].id, [said(_OFF_SUBJECT)])

    points = [finding.id for finding in findings if finding.kind is FindingKind.POINT]
    assert points == [competency.id for competency in guide.competencies]
    assert len(points) == 6


def test_an_unknown_question_is_refused_with_the_nearest_name(matchers: Matchers) -> None:
    with pytest.raises(UsageError) as caught:
        matchers().findings("metrix", [said(_OFF_SUBJECT)])
    with pytest.raises(UsageError):
        matchers().prepare("metrix")
    assert "'metrics'" in caught.value.remedy


@pytest.mark.parametrize("text", ["", "   ", "...", "Yes.", "no", "Well, you know.", "Um."])
def test_next_to_nothing_said_shows_nothing(matchers: Matchers, text: str) -> None:
    findings = matchers().findings("new-technology", [said(text)])

    assert {finding.state for finding in findings} == {
        FindingState.NOT_HEARD,
        FindingState.NOT_RAISED,
    }
    assert all(finding.evidence is None for finding in findings)


def test_an_answer_without_utterances_shows_nothing(matchers: Matchers) -> None:
    assert _asserted(matchers().findings("metrics", [])) == {}


def test_an_answer_of_twenty_thousand_words_is_read_to_its_end(
    matchers: Matchers,
) -> None:
    point = "I sat down with him in private and asked what was going on."
    noise = " ".join(["The ferry was late because of fog and nobody complained."] * 2000)
    utterance = said(f"{noise} {point}")

    finding = _of(matchers().findings("underperformance", [utterance]), "one-to-one")

    assert len(utterance.text.split()) > 20_000
    assert finding.state is FindingState.EVIDENCED
    assert finding.evidence is not None
    assert finding.evidence.quote.endswith(point)
    assert len(finding.evidence.quote.split()) <= 45
    assert finding.evidence.end_s == utterance.end_s


# -- doubtful text --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "point", "text"),
    [
        ("underperformance", "one-to-one",
         "I sat down with him in private and asked what was going on."),
        ("new-technology", "rollback",
         ("We had no rollback plan at all, there was no way to go back to the old system if it "
          "failed.")),
    ],
)  # fmt: skip
def test_doubtful_text_alone_makes_a_point_unclear(
    matchers: Matchers, question: str, point: str, text: str
) -> None:
    findings = matchers().findings(question, [said(text, 30, uncertain=True)])

    assert _asserted(findings) == {}
    assert _of(findings, point).state is FindingState.UNCLEAR


def test_doubtful_text_does_not_take_back_what_was_clear(matchers: Matchers) -> None:
    text = "I sat down with him in private and asked what was going on."
    answer = [said(text, 31), said(text, 32, uncertain=True)]

    finding = _of(matchers().findings("underperformance", answer), "one-to-one")

    assert finding.state is FindingState.EVIDENCED


def test_what_is_said_again_clearly_is_evidenced(matchers: Matchers) -> None:
    text = "I sat down with him in private and asked what was going on."
    between = (
        "It rained a lot that spring and the river came up over the road by the old mill where my "
        "uncle used to keep his boats and his two brown horses and a cart that nobody had driven "
        "for years and years on end."
    )
    answer = [said(text, 41, uncertain=True), *(said(between, n) for n in (42, 43)), said(text, 44)]

    finding = _of(matchers().findings("underperformance", answer), "one-to-one")

    assert finding.state is FindingState.EVIDENCED
    assert finding.evidence is not None
    assert "u44" in finding.evidence.utterance_ids
