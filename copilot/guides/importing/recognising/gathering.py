"""What was found of a document so far, and the draft made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from copilot.coach.off_limits import touches
from copilot.guides.documents.model import Block, Document
from copilot.guides.importing.draft import (
    Draft,
    FoundCompetency,
    FoundQuestion,
    FoundStage,
    Item,
    Tip,
    Unplaced,
)
from copilot.guides.importing.rules.asking import kind_of, timed
from copilot.guides.importing.rules.labels import LONGEST_LABEL, cut_label, head_of, id_of, label_of
from copilot.guides.importing.rules.role_title import role_of
from copilot.guides.importing.rules.sections import plain_text
from copilot.guides.importing.rules.tags import tags_of
from copilot.guides.importing.rules.terms import terms_of
from copilot.knowledge.laws import every_pack
from copilot.knowledge.off_limits import joined

#: A guide's texts are no longer.
_LONGEST_SUMMARY = 600
#: Longer blocks are noted sentence by sentence: joining would take the square of their length.
_LONGEST_JOINED = 5000


@dataclass(slots=True)
class OpenItem:
    """A competency, stage or question that may still get more.

    Attributes:
        id: Its id.
        label: Its label.
        block: Where it begins.
        texts: What it says so far; for a question, how it is asked.
        minutes: How long it takes, where that is said.
        points: What is expected.
        tips: Advice on it.
        anchors: Of a competency.
        linked: Ids: a question's competencies, a stage's questions.
        name: What the document calls it; its text where there is no other.
    """

    id: str
    label: str
    block: Block
    texts: list[str]
    minutes: float | None = None
    points: list[Item] = field(default_factory=list)
    tips: list[Tip] = field(default_factory=list)
    anchors: list[Tip] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    name: str = ""

    def link(self, other: str) -> None:
        """Note the id of a competency or question, once."""
        if other not in self.linked:
            self.linked.append(other)


class Gathering:
    """Collects items with their ids, labels and origins.

    Every method takes the block and the text within it that the item is made of, so that each word
    of the document ends in one place.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._language = document.language
        self._pack = joined(packs) if (packs := every_pack()) else None
        self._summary: list[tuple[Block, str]] = []
        self._unplaced: list[Unplaced] = []
        self._signposts: list[Unplaced] = []
        self._titles: list[str] = []
        self.competencies: list[OpenItem] = []
        self.stages: list[OpenItem] = []
        self.questions: list[OpenItem] = []
        self._skills: list[Item] = []
        self._flags: list[Item] = []
        self._tips: list[Tip] = []

    def titled(self, text: str, *, sure: bool = False) -> None:
        """Note what the document calls itself; the first is taken, or one that names the role."""
        self._titles.insert(0 if sure else len(self._titles), text)

    def question(self, block: Block, text: str, label: str = "") -> OpenItem | None:
        """Take a question; None where it may not be asked, which is noted.

        Args:
            block: Where it stands.
            text: How it is asked, perhaps with its minutes at the end.
            label: What the document calls it, where it does.
        """
        said = timed(text)
        topic = self._off_limits(said.text)
        if topic:
            self.unplaced(block, text, f"may not be asked: {topic}")
            return None
        before = next(
            (q for q in self.questions if plain_text(q.texts[0]) == plain_text(said.text)), None
        )
        if before is not None:
            self.signpost(block, text, f"stands already on line {before.block.line}")
            return before
        if said.said:
            self.signpost(block, said.said, "minutes")
        named = cut_label(label, self._language) if label else label_of(said.text, self._language)
        made = id_of(named, said.text, {asked.id for asked in self.questions})
        asked = OpenItem(made, named, block, [said.text], said.minutes)
        self.questions.append(asked)
        return asked

    def point(self, question: OpenItem, block: Block, text: str) -> None:
        """Take something expected of the answer to a question."""
        question.points.append(self._item(block, text, question.points))

    def question_tip(self, question: OpenItem, block: Block, text: str) -> None:
        """Take advice on a question or stage, unless it tells to ask what may not be asked."""
        self._advise(question.tips, block, text)

    def competency(self, block: Block, text: str, *, named: bool = False) -> OpenItem:
        """Take a competency.

        Args:
            block: Where it stands.
            text: Its name, or name and description.
            named: Whether it is a name and no more; one that was named before is the same.
        """
        name, rest = (text, "") if named else self._name_and_rest(text)
        known = next((c for c in self.competencies if plain_text(c.name) == plain_text(name)), None)
        if known is not None and named:
            self.signpost(block, text, "a competency named before")
            return known
        return self._opened(self.competencies, block, name, rest)

    def stage(self, block: Block, text: str) -> OpenItem:
        """Take a stage of the hiring process."""
        said = timed(text)
        if said.said:
            self.signpost(block, said.said, "minutes")
        made = self._opened(self.stages, block, *self._name_and_rest(said.text))
        made.minutes = said.minutes
        return made

    def skill(self, block: Block, text: str) -> None:
        """Take a skill."""
        if len(text) <= LONGEST_LABEL:
            made = id_of(text, text, {item.id for item in self._skills})
            self._skills.append(Item(made, text, text, self._document.origin(block)))
        else:
            self._skills.append(self._item(block, text, self._skills))

    def flag(self, block: Block, text: str) -> None:
        """Take a red flag."""
        self._flags.append(self._item(block, text, self._flags))

    def tip(self, block: Block, text: str) -> None:
        """Take advice on the interview as a whole."""
        self._advise(self._tips, block, text)

    def summary(self, block: Block, text: str) -> None:
        """Take a sentence about the role, while there is room."""
        if sum(len(said) + 1 for _, said in self._summary) + len(text) > _LONGEST_SUMMARY:
            self.unplaced(block, text, "about the role, beyond what a summary holds")
        else:
            self._summary.append((block, text))

    def unplaced(self, block: Block, text: str, why: str) -> None:
        """Note what has no place."""
        self._note(self._unplaced, block, text, why)

    def signpost(self, block: Block, text: str, why: str) -> None:
        """Note what only says what follows."""
        self._note(self._signposts, block, text, why)

    def draft(self) -> Draft:
        """Everything, as a draft."""
        competencies = tuple(self._competency(found) for found in self.competencies)
        stages = tuple(self._stage(found) for found in self.stages)
        titles = (role_of(title) for title in [*self._titles, self._document.title])
        return Draft(
            language=self._language,
            title=next((title for title in titles if title), self._document.title),
            summary=" ".join(text for _, text in self._summary),
            summary_origin=self._document.origin(self._summary[0][0]) if self._summary else "",
            competencies=competencies,
            skills=tuple(self._skills),
            stages=stages,
            questions=tuple(self._question(found) for found in self.questions),
            red_flags=tuple(self._flags),
            tips=tuple(self._tips),
            terms=terms_of(
                [block.text for block in self._document.blocks if not tags_of(block.text)]
                + [skill.text for skill in self._skills]
            ),
            unplaced=tuple(self._unplaced),
            signposts=tuple(self._signposts),
        )

    def _named(self, text: str) -> tuple[str, str]:
        """A label, and the text that goes with it: what follows the head, else all of it."""
        head = head_of(text)
        if head is not None and len(head[0]) <= LONGEST_LABEL:
            return label_of(text, self._language), head[1]
        return label_of(text, self._language), text

    def _item(self, block: Block, text: str, beside: Sequence[Item]) -> Item:
        label, rest = self._named(text)
        made = id_of(label, text, {item.id for item in beside})
        return Item(made, label, rest, self._document.origin(block))

    def _name_and_rest(self, text: str) -> tuple[str, str]:
        """What an item is called before its colon or dash, and what follows; else all of it."""
        head = head_of(text)
        if head is not None and len(head[0]) <= LONGEST_LABEL:
            return head[0], head[1]
        return text, ""

    def _opened(self, beside: list[OpenItem], block: Block, name: str, rest: str) -> OpenItem:
        label = label_of(name, self._language)
        made = id_of(label, f"{name} {rest}", {item.id for item in beside})
        opened = OpenItem(made, label, block, [rest] if rest else [], name=name)
        beside.append(opened)
        return opened

    def _described(self, found: OpenItem) -> str:
        """What a competency or stage says; its name where it says no more."""
        if not found.texts:
            return found.name
        if found.label.casefold() != found.name.casefold():
            self.signpost(found.block, found.name, "a name, of which the label is made")
        return " ".join(found.texts)

    def _advise(self, tips: list[Tip], block: Block, text: str) -> None:
        topic = self._off_limits(text)
        if topic:
            self.unplaced(block, text, f"may not be asked: {topic}")
            return
        origin = self._document.origin(block)
        joins = tips and tips[-1].origin == origin and len(block.text) <= _LONGEST_JOINED
        if joins and f"{tips[-1].text} {text}" in block.text:
            tips[-1] = Tip(f"{tips[-1].text} {text}", origin)
        else:
            tips.append(Tip(text, origin))

    def _note(self, notes: list[Unplaced], block: Block, text: str, why: str) -> None:
        last = notes[-1] if notes else None
        origin = self._document.origin(block)
        if (
            last is not None
            and (last.origin, last.why) == (origin, why)
            and len(block.text) <= _LONGEST_JOINED
            and f"{last.block.text} {text}" in block.text
        ):
            text = f"{last.block.text} {text}"
            notes.pop()
        notes.append(Unplaced(replace(block, text=text), origin, why))

    def _off_limits(self, text: str) -> str:
        """The off-limits topic that a question touches, by name; empty where it touches none."""
        if self._pack is None:
            return ""
        for language in dict.fromkeys((self._language, "en", "fr")):
            found = touches(text, language, self._pack)
            if found:
                return found[0].topic.label.in_("en").lower()
        return ""

    def _competency(self, found: OpenItem) -> FoundCompetency:
        origin = self._document.origin(found.block)
        text = self._described(found)
        return FoundCompetency(found.id, found.label, text, origin, tuple(found.anchors))

    def _stage(self, found: OpenItem) -> FoundStage:
        return FoundStage(
            found.id,
            found.label,
            self._described(found),
            self._document.origin(found.block),
            found.minutes,
            tuple(found.tips),
            tuple(found.linked),
        )

    def _question(self, found: OpenItem) -> FoundQuestion:
        text = found.texts[0]
        return FoundQuestion(
            found.id,
            found.label,
            text,
            self._document.origin(found.block),
            kind_of(text),
            found.minutes,
            tuple(found.points),
            tuple(found.tips),
            tuple(found.linked),
        )
