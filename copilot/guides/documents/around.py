"""What belongs to the page around a document, told from the document by its words and its place.

Where it is not sure, a block stays: what is too much is seen and struck out, what is missing is not
missed.
"""

from collections.abc import Sequence

from copilot.guides.documents import around_words as said
from copilot.guides.documents.model import Block, BlockKind

_SHORT = 12  # words
_TITLE = 20
_LONGEST = 600  # characters
_LONGEST_ADVERT = 100
_FEW = 3
#: A menu has so many entries at least.
_MENU = 3


def around(blocks: Sequence[Block]) -> list[str]:
    """Why each block belongs to the page around the document; empty for what belongs to it.

    Args:
        blocks: In the order of reading.
    """
    page = _Page(blocks)
    page.tell_by_words()
    page.tell_menus()
    page.tell_contents()
    page.tell_site()
    page.tell_what_follows()
    page.tell_lost_headings()
    page.tell_advert()
    page.tell_breadcrumbs()
    return page.why


class _Page:
    """The blocks of a page, and what was found out about each."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.why = [""] * len(blocks)
        self._blocks = blocks
        self._site = ""

    def tell_by_words(self) -> None:
        """By what a block says."""
        for at, block in enumerate(self._blocks):
            if block.number is None and not block.text.endswith("?"):
                self.why[at] = _by_words(block.text)

    def tell_menus(self) -> None:
        """By a row of short entries that menus are made of, on one line or below each other."""
        run: list[int] = []
        for at, block in enumerate([*self._blocks, None]):
            entry = block is not None and block.number is None and _is_entry(block.text)
            if entry or (run and at < len(self.why) and self.why[at]):
                run.append(at)
                continue
            if sum(not self.why[each] for each in run) >= _MENU and not self._headed(run[0]):
                self._mark(run, said.MENU)
            run = []
            if block is not None and block.number is None and _is_menu_line(block.text):
                self._mark([at], said.MENU)

    def tell_contents(self) -> None:
        """By a list of the headings that come later."""
        headings = {
            _plain(block.text): at
            for at, block in enumerate(self._blocks)
            if block.kind is BlockKind.HEADING
        }
        run: list[int] = []
        for at, block in enumerate([*self._blocks, None]):
            listed = block is not None and block.kind is not BlockKind.HEADING
            if block is not None and listed and headings.get(_plain(block.text), 0) > at:
                run.append(at)
                continue
            if len(run) >= _MENU or (run and run[0] and self.why[run[0] - 1] == said.CONTENTS):
                self._mark(run, said.CONTENTS)
            elif run == [] and at and self.why[at - 1] == said.CONTENTS:
                self.why[at - 1] = ""  # of a guide, after all
            run = []

    def tell_site(self) -> None:
        """By the name of the site, where a line at either end is a page's title with it."""
        for at in (len(self._blocks) - 1, 0):
            if not self._blocks:
                return
            found = said.TITLE_OF_SITE.match(self._blocks[at].text)
            others = [block.text for place, block in enumerate(self._blocks) if place != at]
            if found is None or not any(found["site"] in text for text in others):
                continue
            alone = found["site"] in others
            if alone or "|" in self._blocks[at].text:
                self._site = found["site"]
                if at or self._has_another_title():
                    self._mark([at], said.PAGE_TITLE)
                break
        if self._site:
            same = [at for at, block in enumerate(self._blocks) if block.text == self._site]
            self._mark(same, said.SITE)

    def tell_what_follows(self) -> None:
        """By a heading such as "Related posts", for the titles or the form below it."""
        for at, why in enumerate(self.why):
            if why == said.RELATED:
                self._mark(self._titles_after(at), said.RELATED)
            elif why == said.COMMENTS:
                self._mark(self._form_after(at), said.COMMENTS)
            elif why == said.NEWSLETTER:
                self._mark(self._form_after(at), said.NEWSLETTER)
            elif why == said.SHARE:
                self._mark(self._entries_after(at), said.SHARE)
            elif why == said.BYLINE and at > 0 and _is_a_name(self._blocks[at - 1]):
                self._mark([at - 1], said.BYLINE)
            elif why == said.FOOTER:
                rest = range(at + 1, len(self._blocks))
                if all(len(self._blocks[each].text.split()) <= _FEW for each in rest):
                    self._mark(rest, said.FOOTER)

    def tell_lost_headings(self) -> None:
        """By a heading at the end that nothing follows but what is around: another page's title."""
        at = len(self._blocks) - 1
        while at > 0 and self.why[at]:
            at -= 1
        below = self.why[at + 1 :]
        block = self._blocks[at] if at > 0 else None
        if block is None or block.kind is not BlockKind.HEADING or block.number is not None:
            return
        if below and below[0] in (said.RELATED, said.COMMENTS, said.NEWSLETTER, said.SHARE):
            self._mark([at], said.RELATED)

    def tell_advert(self) -> None:
        """By a short block at the end that praises the site itself."""
        if not self._site:
            return
        last = max(
            (at for at, block in enumerate(self._blocks) if _is_listed(block) and not self.why[at]),
            default=0,
        )
        for at in range(last + 1, len(self._blocks)):
            block = self._blocks[at]
            rest = [place for place in range(at, len(self._blocks)) if not self.why[place]]
            words = sum(len(self._blocks[place].text.split()) for place in rest)
            if self._site in block.text and not self.why[at] and len(block.text.split()) <= _SHORT:
                if words <= _LONGEST_ADVERT:
                    self._mark(rest, said.ADVERT)
                return

    def tell_breadcrumbs(self) -> None:
        """By short blocks between the site's own and the title of the document."""
        title = next(
            (
                at
                for at, block in enumerate(self._blocks)
                if not self.why[at] and block.kind is BlockKind.HEADING
            ),
            0,
        )
        short = [
            at
            for at in range(title)
            if not self.why[at]
            and self._blocks[at].kind is BlockKind.PARAGRAPH
            and len(self._blocks[at].text.split()) <= _FEW
        ]
        rest = [at for at in range(title) if not self.why[at] and at not in short]
        if any(self.why[:title]) and not rest:
            self._mark(short, said.BREADCRUMB)
        for at in range(title):
            parts = said.BETWEEN.split(self._blocks[at].text)
            if len(parts) > 1 and all(0 < len(part.split()) <= 6 for part in parts):
                self._mark([at], said.BREADCRUMB)

    def _mark(self, places: Sequence[int], why: str) -> None:
        for at in places:
            self.why[at] = self.why[at] or why

    def _headed(self, at: int) -> bool:
        """Whether what begins here stands below a heading or a sentence that leads in to it."""
        before = self._blocks[at - 1] if at and not self.why[at - 1] else None
        return before is not None and (
            before.kind is BlockKind.HEADING or before.text.endswith(":")
        )

    def _has_another_title(self) -> bool:
        return any(
            block.kind is BlockKind.HEADING and block.level == 1 for block in self._blocks[1:]
        )

    def _titles_after(self, at: int) -> list[int]:
        """The titles below "Related posts": short, and nothing stands below them."""
        found: list[int] = []
        for place in range(at + 1, len(self._blocks)):
            block = self._blocks[place]
            if self.why[place] in (said.COMMENTS, said.NEWSLETTER):
                break
            if self.why[place]:
                continue
            if block.number is not None or len(block.text.split()) > _TITLE:
                break
            after = self._blocks[place + 1] if place + 1 < len(self._blocks) else None
            ends = after is None or bool(self.why[place + 1])
            if block.kind is BlockKind.HEADING and not ends and not _is_title(after):
                break
            if block.kind is BlockKind.PARAGRAPH and block.text.endswith((".", ":")):
                break
            found.append(place)
        return found

    def _entries_after(self, at: int) -> list[int]:
        found: list[int] = []
        for place in range(at + 1, len(self._blocks)):
            if not _is_entry(self._blocks[place].text):
                break
            found.append(place)
        return found

    def _form_after(self, at: int) -> list[int]:
        found: list[int] = []
        for place in range(at + 1, len(self._blocks)):
            if not said.FORM.fullmatch(self._blocks[place].text) and not self.why[place]:
                break
            found.append(place)
        return found


