"""The list of sessions is the same with the index and without it, and after every change."""

from collections.abc import Iterator
from datetime import date

import pytest

from copilot.errors import UsageError
from copilot.store import SessionFolder, SessionStore
from copilot.store.index import Filters, Listed, index_path, list_sessions, listing
from tests.store.index.stored import store, told


@pytest.fixture(params=["index", "no index", "index that is no use"])
def _kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "index":
        monkeypatch.setattr(listing, "_WORTH_IT", 1)
    elif request.param != "no index":
        index_path().mkdir(parents=True)
    yield
    assert index_path().exists() == (request.param != "no index")


pytestmark = pytest.mark.usefixtures("_kept")


def _listed(limit: int | None = None, **filters: object) -> list[str]:
    return [each.id[:8] for each in list_sessions(SessionStore(), Filters(**filters), limit)]  # type: ignore[arg-type]


def test_the_list_has_what_the_records_say() -> None:
    ended = store(told("Bread."))
    end = ended.record().ended
    assert end is not None
    running = store(told("Bread."), "2026-04-02", ended=False)
    broken = store(told("Bread."), "2026-05-02")
    (broken.path / "session.json").write_text("{")
    sealed = store(told("Bread."), "2026-06-02")
    (sealed.path / "session.json").write_text(f'{{"format":1,"id":"{sealed.id}","encrypted":1}}')

    for _again in range(2):
        listed = {each.id: each for each in list_sessions(SessionStore(), with_records=True)}

        assert list(listed) == [sealed.id, broken.id, running.id, ended.id]
        source = "recording interview.wav"
        record = (ended.path / "session.json").read_bytes()
        assert listed[ended.id] == Listed(
            ended.id, record, True, False, "Head Baker", "en", source, "", end.duration_s
        )
        assert listed[running.id].duration_s is None
        assert listed[broken.id][1:4] == (None, False, False)
        assert listed[sealed.id] == Listed(sealed.id, None, False, True, "", "", "", "", None)


def test_the_list_keeps_up_with_every_change() -> None:
    first = store(told("Bread."))
    assert _listed() == ["20260302"]
    second = store(told("Bread."), "2026-04-02")
    assert _listed() == ["20260402", "20260302"]
    first.write_record(first.record().model_copy(update={"title": "Chief Baker"}))
    assert [each.title for each in list_sessions(SessionStore())] == ["Head Baker", "Chief Baker"]
    second.delete()
    assert _listed() == ["20260302"]
    SessionFolder(first.path).delete()
    assert _listed() == []


def test_the_list_can_be_narrowed() -> None:
    for day in ("2026-03-01", "2026-03-02"):
        store(told("Bread."), day)
    store(told("Bread."), "2026-03-03", role="cook", title="Cook")

    assert _listed(role="baker") == ["20260302", "20260301"]
    assert _listed(role="baker", limit=1) == ["20260302"]
    assert _listed(since=date(2026, 3, 2)) == ["20260303", "20260302"]
    assert _listed(until=date(2026, 3, 2)) == ["20260302", "20260301"]
    with pytest.raises(UsageError, match="'waiter'"):
        _listed(role="waiter")
