"""The recap in prose: what a model says is checked, and what is done is never lost."""

from collections.abc import Callable, Iterator

import pytest

from copilot.events import Channel, RecapWritten
from copilot.knowledge.laws import every_pack
from copilot.knowledge.off_limits import joined
from copilot.llm.client import LlmClient
from copilot.llm.errors import LlmError
from copilot.llm.prompt_file import read_prompt
from copilot.matching.embedding import E5Embedder
from copilot.paths import shipped_prompts
from copilot.review.reading import read_reviewed
from copilot.review.recap.answers import answer_of, stays_here, to_recap
from copilot.review.recap.checking import SentenceChecks
from copilot.review.recap.extractive import extract
from copilot.review.recap.markdown import recap_markdown
from copilot.review.recap.standing import standing_parts, standing_recap
from copilot.review.recap.writing import Progress, RecapWriter
from copilot.review.report import report_of
from copilot.review.reviewed import Reviewed
from copilot.review.reviewing import Review
from tests.llm.asking import client_of, toy
from tests.llm.scripted_server import Refuses, Says, ScriptedServer, playing
from tests.review.recap.talk import rated, says
from tests.review.stored import keep
from tests.story import Story

OVENS = ("The team baked on both ovens for two weeks.", ["u2"])
TRAINED = ("The candidate trained the night shift, three people at a time.", ["u3"])
INVENTED = ("The team baked on both ovens for nine weeks.", ["u2"])
PRAISE = ("The candidate is an excellent trainer.", ["u3"])
WASTE = ("The candidate looks at the waste every Friday.", ["u6"])


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with playing(ScriptedServer()) as running:
        yield running


@pytest.fixture(scope="module")
def checks() -> SentenceChecks:
    return SentenceChecks("en", joined(every_pack()), E5Embedder())


def _writer(
    state: Reviewed,
    client: LlmClient,
    checks: SentenceChecks,
    on_progress: Callable[[Progress], None] = lambda _progress: None,
) -> RecapWriter:
    prompt = read_prompt(shipped_prompts() / "recap.md")
    return RecapWriter(state, client, prompt, checks, pack=checks.pack, on_progress=on_progress)


def test_what_passes_is_kept_and_what_fails_is_counted_by_its_check(
    server: ScriptedServer, checks: SentenceChecks
) -> None:
    server.plays(says("rollout", OVENS, INVENTED, TRAINED, PRAISE), says("metrics", WASTE))
    told: list[Progress] = []
    with Review(rated("rollout", "metrics")) as review, client_of(server.url) as client:
        writer = _writer(review.reviewed, client, checks, told.append)
        writer.write(to_recap(review.reviewed, None, review.reviewed.hidden()))
        review.keep(RecapWritten, **writer.values())
        folder = review.folder

    state = read_reviewed(folder)
    recap = state.recaps["en"]
    assert [(part.question, [s.text for s in part.sentences]) for part in recap.parts] == [
        ("rollout", [OVENS[0], TRAINED[0]]),
        ("metrics", [WASTE[0]]),
    ]
    assert {each.check: each.count for each in recap.dropped} == {"figures": 1, "judgement": 1}
    assert (recap.proposed, recap.unread, recap.goes_to) == (5, (), "")
    assert (recap.answered_by.model, recap.answered_by.prompt) == ("toy-1", "recap")
    assert (recap.tokens_in, recap.tokens_out) == (100, 20)
    assert [(each.done, each.question, each.kept) for each in told] == [
        (0, "rollout", 0),
        (1, "metrics", 2),
        (2, "", 3),
    ]
    shown = recap_markdown(extract(report_of(state), state.hidden()))
    assert f"- {OVENS[0]} (u2)" in shown
    assert "sentences: 5 proposed, 3 shown; left out by code: a figure" in shown
    assert "nothing left this machine" in shown


