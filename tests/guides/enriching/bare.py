"""A guide as an import leaves it, with comments, in the user's own folder."""

from pathlib import Path

from copilot.paths import config_folder

ROLE = "head-baker"
YAML = """\
# Ours; the wording of the first question is agreed.
id: head-baker
language: en
title: Head Baker
summary: Runs the bakehouse of four shops.
sources:
  - {id: advert, title: Our advert, file: advert.txt}
competencies:
  - id: planning
    label: Planning
    description: Plans so that shelves are full and little is thrown away.
    origin: advert.txt:3
questions:
  - id: waste  # asked first
    label: Waste
    kind: behavioural
    text: Tell me about a time you had to bring waste down.
    origin: advert.txt:10
    points:
      - id: shops
        label: Shops brought in
        description: Talked with the shops about what they order.
        origin: advert.txt:12
      - id: weighed
        label: Waste weighed
        description: Weighed what was thrown away before changing anything.
        weight: 3
        origin: advert.txt:13
red_flags:
  - id: no-figures
    label: No figures
    description: Claims results without any figure.
    shows_by: [presence, absence]
    origin: advert.txt:31
"""
WEIGHED = ("questions", "waste", "points", "weighed")
SAYS = (*WEIGHED, "says")


def write_bare(text: str = YAML) -> Path:
    """The guide in the user's own folder."""
    path = config_folder() / "knowledge" / f"{ROLE}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
