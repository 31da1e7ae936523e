"""The rules one by one: labels, ids, forms of questions, direct speech, tags, names of parts."""

import pytest

from copilot.guides.importing.recognising.recogniser import draft_of
from copilot.guides.importing.rules.asking import asks, kind_of, quoted_question, timed
from copilot.guides.importing.rules.direct_speech import direct_speech, to_the_candidate
from copilot.guides.importing.rules.labels import LONGEST_LABEL, id_of, label_of
from copilot.guides.importing.rules.role_title import role_of
from copilot.guides.importing.rules.section_words import Section
from copilot.guides.importing.rules.sections import announced_by, led, parted, section_of
from copilot.guides.importing.rules.sentences import sentences_of
from copilot.guides.importing.rules.tags import listed, tags_of
from copilot.guides.importing.rules.terms import terms_of
from copilot.knowledge.guide import QuestionKind
from tests.guides.importing.recognised import lines


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Plant knowledge: names a shrub from its bark", "Plant knowledge"),
        ("Safety \u2013 wears gloves without being told", "Safety"),
        ("Tell me about a hedge you rescued from the brink.", "Hedge you rescued"),
        ("How would you plan a border for a north-facing wall?", "Border for a north-facing wall"),
        ("What are the main duties of a head gardener?", "Main duties of a head gardener"),
        ("Monitoring the irrigation system during the dry months", "Irrigation system"),
        ("Has no experience with glasshouse plants or their pests", "Glasshouse plants"),
        ("Emphasise the importance of soil tests before planting", "Soil tests"),
        ("Blames the owner for not reading the plan", "Blames the owner"),
        ("Asks the owner to walk round with them", "Asks the owner to walk round"),
        ("Tell me about an owner who was upset.", "Owner who was upset"),
        ("Why do you want to teach children to prune?", "Teach children to prune"),
        ("Which hedge do you find hardest, and why?", "Hedge"),
        ("Why the IT of an estate matters to every gardener", "IT of an estate matters"),
    ],
)
def test_labels_are_noun_phrases_of_the_text(text: str, label: str) -> None:
    assert label_of(text, "en") == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Racontez-moi une fois où vous avez dû abattre un vieux chêne.", "Vieux chêne"),
        ("Comment organisez-vous la tonte pendant les vacances ?", "Tonte pendant les vacances"),
        ("Parle de la taille comme d'une corvée", "Parle de la taille"),
        ("Que faites-vous des roses qui fanent ?", "Roses qui fanent"),
        ("Capacité à lire un plan de plantation détaillé", "Plan de plantation détaillé"),
        ("Prudence : porte toujours un casque", "Prudence"),
    ],
)
def test_labels_in_french(text: str, label: str) -> None:
    assert label_of(text, "fr") == label


def test_a_label_always_fits() -> None:
    for text in (
        "Wo" * 40,
        "a",
        "???",
        "the of and",
        "Unverhältnismäßigkeitsgrundsätzlichkeit of x",
    ):
        assert 1 <= len(label_of(text, "en")) <= LONGEST_LABEL
        assert 1 <= len(label_of(text, "fr")) <= LONGEST_LABEL


def test_ids_of_like_labels_are_told_apart_by_their_texts() -> None:
    first = id_of("Hedges", "Cuts hedges in June", set())
    second = id_of("Hedges", "Plants hedges of hornbeam", {first})
    assert (first, second) == ("hedges", "hedges-plants")
    assert id_of("Hedges", "Hedges", {"hedges"}) == "hedges-2"
    assert id_of("Élagage d'été", "", set()) == "elagage-d-ete"
    assert len(id_of("word " * 20, "", set())) <= 48


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (
            "Ask how they've used a diary to plan a year",
            "How have you used a diary to plan a year?",
        ),
        ("Ask how they keep tools sharp", "How do you keep tools sharp?"),
        (
            "Ask what they'd change about their last garden",
            "What would you change about your last garden?",
        ),
        ("Demandez comment elle a sauvé un rosier.", "Comment avez-vous sauvé un rosier ?"),
    ],
)
def test_direct_speech_where_it_is_certain(told: str, asked: str) -> None:
    assert direct_speech(told) == asked


@pytest.mark.parametrize(
    "told",
    [
        "Ask how they handled the drought",  # "How did you handle" is another word
        "Ask how they built the pond",
        "Ask how visitors see their garden",
        "Ask how they teach apprentices and correct their work",  # whose work?
        "Ask how they'd used the pond",
        "Ask about ponds",
        "Demandez comment il gère son équipe",
    ],
)
def test_no_direct_speech_where_it_is_not(told: str) -> None:
    assert direct_speech(told) is None