def test_only_rated_answers_are_sent_and_the_interviewer_never_is(
    server: ScriptedServer, checks: SentenceChecks
) -> None:
    state = read_reviewed(rated("metrics"))
    server.plays(says("metrics", WASTE))
    with client_of(server.url) as client:
        writer = _writer(state, client, checks)
        writer.write(to_recap(state, None, state.hidden()))

    [asked] = server.asked
    assert "waste every Friday" in asked.contents[-1]
    for secret in ("ovens", "night shift", "Anna"):
        assert secret not in " ".join(asked.contents)


def test_protected_facts_and_doubtful_words_are_not_sent(
    server: ScriptedServer, checks: SentenceChecks
) -> None:
    story = Story()
    story.ask("rollout")
    story.say("We tried the oven in May. I have two children.")
    story.say("Mumble mumble crumble.", uncertain=True)
    story.end()
    state = Reviewed(story.interview)
    with client_of(server.url) as client:
        server.plays(says("rollout", ("The candidate has two children.", ["u1"])))
        writer = _writer(state, client, checks)
        writer.write(["rollout"])

    sent = " ".join(server.asked[0].contents)
    assert "tried the oven" in sent
    assert "children" not in sent
    assert "crumble" not in sent
    assert writer.values()["parts"] == ()
    assert writer.values()["unread"] == ("rollout",)


def test_words_count_as_reviewers_corrected_them(
    server: ScriptedServer, checks: SentenceChecks
) -> None:
    with Review(rated("rollout")) as review:
        review.correct("u2", "We baked on both ovens for nine weeks.")
        review.correct_speaker("u3", Channel.INTERVIEWER)
        server.plays(says("rollout", OVENS, INVENTED, TRAINED))
        with client_of(server.url) as client:
            writer = _writer(review.reviewed, client, checks)
            writer.write(["rollout"])

    [part] = writer.values()["parts"]
    assert [sentence.text for sentence in part.sentences] == [INVENTED[0]]
    assert "night shift" not in server.asked[0].contents[-1]
    dropped = {each.check for each in writer.values()["dropped"]}
    assert dropped == {"figures", "ids"}


def test_a_long_answer_is_asked_for_in_parts_and_nothing_is_cut(
    server: ScriptedServer, checks: SentenceChecks
) -> None:
    story = Story()
    story.ask("rollout")
    for number in range(200):
        story.say(f"In store {number} we measured the heat of the oven and wrote it down twice.")
    story.say("word " * 700 + "at last.")
    story.end()
    state = Reviewed(story.interview)
    server.always = says("rollout", ("The team measured the heat of the oven.", ["u1"]))
    with client_of(server.url) as client:
        writer = _writer(state, client, checks)
        writer.write(["rollout"])

    assert len(server.asked) > 2
    sent = "\n".join(asked.contents[-1] for asked in server.asked)
    for said in answer_of(state, "rollout")[:-1]:
        assert f"{said.id}| {said.text}" in sent
    assert "left out" not in sent
    assert "at last." in sent
    # Said in each part: told once, and only where u1 was read.
    [part] = writer.values()["parts"]
    assert len(part.sentences) == 1


def test_an_answer_that_the_model_makes_nothing_of_is_named(
    server: ScriptedServer, checks: SentenceChecks
) -> None:
    state = read_reviewed(rated("rollout", "metrics"))
    server.plays(Says("no JSON"), Says("still none"), says("metrics", WASTE))
    with client_of(server.url) as client:
        writer = _writer(state, client, checks)
        writer.write(["rollout", "metrics"])

    assert writer.values()["unread"] == ("rollout",)
    assert [part.question for part in writer.values()["parts"]] == ["metrics"]


