"""Where the reading of a document is: which part, under which question, and what a list holds."""

from collections import Counter
from dataclasses import dataclass, field

from copilot.guides.documents.model import Block, BlockKind, Document
from copilot.guides.importing.recognising.gathering import Gathering, OpenItem
from copilot.guides.importing.recognising.words import TO_A_COLLEAGUE
from copilot.guides.importing.rules.asking import (
    asks,
    quoted_question,
    surely_asks,
    tells_to_ask,
)
from copilot.guides.importing.rules.direct_speech import direct_speech
from copilot.guides.importing.rules.section_words import Section
from copilot.guides.importing.rules.sections import plain_text, section_of

#: So many lines, and such a part of all, make a list of questions.
_FEWEST_BARE, _MOST_OF = 4, 0.7
#: What may stand under each question, and once for all of them.
_UNDER_QUESTIONS = frozenset(
    {
        Section.POINTS,
        Section.FLAGS,
        Section.FOLLOW_UPS,
        Section.SAMPLE,
        Section.TIPS,
        Section.SCORING,
    }
)


@dataclass(slots=True)
class Reading:
    """The state between two blocks.

    Attributes:
        document: What is read.
        found: What was found so far.
        section: The part that the last heading opened.
        level: That heading's level.
        listed: What a lead-in announced for the list that follows, outside questions.
        question: The question that what follows belongs to.
        refused: Whether the last question may not be asked; what stands under it goes with it.
        stage: The stage of the hiring process that what follows belongs to.
        competency: The competency that what follows belongs to.
        under: What is open under the question.
        group: A heading that groups questions.
        number: The last number that stood before a question; 0 where none did.
        begun: Whether anything but an introduction was found.
        names: How often each text stands in the document, folded.
        called: What a numbered heading calls the question that stands next, as "3. Tenders".
        bare: Whether the document is a list of questions, a line each, and little else.
    """

    document: Document
    found: Gathering
    section: Section | None = None
    level: int = 0
    listed: Section | None = None
    question: OpenItem | None = None
    refused: bool = False
    stage: OpenItem | None = None
    competency: OpenItem | None = None
    under: Section | None = None
    group: str = ""
    number: int = 0
    begun: bool = False
    names: Counter[str] = field(default_factory=Counter)
    called: str = ""
    bare: bool = False

    def next_of(self, index: int) -> Block | None:
        """The block behind the one at ``index``; None behind the last."""
        blocks = self.document.blocks
        return blocks[index + 1] if index + 1 < len(blocks) else None

    def list_follows(self, index: int) -> bool:
        """Whether an item of a list stands next."""
        following = self.next_of(index)
        return following is not None and following.kind is BlockKind.ITEM

    def has_list(self, index: int) -> bool:
        """Whether a list stands between this block and the next heading."""
        for block in self.document.blocks[index + 1 :]:
            if block.kind is BlockKind.HEADING:
                return False
            if block.kind is BlockKind.ITEM:
                return True
        return False

    def is_answered(self, index: int) -> bool:
        """Whether what is expected of an answer stands next, by its name: it was a question."""
        following = self.next_of(index)
        if following is None or not self.document.blocks[index].text.rstrip().endswith("?"):
            return False
        return section_of(following.text) in {Section.POINTS, Section.FLAGS}

    def open_section(self, section: Section | None, level: int) -> None:
        """Enter a part of the document; whatever was open ends."""
        self.section = section
        self.level = level
        self.listed = None
        self.close()
        self.begun = self.begun or section not in {None, Section.SUMMARY, Section.DUTIES}
        self.group = ""

    def close(self) -> None:
        """End the question, stage or competency that is open."""
        self.question = self.stage = self.competency = None
        self.refused = False
        self.under = None

    def belongs_to_question(self, section: Section, name: str, block: Block) -> bool:
        """Whether a part's name stands under the question, not for the whole document."""
        if self.question is None:
            return False
        repeated = self.names[plain_text(name).rstrip(" :\u2013—-")] > 1
        if section is Section.COMPETENCIES:
            return repeated or self._below_question(block)
        if section not in _UNDER_QUESTIONS:
            return False
        if block.kind is BlockKind.HEADING:
            return repeated or self._below_question(block)
        once = section in {Section.TIPS, Section.SCORING}
        return not once or repeated or self._below_question(block)

    def _below_question(self, block: Block) -> bool:
        asked = self.question.block if self.question is not None else None
        if asked is None or block.kind is BlockKind.PARAGRAPH:
            return asked is not None and asked.kind is BlockKind.HEADING
        if asked.kind is BlockKind.HEADING:
            return block.kind is not BlockKind.HEADING or block.level > asked.level
        return block.level > (self.level if block.kind is BlockKind.HEADING else asked.level)

    def goes_on_asking(self, block: Block) -> bool:
        """Whether a block has the number behind the last question's, and asks: it is the next."""
        return (
            block.number is not None
            and block.number == self.number + 1
            and self.number > 0
            and is_question(block.text, addressed=False)
        )

    def ask(self, block: Block, text: str, label: str = "") -> None:
        """Take a question; what follows belongs to it."""
        if self.goes_on_asking(block) and self.section is not Section.STAGES:
            self.section = Section.QUESTIONS
        self.number = block.number or self.number
        self.begun = True
        self.under = None
        self.listed = None
        competency, stage = self.competency, self.stage
        label, self.called = label or self.called, ""
        self.question = self.found.question(block, text, label)
        self.refused = self.question is None
        if self.question is None:
            return
        if competency is not None:
            self.question.link(competency.id)
        if stage is not None:
            stage.link(self.question.id)

    def advise(self, block: Block, text: str) -> None:
        """Take a sentence of advice: the question in it, or the advice itself."""
        quoted = quoted_question(text)
        if quoted is not None:
            label = _label_before(quoted.before)
            asked = self.found.question(block, quoted.text, label)
            if asked is not None and self.stage is not None:
                self.stage.link(asked.id)
            if quoted.before:
                short = bool(label) or len(quoted.before.split()) <= 6
                (self.found.signpost if short else self.found.tip)(
                    block, quoted.before, *(["a question follows"] if short else [])
                )
            after = quoted.after.strip(" .,;")
            if after and asked is not None:
                self.found.question_tip(asked, block, after)
            elif after:
                self.found.unplaced(block, after, "about a question that may not be asked")
            return
        asked_directly = direct_speech(text) if tells_to_ask(text) else None
        if asked_directly is not None:
            asked = self.found.question(block, asked_directly)
            if asked is not None and self.stage is not None:
                self.stage.link(asked.id)
        elif is_question(text):
            self.found.question(block, text)
        else:
            self.found.tip(block, text)


