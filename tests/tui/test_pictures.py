"""The pictures in the docs show the app as it is."""

import pytest

from docs.pictures import FOLDER, PAGE, PICTURES, Picture, cells, drawn, page

ROOT = FOLDER.parent.parent


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
async def test_a_picture_shows_the_screen_as_it_is(picture: Picture):
    kept = (FOLDER / f"{picture.name}.svg").read_text(encoding="utf-8")
    now = cells(await drawn(picture))
    assert now == cells(kept), "draw it again: python -m docs.pictures"
    columns, rows = picture.size
    assert len(now) == rows
    assert max(map(len, now)) <= columns


def test_there_is_no_picture_that_nobody_draws():
    assert {path.stem for path in FOLDER.glob("*.svg")} == {picture.name for picture in PICTURES}


def test_pictures_hold_nothing_of_the_machine_they_were_drawn_on():
    for path in FOLDER.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        for told in ("/tmp", "/root", str(ROOT)):
            assert told not in text, path.name


def test_the_page_shows_every_picture_and_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page()