def test_an_endpoint_that_fails_half_way_loses_nothing_and_is_gone_on_with(
    server: ScriptedServer, checks: SentenceChecks
) -> None:
    server.plays(says("rollout", OVENS), Refuses(401))
    with Review(rated("rollout", "metrics")) as review:
        with client_of(server.url) as client:
            writer = _writer(review.reviewed, client, checks)
            with pytest.raises(LlmError):
                writer.write(["rollout", "metrics"])
        review.keep(RecapWritten, **writer.values())
        earlier = standing_recap(review.reviewed, "en")
        assert earlier is not None
        assert earlier.unread == ("metrics",)
        assert to_recap(review.reviewed, earlier, ()) == ("metrics",)

        server.plays(says("metrics", WASTE))
        with client_of(server.url) as client:
            again = _writer(review.reviewed, client, checks)
            again.write(["metrics"])
            review.keep(RecapWritten, **again.values(earlier))
        whole = review.reviewed.recaps["en"]

    assert [part.question for part in whole.parts] == ["rollout", "metrics"]
    assert (whole.proposed, whole.unread) == (2, ())


def test_a_sentence_falls_when_its_words_turn_out_otherwise(
    server: ScriptedServer, checks: SentenceChecks
) -> None:
    server.plays(says("rollout", OVENS, TRAINED), says("metrics", WASTE))
    with Review(rated("rollout", "metrics")) as review:
        with client_of(server.url) as client:
            writer = _writer(review.reviewed, client, checks)
            writer.write(["rollout", "metrics"])
            review.keep(RecapWritten, **writer.values())
        review.correct("u2", "We baked on one oven for two weeks.")
        review.correct_speaker("u3", Channel.INTERVIEWER)
        state = review.reviewed

    assert [part.question for part in standing_parts(state, "en")] == ["metrics"]
    recap = standing_recap(state, "en")
    assert recap is not None
    assert {each.check: each.count for each in recap.dropped} == {
        "corrected_since": 1,
        "anothers_words": 1,
    }
    told = recap_markdown(extract(report_of(state)))
    assert OVENS[0] not in told
    assert TRAINED[0] not in told
    assert standing_parts(state, "fr") == ()


def test_a_sentence_falls_when_the_correction_it_rests_on_is_taken_back(
    server: ScriptedServer, checks: SentenceChecks
) -> None:
    server.plays(says("rollout", OVENS))
    with Review(rated("rollout")) as review:
        heard = review.reviewed.interview.utterances["u2"].text
        review.correct("u2", f"{heard} Indeed.")
        with client_of(server.url) as client:
            writer = _writer(review.reviewed, client, checks)
            writer.write(["rollout"])
            review.keep(RecapWritten, **writer.values())
        assert standing_parts(review.reviewed, "en")
        review.correct("u2", heard)

        assert standing_parts(review.reviewed, "en") == ()


def test_a_recap_of_a_talk_in_another_language_is_checked_as_well(
    server: ScriptedServer, checks: SentenceChecks
) -> None:
    state = read_reviewed(rated("rollout"))
    server.plays(
        says(
            "rollout",
            ("L'équipe a cuit sur les deux fours pendant deux semaines.", ["u2"]),
            ("L'équipe a cuit sur les deux fours pendant neuf semaines.", ["u2"]),
        )
    )
    french = SentenceChecks("fr", checks.pack, checks.embedder)
    prompt = read_prompt(shipped_prompts() / "recap.fr.md")
    with client_of(server.url) as client:
        writer = RecapWriter(state, client, prompt, french, pack=checks.pack)
        writer.write(["rollout"])

    [part] = writer.values()["parts"]
    assert [each.text for each in part.sentences] == [
        "L'équipe a cuit sur les deux fours pendant deux semaines."
    ]
    assert writer.values()["language"] == "fr"


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://localhost:1234", True),
        ("http://[::1]:1234", True),
        ("http://192.168.1.5:8080", False),
        ("https://localhost.example/v1", False),
    ],
)
def test_only_this_machine_counts_as_here(url: str, *, here: bool) -> None:
    assert stays_here(toy(url)) is here


def test_a_session_where_nobody_answered_has_nothing_to_write() -> None:
    story = Story()
    story.ask("rollout")
    story.say("Hello?", channel=Channel.INTERVIEWER)
    story.end()

    assert to_recap(read_reviewed(keep(story.events)), None, ()) == ()