def test_questions_about_them_as_questions_to_you() -> None:
    asked = to_the_candidate("What tools would they buy first? How would they store them?")
    assert asked is None  # "them" may be the tools
    asked = to_the_candidate("What would they buy first? How do they choose?")
    assert asked == "What would you buy first? How do you choose?"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Tell me about a time you lost a tree.", QuestionKind.BEHAVIOURAL),
        ("How have you dealt with slugs?", QuestionKind.BEHAVIOURAL),
        ("How would you deal with slugs?", QuestionKind.SITUATIONAL),
        ("What would you do in a situation where you had no water?", QuestionKind.SITUATIONAL),
        ("What do you think of peat?", QuestionKind.OPINION),
        ("What is the difference between mulch and compost?", QuestionKind.KNOWLEDGE),
        ("Racontez une récolte manquée.", QuestionKind.BEHAVIOURAL),
        ("Que feriez-vous sans eau ?", QuestionKind.SITUATIONAL),
        ("Selon vous, à quoi sert une haie ?", QuestionKind.OPINION),
        ("Qu'est-ce que le paillage ?", QuestionKind.KNOWLEDGE),
    ],
)
def test_kinds_by_form(question: str, kind: QuestionKind) -> None:
    assert kind_of(question) is kind


def test_what_asks_and_what_does_not() -> None:
    assert asks("Two hoses burst at once. What do you do?")
    assert asks("How do you water? Walk me through a day.")
    assert not asks("Looking for a gardener? This guide is for whoever hires one.")
    assert not asks("Waters in the evening")


def test_a_question_in_quotation_marks() -> None:
    found = quoted_question("Probe on care: 'How do you store bulbs?' and wait")
    assert found is not None
    assert (found.before, found.text, found.after) == (
        "Probe on care:",
        "How do you store bulbs?",
        "and wait",
    )
    assert quoted_question("the gardeners' shed isn't 'big enough for two'") is None


def test_minutes_are_read_off() -> None:
    assert timed("Walk round the beds (20\u201330 min)").minutes == 30
    assert timed("Essai (1 h 30)").minutes == 90
    assert timed("Trial: 45 minutes").text == "Trial"
    assert timed("Ten minutes of silence").minutes is None


def test_tags_run_together_are_split_at_their_seams() -> None:
    assert tags_of("Soil CarePest ControlHTML/CSSTeam Work") == (
        "Soil Care",
        "Pest Control",
        "HTML/CSS",
        "Team Work",
    )
    assert tags_of("Uses PowerPoint and JavaScript on GitHub") == ()
    assert tags_of("A sentence. With IrrigationPlans and MoreThings.") == ()


def test_enumerations() -> None:
    assert listed("SQL, Excel and Jira") == ("SQL", "Excel", "Jira")
    assert listed("a plan; a date") == ("a plan", "a date")
    assert listed("He came late, and then, as nobody was there any more, he left") == ()


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("What to listen for", Section.POINTS),
        ("What good looks like", Section.POINTS),
        ("Éléments attendus :", Section.POINTS),
        ("Red flags \U0001f6a9", Section.FLAGS),
        ("Points de vigilance", Section.FLAGS),
        ("Hiring process", Section.STAGES),
        ("3. Étapes du recrutement", Section.STAGES),
        ("Interview tips", Section.TIPS),
        ("Conseils d\u2019entretien", Section.TIPS),
        ("Ce qu\u2019il faut rechercher", Section.COMPETENCIES),
        ("Required skills", Section.SKILLS),
        ("The 12 Best Gardener Interview Questions", Section.QUESTIONS),
        ("Questions à éviter", Section.NOT_TO_ASK),
        ("Questions for the candidate", Section.CANDIDATES),
        ("Key responsibilities", Section.DUTIES),
        ("Communication skills", None),
        ("Soil orientation", None),
        ("Why we garden", None),
    ],
)
def test_names_of_parts(heading: str, section: Section | None) -> None:
    assert section_of(heading) is section


def test_lead_ins_and_names_before_colons() -> None:
    assert announced_by("Main tasks include:") is Section.DUTIES
    assert announced_by("Be wary of candidates who:") is Section.FLAGS
    assert announced_by("Name cases such as:") is None
    said = led("Stage 2 \u2013 Trial day")
    assert said is not None
    assert (said.section, said.rest, said.named) == (Section.STAGES, "Trial day", True)
    assert led("Plant knowledge: names a shrub") is None
    assert parted("Digs well. Good: asks first. Bad: guesses.") == [
        "Digs well.",
        "Good: asks first.",
        "Bad: guesses.",
    ]


