"""What prompts are told of an interview: little enough for a small model, and nothing twice.

What does not fit into one request goes into several; nothing is cut without saying so.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from copilot.events import Channel, FindingKind, FindingState, Suggestion, Utterance
from copilot.interview import Interview
from copilot.knowledge.guide import Guide, Point
from copilot.llm.inputs import (
    FollowUpInputs,
    JudgeFlagsInputs,
    JudgePointsInputs,
    RecapInputs,
    Section,
    Target,
)
from copilot.llm.material import ID_COST, Line, Material, clipped

#: What of an utterance may be sent: its text, or the text without what has no place in a prompt.
TextOf = Callable[[Utterance], str]

_STATES = {
    "en": {
        FindingState.NOT_HEARD: "not heard",
        FindingState.UNCLEAR: "unclear",
        FindingState.RAISED: "raised",
        FindingState.EVIDENCED: "evidenced",
        FindingState.DENIED: "denied",
        FindingState.NOT_RAISED: "not raised",
    },
    "fr": {
        FindingState.NOT_HEARD: "pas entendu",
        FindingState.UNCLEAR: "incertain",
        FindingState.RAISED: "relevé",
        FindingState.EVIDENCED: "attesté",
        FindingState.DENIED: "nié",
        FindingState.NOT_RAISED: "non relevé",
    },
}
_OPEN = (FindingState.NOT_HEARD, FindingState.UNCLEAR)

# Sizes in characters; with the texts of the shipped prompts they stay within their budgets.
_LIVE_ANSWER = 700
_LIVE_ASKED = 250
_LIVE_TERMS = 80
_LIVE_DESCRIPTION = 120
_LIVE_TOPICS = 6
_LIVE_TOPIC = 60
_LIVE_QUESTION = 250
_TARGETS = 2
_PASSAGES = 1500
_JUDGED_AT_ONCE = 4
_DESCRIPTION = 200
_RECAP = 6000


def as_said(utterance: Utterance) -> str:
    """An utterance's text, whole."""
    return utterance.text


def material(utterances: Iterable[Utterance], text_of: TextOf = as_said) -> Material:
    """Utterances as a prompt may hold them; those of which nothing may be sent are left out."""
    lines = (Line(utterance.id, text_of(utterance)) for utterance in utterances)
    return Material(tuple(line for line in lines if line.text.strip()))


def follow_up_inputs(
    interview: Interview,
    guide: Guide | None,
    question: str,
    *,
    passages: Sequence[Utterance] = (),
    terms: Sequence[str] = (),
    off_limits: Sequence[str] | None = None,
    reworded: Suggestion | None = None,
    text_of: TextOf = as_said,
) -> FollowUpInputs:
    """What the follow-up prompt is told.

    Args:
        interview: As it stands now.
        guide: In the language of the interview; without it the labels of the plan have to do.
        question: The planned question being answered.
        passages: Earlier utterances of the answer worth having beside the newest ones.
        terms: Words of the candidate's worth taking up.
        off_limits: Topics no question may touch; the guide's own unless given.
        reworded: The suggestion on the screen that another wording is wanted for: nobody has asked
            it yet.
        text_of: What of an utterance may be sent.

    Raises:
        EventError: The question is not in the plan.
    """
    answer = material(interview.answer(question), text_of)
    told = _told(answer, material(passages, text_of))
    left_out = {line.id for line in answer.lines} - {line.id for line in told.lines}
    topics = off_limits if off_limits is not None else guide.off_limits if guide else ()
    return FollowUpInputs(
        language=language_of(interview),
        role=_role(interview),
        question=clipped(interview.planned(question).text, _LIVE_QUESTION),
        targets=tuple(_worth_asking(interview, guide, question))[:_TARGETS],
        answer=told,
        left_out=len(left_out),
        terms=Material(tuple(Line(f"t{i}", term) for i, term in enumerate(terms, 1))).newest(
            _LIVE_TERMS
        ),
        asked=_asked(interview, question, reworded, text_of),
        off_limits=tuple(clipped(topic, _LIVE_TOPIC) for topic in topics[:_LIVE_TOPICS]),
    )


