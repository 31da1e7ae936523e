"""How long interviews are kept is counted from their start, by role."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from copilot.errors import InputError
from copilot.store import SessionStore
from copilot.store.holds import Holds
from copilot.store.retention import Standing, retention_in, standings
from tests.store.records import a_record

_BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "data" / "sessions")


def _standing(store: SessionStore, chosen: dict[str, Any]) -> Standing:
    [found], problems = standings(store, retention_in(chosen))
    assert problems == []
    return found


def test_a_role_goes_by_its_own_time_and_others_by_the_default() -> None:
    retention = retention_in({"default": 180, "baker": 30, "miller": "keep"})

    assert [retention.days(role) for role in ("baker", "miller", "cook", None)] == [
        30, None, 180, 180,
    ]  # fmt: skip
    assert retention_in(None).days("baker") is None


@pytest.mark.parametrize("value", [0, -1, 1.5, "180", None, True, 99999, [], "KEEP"])
def test_what_is_no_number_of_days_is_refused(value: Any) -> None:
    with pytest.raises(InputError, match=r"retention\.baker"):
        retention_in({"baker": value})


def test_it_is_due_to_the_second_its_days_are_over(store: SessionStore) -> None:
    store.create(a_record())

    standing = _standing(store, {"baker": 30})

    assert standing.due_at == _BEGAN + timedelta(days=30)
    assert standing.is_due(_BEGAN + timedelta(days=30))
    assert not standing.is_due(_BEGAN + timedelta(days=30, seconds=-1))
    assert standing.days_left(_BEGAN + timedelta(days=29)) == 1


def test_one_that_is_kept_is_never_due(store: SessionStore) -> None:
    store.create(a_record())

    standing = _standing(store, {"default": 1, "baker": "keep"})

    assert standing.due_at is None
    assert not standing.is_due(datetime.max.replace(tzinfo=UTC))


def test_a_start_in_another_zone_counts_as_the_moment_it_was(store: SessionStore) -> None:
    store.create(a_record(started_at="2026-03-02T11:00:00+02:00"))

    assert _standing(store, {"default": 1}).started_at == _BEGAN


@pytest.mark.parametrize("started_at", ["1970-01-01T00:12:00+00:00", "0001-01-01T00:00:00+14:00"])
def test_a_start_before_there_was_such_a_program_is_not_believed(
    store: SessionStore, started_at: str
) -> None:
    store.create(a_record("19700101-001200-abcd", started_at=started_at))

    found, [problem] = standings(store, retention_in({"default": 1}))

    assert found == []
    assert "cannot be told" in problem.message


def test_where_the_clock_was_lost_the_id_may_still_tell(store: SessionStore) -> None:
    store.create(a_record(started_at="1970-01-01T00:12:00+00:00"))

    assert _standing(store, {"default": 1}).started_at == _BEGAN


@pytest.mark.parametrize("started_at", ["9999-12-31T23:00:00-14:00", "9990-01-01"])
def test_a_start_in_no_near_future_is_never_due(store: SessionStore, started_at: str) -> None:
    store.create(a_record(started_at=started_at))

    standing = _standing(store, {"default": 36_500})

    assert standing.due_at is None
    assert not standing.is_due(datetime.max.replace(tzinfo=UTC))


def test_an_encrypted_one_goes_by_its_id_and_the_default(store: SessionStore) -> None:
    folder = store.create(a_record("20260302-090000-abcd"))
    (folder.path / "session.json").write_text(
        '{"format": 1, "id": "20260302-090000-abcd", "encrypted": 1}'
    )

    standing = _standing(store, {"default": 10, "baker": "keep"})

    assert (standing.role, standing.started_at, standing.days) == (None, _BEGAN, 10)


def test_a_broken_one_is_told_and_hides_no_other(store: SessionStore) -> None:
    store.create(a_record())
    store.create(a_record("20260303-090000-ef01"))
    (store.root / "20260303-090000-ef01" / "session.json").write_text("{")

    found, problems = standings(store, retention_in({"default": 1}))

    assert [each.folder.id for each in found] == ["20260302-090000-abcd"]
    assert len(problems) == 1


def test_those_due_first_come_first(store: SessionStore) -> None:
    store.create(a_record("20260302-090000-abcd", role="cook"))
    store.create(a_record("20260303-090000-ef01", started_at="2026-03-03T09:00:00+00:00"))
    store.create(a_record("20260304-090000-ef02", role="miller"))

    found, _problems = standings(
        store, retention_in({"default": 100, "baker": 1, "miller": "keep"})
    )

    assert [each.role for each in found] == ["baker", "cook", "miller"]


def test_a_hold_is_seen_until_it_is_taken_off(store: SessionStore) -> None:
    store.create(a_record())
    holds = Holds(store.root.parent)
    holds.put("20260302-090000-abcd", since=_BEGAN, by="ada", reason="a dispute")

    hold = _standing(store, {}).hold
    assert hold is not None
    assert (hold.by, hold.reason) == ("ada", "a dispute")
    assert holds.take_off("20260302-090000-abcd")
    assert not holds.take_off("20260302-090000-abcd")
    assert _standing(store, {}).hold is None
