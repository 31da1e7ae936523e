"""Signs between words, which languages space and choose each in their own way."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Signs with the spaces around them; ``quote`` holds the text in its braces."""

    colon: str
    semicolon: str
    quote: str


SIGNS = {
    "en": Signs(colon=": ", semicolon="; ", quote="“{text}”"),
    "fr": Signs(colon=" : ", semicolon=" ; ", quote="« {text} »"),
}