def judge_points_inputs(
    interview: Interview,
    guide: Guide | None,
    question: str,
    *,
    ids: Collection[str] | None = None,
    passages: Sequence[Utterance] | None = None,
    text_of: TextOf = as_said,
) -> tuple[JudgePointsInputs, ...]:
    """What the prompt for unclear points is told, in as many requests as it takes.

    Args:
        interview: As it stands now.
        guide: In the language of the interview; without it the labels of the plan have to do.
        question: The planned question whose points are judged.
        ids: Which points; by default those that are unclear.
        passages: Where they may have been made; by default the whole answer.
        text_of: What of an utterance may be sent.

    Raises:
        EventError: The question is not in the plan.
    """
    points = _points(interview, guide, question, _DESCRIPTION)
    heard = interview.answer(question) if passages is None else passages
    return tuple(
        JudgePointsInputs(
            language=language_of(interview),
            question=interview.planned(question).text,
            points=group,
            passages=piece,
        )
        for group, piece in _requests(points, ids, material(heard, text_of))
    )


def judge_flags_inputs(
    interview: Interview,
    guide: Guide | None,
    question: str,
    *,
    ids: Collection[str] | None = None,
    passages: Sequence[Utterance] | None = None,
    text_of: TextOf = as_said,
) -> tuple[JudgeFlagsInputs, ...]:
    """What the prompt for unclear flags is told; arguments and errors as for points."""
    flags = _flags(interview, guide, question, _DESCRIPTION)
    heard = interview.answer(question) if passages is None else passages
    return tuple(
        JudgeFlagsInputs(
            language=language_of(interview),
            question=interview.planned(question).text,
            flags=group,
            passages=piece,
        )
        for group, piece in _requests(flags, ids, material(heard, text_of))
    )


def recap_inputs(interview: Interview, *, text_of: TextOf = as_said) -> tuple[RecapInputs, ...]:
    """What the recap prompt is told, in as many requests as it takes; a long answer is split."""
    requests: list[tuple[Section, ...]] = []
    part: list[Section] = []
    size = 0
    for section in _sections(interview, text_of):
        cost = len(section.question) + sum(
            len(line.text) + ID_COST for line in section.answer.lines
        )
        if part and size + cost > _RECAP:
            requests.append(tuple(part))
            part, size = [], 0
        part.append(section)
        size += cost
    if part:
        requests.append(tuple(part))
    role, language = _role(interview), language_of(interview)
    return tuple(RecapInputs(language=language, role=role, sections=part) for part in requests)


def recap_pieces(
    interview: Interview,
    question: str,
    answer: Iterable[Utterance],
    *,
    language: str,
    longest: int = _RECAP,
    text_of: TextOf = as_said,
) -> tuple[RecapInputs, ...]:
    """What the recap prompt is told of one answer, in as many requests as it takes.

    Args:
        interview: The session.
        question: The planned question.
        answer: The candidate's utterances under it, as reviewers corrected them.
        language: Of the recap, ``en`` or ``fr``, whatever is spoken in the answer.
        longest: Most characters of the answer in one request.
        text_of: What of an utterance may be sent.

    Raises:
        EventError: The question is not in the plan.
    """
    planned, role = interview.planned(question), _role(interview)
    return tuple(
        RecapInputs(
            language=language,
            role=role,
            sections=(Section(id=planned.id, question=planned.text, answer=piece),),
        )
        for piece in material(answer, text_of).pieces(longest)
    )


def target_of(
    interview: Interview, guide: Guide | None, question: str, kind: FindingKind, target: str
) -> Target | None:
    """A point or flag as prompts are told it; None where the session knows no such one.

    Raises:
        EventError: The question is not in the plan.
    """
    found = (_points if kind is FindingKind.POINT else _flags)(
        interview, guide, question, _LIVE_DESCRIPTION
    )
    return next((known for known, _ in found if known.id == target), None)


def state_word(state: FindingState, language: str) -> str:
    """A state in the words of the prompts."""
    return _STATES[language][state]


def language_of(interview: Interview) -> str:
    """The language being spoken, ``en`` or ``fr``."""
    chosen = interview.capture.language
    if chosen is not None:
        return chosen
    return interview.started.language if interview.started else "en"


def _role(interview: Interview) -> str:
    return interview.started.guide.title if interview.started else ""