def is_bare(document: Document) -> bool:
    """Whether a document is a list of questions, a paragraph each, and little else."""
    lines = [block.text for block in document.blocks if block.kind is BlockKind.PARAGRAPH]
    asked = sum(is_question(text, addressed=False) for text in lines)
    others = sum(block.kind is BlockKind.ITEM for block in document.blocks)
    return asked >= _FEWEST_BARE and asked >= _MOST_OF * len(lines) and not others


def is_question(text: str, *, addressed: bool = True) -> bool:
    """Whether a text asks the candidate something, and tells nobody else to."""
    if TO_A_COLLEAGUE.search(plain_text(text)) or (
        section_of(text) is not None and not text.rstrip().endswith("?")
    ):
        return False
    return surely_asks(text) or asks(text, addressed=addressed)


def _label_before(before: str) -> str:
    """What a question is called before it is quoted: "Probe on prioritisation:"."""
    words = before.rstrip(" :\u2013—-").split()
    plain = [plain_text(word).strip(":") for word in words]
    for at, word in enumerate(plain):
        if word in {"on", "about", "for", "sur", "into"} and at <= 3:
            return " ".join(words[at + 1 :])
    if before.rstrip().endswith(":") and words and not tells_to_ask(before) and len(words) <= 5:
        return " ".join(words)
    return ""
