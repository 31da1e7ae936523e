"""Whether a quote stands in what the candidate said, and where."""

from collections.abc import Mapping

from copilot.events import Channel, Evidence, Utterance


def problem(evidence: Evidence, utterances: Mapping[str, Utterance]) -> str:
    """Why ``evidence`` does not stand in the candidate's words; empty where it does."""
    if not evidence.utterance_ids or not evidence.quote.strip():
        return "evidence without a quote."
    texts: list[str] = []
    for utterance_id in evidence.utterance_ids:
        utterance = utterances.get(utterance_id)
        if utterance is None:
            return f"no utterance {utterance_id} was heard."
        if utterance.channel is not Channel.CANDIDATE:
            return f"utterance {utterance_id} is not the candidate's."
        texts.append(utterance.text)
    if evidence.quote not in " ".join(texts):
        return f"the quote does not stand in {', '.join(evidence.utterance_ids)}."
    return ""


def spans(evidence: Evidence, utterances: Mapping[str, Utterance]) -> dict[str, tuple[int, int]]:
    """Which characters of each utterance a quote touches, by the utterance's id.

    Raises:
        ValueError: The quote does not stand there.
        KeyError: No such utterance was heard.
    """
    named = [utterances[utterance_id] for utterance_id in evidence.utterance_ids]
    begin = " ".join(utterance.text for utterance in named).index(evidence.quote)
    end, position = begin + len(evidence.quote), 0
    found: dict[str, tuple[int, int]] = {}
    for utterance in named:
        first, last = max(begin - position, 0), min(end - position, len(utterance.text))
        if first < last:
            found[utterance.id] = first, last
        position += len(utterance.text) + 1
    return found


def touched(evidence: Evidence, utterances: Mapping[str, Utterance]) -> list[Utterance]:
    """Those of the utterances named that the quote really touches; raises as ``spans`` does."""
    return [utterances[utterance_id] for utterance_id in spans(evidence, utterances)]