def _told(answer: Material, passages: Material) -> Material:
    """The passages, then as much of the end of the answer as there is room for."""
    near = passages.newest(_LIVE_ANSWER // 2)
    end = answer.newest(_LIVE_ANSWER - sum(len(line.text) for line in near.lines))
    there = {line.id for line in end.lines}
    return Material((*(line for line in near.lines if line.id not in there), *end.lines))


def _asked(
    interview: Interview, question: str, reworded: Suggestion | None, text_of: TextOf
) -> Material:
    """What was offered, and the interviewer's own questions, since the question was asked."""
    offered = [
        record.suggestion.text
        for name, record in interview.suggestions.items()
        if record.suggestion.question == question and (reworded is None or name != reworded.id)
    ]
    heard = [
        text_of(utterance)
        for utterance in interview.utterances.values()
        if utterance.channel is Channel.INTERVIEWER
        and utterance.text.rstrip().endswith("?")
        and interview.question_at(utterance.start_s) == question
    ]
    texts = dict.fromkeys(text for text in (*offered, *heard) if text.strip())
    return Material(tuple(Line(f"a{i}", text) for i, text in enumerate(texts, 1))).newest(
        _LIVE_ASKED
    )


def _worth_asking(interview: Interview, guide: Guide | None, question: str) -> Iterator[Target]:
    """Raised flags first, as the coach has it, then what is open, by weight."""
    for target, state in _flags(interview, guide, question, _LIVE_DESCRIPTION):
        if state is FindingState.RAISED:
            yield target
    weights = {point.id: point.weight for point in interview.planned(question).points}
    points = _points(interview, guide, question, _LIVE_DESCRIPTION)
    for target, state in sorted(points, key=lambda found: -weights[found[0].id]):
        if state in _OPEN:
            yield target


def _points(
    interview: Interview, guide: Guide | None, question: str, longest: int
) -> Iterator[tuple[Target, FindingState]]:
    known = _known_points(guide, question)
    language = language_of(interview)
    for planned in interview.planned(question).points:
        state = interview.state_of(question, FindingKind.POINT, planned.id)
        point = known.get(planned.id)
        yield (
            Target(
                id=planned.id,
                label=planned.label,
                description=clipped(point.description, longest) if point else "",
                state=_STATES[language][state],
                probe=clipped(next(iter(point.probes), ""), longest) if point else "",
            ),
            state,
        )


def _flags(
    interview: Interview, guide: Guide | None, question: str, longest: int
) -> Iterator[tuple[Target, FindingState]]:
    known = {flag.id: flag for flag in guide.red_flags} if guide else {}
    language = language_of(interview)
    for watched in interview.started.flags if interview.started else ():
        state = interview.state_of(question, FindingKind.FLAG, watched.id)
        flag = known.get(watched.id)
        said = clipped(flag.description, longest) if flag else ""
        benign = clipped(watched.benign_reading, longest)
        yield (
            Target(
                id=watched.id,
                label=watched.label,
                description=_MAY_MEAN[language].format(said=said, benign=benign).strip()
                if benign
                else said,
                state=_STATES[language][state],
                probe=clipped(flag.probe, longest) if flag else "",
            ),
            state,
        )


_MAY_MEAN = {
    "en": "{said} Harmless reading: {benign}",
    "fr": "{said} Lecture bénigne : {benign}",
}


def _known_points(guide: Guide | None, question: str) -> dict[str, Point]:
    # A stored session may be older than the guide.
    if guide is None or all(known.id != question for known in guide.questions):
        return {}
    return {point.id: point for point in guide.points_for(question)}


def _sections(interview: Interview, text_of: TextOf) -> Iterator[Section]:
    for planned in interview.plan:
        for piece in material(interview.answer(planned.id), text_of).pieces(_RECAP):
            yield Section(id=planned.id, question=planned.text, answer=piece)


def _requests(
    known: Iterable[tuple[Target, FindingState]], ids: Collection[str] | None, heard: Material
) -> Iterator[tuple[tuple[Target, ...], Material]]:
    """A few targets at a time, each few with every piece of what was said."""
    wanted = [
        target
        for target, state in known
        if (state is FindingState.UNCLEAR if ids is None else target.id in ids)
    ]
    for first in range(0, len(wanted), _JUDGED_AT_ONCE):
        for piece in heard.pieces(_PASSAGES):
            yield tuple(wanted[first : first + _JUDGED_AT_ONCE]), piece
