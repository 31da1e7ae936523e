"""``compare`` and ``sessions alias`` from the command line: every form, and hostile names."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest

from copilot.store import SessionStore
from copilot.store.exports import known_exports
from tests.cli.command import Done, run
from tests.review.candidates import FIRST, SECOND, THIRD, badly_heard, judge, named, well_heard

HOSTILE = '=HYPERLINK("x")\x1b[31m|<script>alert(1)</script>\u202e**[a](javascript:b)'


@pytest.fixture
def two() -> None:
    judge(well_heard(FIRST, alias="B-1"), "root", rollout=3)
    badly_heard(SECOND, alias="B-2")


def test_it_fits_the_columns_and_names_who_was_not_asked_first(two: None) -> None:
    done = run("compare", "baker", "--not-rating")

    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 80
    section = done.out.split("How would you bring in a new oven?")[1].splitlines()
    assert section[2] == "! Not asked: B-2"
    assert "root: 3 of 4" in done.out
    assert "“a way back to the old oven”" in done.out
    assert "12 s not heard (device lost)" in done.out


def test_it_speaks_french(two: None) -> None:
    done = run("compare", "baker", "--lang", "fr", "--format", "md")

    assert done.out.startswith("# Côte à côte : Head Baker")
    assert "**Non posée : B-2**" in done.out


@pytest.mark.parametrize("form", ["text", "md", "html", "json", "csv"])
def test_a_hostile_alias_stays_text_in_every_form(form: str) -> None:
    named(well_heard(), HOSTILE)

    done = run("compare", "baker", "--format", form)

    assert done.code == 0
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
    if form == "md":
        assert "<script" not in done.out.replace("\\<", "")
        assert "\\[a\\](" in done.out
    elif form == "html":
        assert "<script" not in done.out
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(done.out)))
        assert all(not row[2].startswith("=") for row in rows)
        assert {len(row) for row in rows} == {12}


class _Tags(HTMLParser):
    """Checks that every tag that is opened is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        if tag not in ("meta",):
            self.open.append(tag)
        self.loaded += [name for name, _value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing(two: None) -> None:
    done = run("compare", "baker", "--format", "html", "--not-rating")

    tags = _Tags()
    tags.feed(done.out)
    assert (tags.open, tags.loaded) == ([], [])
    assert "default-src 'none'" in done.out


def test_a_written_comparison_is_private_and_remembered(two: None, tmp_path) -> None:
    path = tmp_path / "compared.json"

    done = run("compare", "baker", "--format", "json", "--output", path)

    assert done.code == 0
    assert json.loads(path.read_bytes())["type"] == "comparison"
    assert path.stat().st_mode & 0o777 == 0o600
    for session_id in (FIRST, SECOND):
        [copy] = known_exports(SessionStore().find(session_id).path)
        assert (copy.path, copy.kind) == (str(path), "comparison")


def _ids(done: Done) -> list[str]:
    return [column["session_id"] for column in json.loads(done.out)["columns"]]


def test_sessions_can_be_chosen_by_id_and_by_date(two: None) -> None:
    well_heard(THIRD, alias="B-3")

    chosen = run("compare", "baker", "--session", FIRST, "--session", "last", "--format", "json")
    since = run(
        "compare", "baker", "--since", "2026-03-01", "--until", "2026-03", "--format", "json"
    )
    later = run("compare", "baker", "--since", "2026-04")

    assert _ids(chosen) == [FIRST, THIRD]
    assert _ids(since) == [FIRST, SECOND, THIRD]
    assert later.code == 4


def test_there_is_no_order_by_ratings(two: None) -> None:
    done = run("compare", "baker", "--sort", "rating")

    assert done.code == 2
    assert "alias" in done.message


def test_nothing_to_compare_is_told() -> None:
    done = run("compare", "baker")

    assert done.code == 4
    assert "no session of the role 'baker'" in done.message


def test_an_alias_is_given_shown_and_taken_away() -> None:
    folder = well_heard()

    assert run("sessions", "alias", FIRST, "  Ada \x1b L. ").code == 0
    assert folder.record().alias == "Ada L."
    assert "Ada L., " in run("sessions", "list").out
    assert run("sessions", "alias", FIRST, "--none").code == 0
    assert folder.record().alias is None
    assert run("sessions", "verify", FIRST).code == 0


@pytest.mark.parametrize("alias", ["", " \x1b ", "x" * 81])
def test_an_alias_that_names_nobody_is_refused(alias: str) -> None:
    well_heard()

    assert "alias" in run("sessions", "alias", FIRST, alias).message


def test_a_record_of_an_older_version_has_no_alias() -> None:
    folder = well_heard()
    path = folder.path / "session.json"
    data = json.loads(path.read_bytes())
    del data["alias"]
    path.write_text(json.dumps(data))

    assert folder.record().alias is None
    assert re.search("2026-03-02 aaaa", run("compare", "baker").out)