def _by_words(text: str) -> str:
    bare = text.strip(said.EDGES)
    if len(bare) <= _LONGEST and len(bare.split()) <= _SHORT:
        parts = [part.lower() for part in said.BETWEEN.split(text)]
        if len(parts) > 1 and parts[0] in said.HOME:
            return said.BREADCRUMB
        for why, pattern in said.WHOLE:
            if pattern.fullmatch(bare):
                return why
        if text.startswith("©"):
            return said.FOOTER
    if len(text) > _LONGEST:
        return ""
    return next((why for why, pattern in said.WITHIN if pattern.search(text)), "")


def _is_entry(text: str) -> bool:
    words = text.lower().strip(said.EDGES).split()
    return 0 < len(words) <= _FEW and all(word in said.MENU_WORDS for word in words)


def _is_a_name(block: Block) -> bool:
    words = block.text.split()
    plain = block.kind is BlockKind.PARAGRAPH and block.number is None
    return plain and 1 < len(words) <= _FEW and all(word[:1].isupper() for word in words)


def _plain(text: str) -> str:
    return text.lower().strip(said.EDGES)


def _is_menu_line(text: str) -> bool:
    parts = [part for part in said.BETWEEN.split(text) if part]
    return len(parts) >= _MENU and 3 * sum(map(_is_entry, parts)) >= 2 * len(parts)


def _is_listed(block: Block) -> bool:
    return block.kind is BlockKind.ITEM or block.number is not None


def _is_title(block: Block | None) -> bool:
    return block is not None and block.kind is BlockKind.HEADING and block.number is None
