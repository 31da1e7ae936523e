"""From measurements to states, and weights that do not fit."""

from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copilot.errors import ModelError
from copilot.events import FLAG_STATES, POINT_STATES, FindingKind, FindingState
from copilot.knowledge.loading import load_guide
from copilot.matching.embedding import DIMENSIONS, CachedEmbedder, E5Embedder
from copilot.matching.features import FEATURES, TargetSet, best_rival
from copilot.matching.judge import (
    DENIES,
    SAYS,
    judge_arrays,
    judge_from,
    load_judge,
    state_of,
)
from copilot.matching.likeness import points_likeness
from copilot.matching.recognition import load_recognition
from copilot.matching.targets import embed_targets
from tests.builders import GUIDE

POINT, FLAG = FindingKind.POINT, FindingKind.FLAG


# -- states ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "nothing", "says", "denies", "state"),
    [
        (POINT, 0.1, 0.8, 0.1, FindingState.EVIDENCED),
        (POINT, 0.1, 0.1, 0.8, FindingState.DENIED),
        (POINT, 0.9, 0.05, 0.05, FindingState.NOT_HEARD),
        (POINT, 0.6, 0.4, 0.0, FindingState.UNCLEAR),
        (POINT, 0.52, 0.05, 0.43, FindingState.UNCLEAR),
        (FLAG, 0.1, 0.9, 0.0, FindingState.RAISED),
        (FLAG, 0.6, 0.4, 0.0, FindingState.UNCLEAR),
        (FLAG, 0.1, 0.0, 0.9, FindingState.NOT_RAISED),
        (FLAG, 0.9, 0.1, 0.0, FindingState.NOT_RAISED),
    ],
)
def test_probabilities_become_a_state(
    kind: FindingKind, nothing: float, says: float, denies: float, state: FindingState
) -> None:
    assert state_of(kind, np.array([nothing, says, denies], np.float32))[0] is state


@pytest.mark.parametrize("kind", FindingKind)
def test_every_outcome_is_a_state_of_its_kind_with_a_confidence(kind: FindingKind) -> None:
    allowed = POINT_STATES if kind is POINT else FLAG_STATES

    for says in np.linspace(0, 1, 21):
        for denies in np.linspace(0, 1 - says, 21):
            probabilities = np.array([1 - says - denies, says, denies], np.float32)
            state, confidence = state_of(kind, probabilities)
            assert state in allowed
            assert 0 <= confidence <= 1


# -- the weights that ship ------------------------------------------------------------------------


def test_the_shipped_judge_gives_probabilities_for_any_answer() -> None:
    judge = load_judge()

    for kind in FindingKind:
        for language in ("en", "fr"):
            for says in (0.0, 0.5, 1.0):
                for denies in (0.0, 0.5, 1.0):
                    verdict = judge.judge_answer(kind, language, says, denies)
                    assert verdict.shape == (3,)
                    assert verdict.sum() == pytest.approx(1, abs=1e-5)
                    assert (verdict >= 0).all()


def test_an_answer_that_says_more_is_never_taken_for_saying_less() -> None:
    judge = load_judge()

    for kind in FindingKind:
        for language in ("en", "fr"):
            said = [
                judge.judge_answer(kind, language, p, 0.01)[SAYS] for p in np.linspace(0, 1, 11)
            ]
            assert said == sorted(said)


def test_misheard_words_make_a_spoken_answer_look_less_sure_than_it_is() -> None:
    judge = load_judge()

    for language in ("en", "fr"):
        for says in (0.1, 0.4, 0.7):
            written = judge.judge_answer(POINT, language, says, 0.01)
            spoken = judge.judge_answer(POINT, language, says, 0.01, spoken=True)
            assert spoken[SAYS] > written[SAYS]
        for says in (0.1, 0.7):
            written = judge.judge_answer(FLAG, language, says, 0.01)
            assert np.array_equal(
                written, judge.judge_answer(FLAG, language, says, 0.01, spoken=True)
            )


def test_short_passages_and_mere_wishes_deny_nothing() -> None:
    judge = load_judge()
    measured = np.zeros((1, 4, len(FEATURES)), np.float32)
    measured[..., FEATURES.index("denies")] = 5
    measured[..., FEATURES.index("log_words")] = np.log(12)
    measured[0, 1, FEATURES.index("log_words")] = np.log(7)
    measured[0, 2, FEATURES.index("wishes")] = 1
    measured[0, 3, [FEATURES.index("wishes"), FEATURES.index("negations")]] = 1

    denies = judge.judge_passages(POINT, measured)[0, :, DENIES]

    assert (denies == 0).tolist() == [False, True, True, False]


def test_weights_stored_and_read_again_judge_the_same() -> None:
    judge = load_judge()
    measured = np.random.default_rng(1).standard_normal((2, 3, len(FEATURES))).astype(np.float32)

    again = judge_from(judge_arrays(judge))

    for kind in FindingKind:
        assert np.array_equal(
            again.judge_passages(kind, measured), judge.judge_passages(kind, measured)
        )
    assert np.array_equal(again.space.center, judge.space.center)