@pytest.mark.parametrize(
    ("head", "cell", "minutes"),
    [
        ("Minutes", "15", 15),
        ("Duration (min)", "10-15", 15),
        ("Min.", "5", 5),
        ("Time", "20 min", 20),
        ("Time", "9", None),
    ],
)
def test_minutes_of_a_stage_in_a_column(head: str, cell: str, minutes: float | None) -> None:
    rows = f"- Stage\n  - {head}\n- Walk round the beds\n  - {cell}"
    (stage,) = draft_of(lines(f"# Process\n{rows}\n# Questions\n1. How do you prune?")).stages
    assert stage.minutes == minutes


def test_sentences() -> None:
    assert sentences_of("Takes a tool (e.g. a spade). Digs 1.5 m. Why? 'No. Never.' he said.") == [
        "Takes a tool (e.g. a spade).",
        "Digs 1.5 m.",
        "Why?",
        "'No. Never.' he said.",
    ]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("The 20 Best Head Gardener Interview Questions", "Head Gardener"),
        ("How to Hire a Head Gardener \u2014 Complete Guide (2026) | Leaf", "Head Gardener"),
        ("Comment recruter un(e) chef jardinier", "chef jardinier"),
        ("Guide d\u2019entretien pour un poste de chef jardinier", "chef jardinier"),
        ("\U0001f331 Head gardener", "Head gardener"),
    ],
)
def test_the_role_out_of_a_title(title: str, role: str) -> None:
    assert role_of(title) == role


def test_terms() -> None:
    found = terms_of(
        [
            "She writes SOPs and keeps an SOP in Power BI for the whole ERP",
            "ALL IN CAPITALS HERE NOW",
        ]
    )
    assert found == ("SOP", "Power BI", "ERP")


def test_a_list_cut_off_in_the_middle_swallows_nothing() -> None:
    draft = draft_of(
        lines(
            """
# Gardener interview questions
## Questions
### 1. How do you water?
In your answer, cover:
- evenings
Highlight your care for seedlings.
### 2. Tell me about a time you
Mention how you
## Questions on working together
- How do you share a shed?
"""
        )
    )
    assert [question.text for question in draft.questions] == [
        "How do you water?",
        "Tell me about a time you",
        "How do you share a shed?",
    ]
    assert [point.text for point in draft.questions[0].points] == [
        "evenings",
        "Highlight your care for seedlings.",
    ]
    assert [(note.block.text, note.why) for note in draft.unplaced] == [
        ("Mention how you", "breaks off")
    ]


def test_duties_are_no_questions() -> None:
    draft = draft_of(
        lines(
            """
# Head gardener
The head gardener looks after the beds. Main tasks include:
- Planting trees
- Paying helpers
"""
        )
    )
    assert draft.summary == "The head gardener looks after the beds."
    assert {note.why for note in draft.unplaced} == {"a duty of the role, not something to ask"}
    assert not draft.questions


def test_a_question_that_may_not_be_asked_takes_its_points_with_it() -> None:
    draft = draft_of(
        lines(
            """
# Gardener interview questions
## Questions
1. How old are you?
  - younger than fifty
2. How do you prune?
  - in winter
"""
        )
    )
    assert [question.text for question in draft.questions] == ["How do you prune?"]
    assert [(note.block.text, note.why) for note in draft.unplaced] == [
        ("How old are you?", "may not be asked: age"),
        ("younger than fifty", "under a question that may not be asked"),
    ]


def test_ids_stay_when_a_question_comes_before_and_a_typo_goes() -> None:
    kept = """
### {n}. How do you share a shed?
- Labelling tools so that everybody finds them agian
- Cleaning up
"""
    before = draft_of(lines("# Gardener interview questions\n## Questions" + kept.format(n=1)))
    new = "\n### 1. Tell me about a pond you dug.\n- measured first"
    after = draft_of(
        lines(
            "# Gardener interview questions\n## Questions"
            + new
            + kept.format(n=2).replace("do you", "would you").replace("agian", "again")
        )
    )
    [one], [_, same] = before.questions, after.questions
    assert one.id == same.id
    assert [point.id for point in one.points] == [point.id for point in same.points]


def test_what_stands_twice_is_taken_once() -> None:
    """As an article has it that lists its questions before it goes through them."""
    draft = draft_of(
        lines(
            """
# Gardener interview questions
## The questions
- How do you water?
- How do you prune?
## The questions in detail
### 1. How do you water?
Look for:
- evenings
"""
        )
    )
    water, prune = draft.questions
    assert [point.text for point in water.points] == ["evenings"]
    assert not prune.points
    assert "stands already on line 3" in {note.why for note in draft.signposts}
