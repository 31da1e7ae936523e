"""Markdown: headings, lists and tables by their signs, the rest as the text that readers see."""

from pathlib import Path

from copilot.guides.documents.reading import read_document
from tests.guides.documents.making import shown, written

GUIDE = """---
title: "Night porter"
tags: hotel
---
# Night porter

A night porter is **alone** with the [guests](https://example.org/x) and
the `keys` of the house.

## Questions

### 1. How do you greet a guest at four?

What to listen for:

- **Calm**: does not *argue*
    1. a second level
- [ ] Knows the `fire` plan &amp; the way out

**Red flags**

* Sleeps\\*
* Has_no_keys

| Score | Meaning |
|-------|:-------:|
| 1     | No example |

```
Verbatim line
```

[ref]: https://example.org/y
"""


def test_a_guide_in_markdown(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "porter.md", GUIDE))
    assert shown(document) == [
        "heading 1 - Night porter",
        "paragraph 0 - A night porter is alone with the guests and the keys of the house.",
        "heading 2 - Questions",
        "heading 3 1 How do you greet a guest at four?",
        "paragraph 0 - What to listen for:",
        "item 0 - Calm: does not argue",
        "item 1 1 a second level",
        "item 0 - Knows the fire plan & the way out",
        "heading 4 - Red flags",
        "item 0 - Sleeps*",
        "item 0 - Has_no_keys",
        "item 0 - Score",
        "item 1 - Meaning",
        "item 0 1 No example",
        "paragraph 0 - Verbatim line",
    ]
    lines = GUIDE.splitlines()
    assert all(
        block.text.split()[0].strip("*:") in lines[block.line - 1] for block in document.blocks
    )
    assert document.title == "Night porter"


def test_markdown_is_told_by_its_headings(tmp_path: Path) -> None:
    bare = GUIDE.split("---\n", 2)[2]
    named = read_document(written(tmp_path, "porter.md", bare))
    assert read_document(written(tmp_path, "porter.txt", bare)).blocks == named.blocks