def _changed(change: dict[str, Any]) -> dict[str, Any]:
    return {**judge_arrays(load_judge()), **change}


@pytest.mark.parametrize(
    "features",
    [FEATURES[:-1], (*FEATURES, "loudness"), tuple(reversed(FEATURES)), ()],
)
def test_weights_for_other_features_are_refused(features: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="other features"):
        judge_from(_changed({"features": np.array(features)}))


@pytest.mark.parametrize("missing", ["features", "center", "stance", "passage.point"])
def test_weights_with_a_part_missing_are_refused(missing: str) -> None:
    stored = _changed({})
    del stored[missing]

    with pytest.raises(KeyError):
        judge_from(stored)


# -- files that cannot be loaded ------------------------------------------------------------------

_LOADERS = [
    pytest.param(load_judge.__wrapped__, "judge.npz", id="judge"),
    pytest.param(load_recognition.__wrapped__, "recognition.npz", id="recognition"),
]


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the one in which the weights ship."""
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    return tmp_path


@pytest.mark.parametrize(("load", "name"), _LOADERS)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="missing"),
        pytest.param(b"no weights", id="text"),
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04 and then it broke off", id="cut"),
    ],
)
def test_weights_that_cannot_be_read_are_a_model_error(
    load: Any, name: str, content: bytes | None, shipped: Path
) -> None:
    if content is not None:
        (shipped / name).write_bytes(content)

    with pytest.raises(ModelError, match=name) as caught:
        load()
    assert caught.value.remedy


@pytest.mark.parametrize(("load", "name"), _LOADERS)
def test_weights_of_another_version_are_a_model_error(load: Any, name: str, shipped: Path) -> None:
    np.savez(shipped / name, features=np.array(["loudness"]))

    with pytest.raises(ModelError, match=name):
        load()


# -- targets --------------------------------------------------------------------------------------


def test_every_sentence_of_a_point_becomes_a_vector_of_its_own(embedder: E5Embedder) -> None:
    points = GUIDE.points_for("rollout")

    targets = embed_targets(POINT, points, embedder)

    assert [target.id for target in targets] == [point.id for point in points]
    for target, point in zip(targets, points, strict=True):
        assert np.array_equal(target.says, embedder.embed(point.says))
        assert target.denials.shape == target.near_misses.shape == (0, DIMENSIONS)


def test_a_point_without_sentences_goes_by_its_label_and_description(
    embedder: E5Embedder,
) -> None:
    bare = GUIDE.points_for("rollout")[0].model_copy(update={"says": ()})

    (target,) = embed_targets(POINT, [bare], embedder)

    assert np.array_equal(target.says, embedder.embed([bare.label, bare.description]))


def test_each_passage_is_measured_against_each_target(embedder: E5Embedder) -> None:
    targets = embed_targets(POINT, GUIDE.points_for("rollout"), embedder)
    texts = [targets[1].id, GUIDE.points_for("rollout")[1].says[0]]

    measured = TargetSet(targets, load_judge().space, "en").measure(embedder.embed(texts), texts)

    assert measured.shape == (3, 2, len(FEATURES))
    assert np.isfinite(measured).all()
    # A target's own sentence is more like it than like its rivals.
    assert measured[:, 1, FEATURES.index("contrast")].argmax() == 1


def test_a_target_alone_has_no_rival() -> None:
    assert best_rival(np.array([[0.3, 0.7]], np.float32)).tolist() == [[0.0, 0.0]]


def test_the_best_rival_is_the_best_of_the_others() -> None:
    scores = np.array([[1.0, 5.0], [2.0, 4.0], [3.0, 3.0]])

    assert best_rival(scores).tolist() == [[3.0, 4.0], [3.0, 5.0], [2.0, 5.0]]


# -- likeness -------------------------------------------------------------------------------------


def _says(point: str) -> tuple[str, ...]:
    guide = load_guide("director-it-operations")
    return next(p.says for p in guide.points_for("new-technology") if p.id == point)


def test_points_about_different_things_are_unlike_and_a_point_is_like_itself(
    embedder: E5Embedder,
) -> None:
    cached = CachedEmbedder(embedder)
    way_back, training = _says("rollback"), _says("training")

    assert points_likeness(cached, way_back, training) < 0.25
    assert points_likeness(cached, training, way_back) < 0.25
    assert points_likeness(cached, way_back, way_back) == 1.0
    assert points_likeness(cached, way_back[:1], training) == 0.0


@pytest.mark.parametrize("count", [2, 3])
def test_points_with_few_sentences_are_compared_fairly(embedder: E5Embedder, count: int) -> None:
    cached = CachedEmbedder(embedder)

    assert points_likeness(cached, _says("rollback")[:count], _says("training")[:count]) < 0.5
