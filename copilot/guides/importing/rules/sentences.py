"""A paragraph's sentences."""

import re

#: A full stop behind these ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|resp|incl|mr|mrs|ms|dr|prof|st|no|nb|n\.b|p\.ex|p\. ?ex|ex|"
    r"cf|"
    r"env|min|max|mme|mlle|inc|ltd|jr|sr)|(?-i:\b[A-Z]))\.$",
    re.IGNORECASE,
)
_END = re.compile(
    r"[.!?…][\"'”\u2019»)\]]*(?=\s+[\"'“\u2018«(\[]?\s?[^\W\d_]|\s+[\"'“\u2018«(\[]|\s+[0-9])|"
    r"\s*;\s(?=[A-Z])"
)
_QUOTES = {"“": "”", "«": "»", '"': '"'}
_AHEAD = 10
#: Single quotes are apostrophes too: these look at what stands beside them.
_SINGLE_OPENS = re.compile(r"(?:^|(?<=[\s(]))['\u2018](?=\w)")
_SINGLE_CLOSES = re.compile(r"(?<=[\w.?!…])['\u2019](?=$|[\s.,;:!?)])")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, in order; joined by spaces they are the text again.

    A sentence does not end within quotation marks, nor before a small letter.
    """
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        said = text[start : end.end()]
        after = text[end.end() : end.end() + _AHEAD].lstrip()
        remark = after[:1] in "([" and after[1:2].islower()  # "… ? (en anglais)"
        if after[:1].islower() or remark or _ABBREVIATED.search(said) or _within_quotes(said):
            continue
        if after[:1].isdigit() and not said.rstrip().endswith(("?", "!")) and said[-2:-1].isdigit():
            continue
        found.append(said.strip())
        start = end.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def ends_open(sentence: str) -> bool:
    """Whether a sentence has no end: no mark that closes it."""
    return not re.search(r"[.!?…:;][\"'”\u2019»)\]]*$", sentence.rstrip())


def _within_quotes(said: str) -> bool:
    for opening, closing in _QUOTES.items():
        if opening == closing:
            if said.count(opening) % 2 and not said.endswith(opening):
                return True
        elif said.count(opening) > said.count(closing):
            return True
    opened = _SINGLE_OPENS.search(said)
    return opened is not None and not _SINGLE_CLOSES.search(said, opened.end())
