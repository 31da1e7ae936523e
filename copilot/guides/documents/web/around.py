"""What of a web page belongs to the page around the document, by its elements."""

import re

from copilot.coach.words import word_set
from copilot.guides.documents import around_words as said
from copilot.guides.documents.web.tree import Element

_TAGS = {"nav": said.MENU, "button": said.MENU, "dialog": said.COOKIES, "noscript": said.HIDDEN}
_ROLES = {
    "navigation": said.MENU,
    "menu": said.MENU,
    "menubar": said.MENU,
    "search": said.MENU,
    "banner": said.MENU,
    "contentinfo": said.FOOTER,
    "dialog": said.COOKIES,
    "alertdialog": said.COOKIES,
    "button": said.MENU,
}
#: Words that classes and ids are made of.
_CLASSES: tuple[tuple[frozenset[str], str], ...] = (
    (word_set("cookie cookies consent gdpr onetrust didomi axeptio tarteaucitron"), said.COOKIES),
    (word_set("share sharing social socials addtoany sharedaddy sharethis addthis"), said.SHARE),
    (
        word_set("related recommended recommendations readmore youmaylike jp-relatedposts"),
        said.RELATED,
    ),
    (word_set("comments comment respond disqus commentlist"), said.COMMENTS),
    (word_set("newsletter subscribe subscription mailchimp optin mailinglist"), said.NEWSLETTER),
    (word_set("breadcrumb breadcrumbs ariane"), said.BREADCRUMB),
    (
        word_set("nav navbar navigation menu topbar sidebar pagination pager skip skiplink"),
        said.MENU,
    ),
    (word_set("footer colophon siteinfo"), said.FOOTER),
    (word_set("byline authorbox postmeta entrymeta postedon timestamp"), said.BYLINE),
    (word_set("advert advertisement ads adsense sponsored promo popup modal cta"), said.ADVERT),
    (word_set("toc tableofcontents sommaire"), said.CONTENTS),
)
_NAMED = frozenset(word for words, _ in _CLASSES for word in words)
#: Words that ids add to say where something stands.
_PLACES = word_set(
    """list section area wrapper wrap container box form main site page post primary secondary
    widget block bar buttons links top bottom left right content inner outer the my js"""
)
#: Two words that mean something only together.
_PAIRS = {
    ("post", "meta"): said.BYLINE,
    ("entry", "meta"): said.BYLINE,
    ("author", "box"): said.BYLINE,
    ("posted", "on"): said.BYLINE,
    ("site", "info"): said.FOOTER,
    ("read", "more"): said.RELATED,
    ("more", "posts"): said.RELATED,
    ("table", "contents"): said.CONTENTS,
}
_UNSEEN = word_set("sr-only visually-hidden screen-reader-text visuallyhidden")
_WHOLE = word_set("html body main article")
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
#: Whatever it is called, what holds this much of the page's text is the document.
_MOST = 0.35
_FEW = 6
_LINKS = 3
_DENSE = 0.8
_SHORT_LINK = 4
_FIELDS = word_set("text email password search tel url")


class Around:
    """Tells of each element of one page whether it belongs to the page around the document."""

    def __init__(self, page: Element) -> None:
        self._words = max(1, page.words())
        self._titled = {
            id(each) for each in page.elements() if each.tag == "h1" and each.words() > 0
        }

    def why(self, element: Element) -> str:
        """Why an element belongs to the page around; empty where it does not.

        Args:
            element: Of this page.
        """
        if element.tag in _WHOLE:
            return ""
        words = element.words()
        if words == 0:
            return ""
        hidden = "hidden" in element.attributes or element.attributes.get("aria-hidden") == "true"
        if hidden or _UNSEEN & set(element.attributes.get("class", "").lower().split()):
            return said.HIDDEN if words <= 2 * _FEW else ""
        if words > _MOST * self._words and words > 2 * _FEW:
            return ""
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li") or self._asks(element):
            return _linked(element) if element.tag == "p" else ""
        found = _by_tag(element) or _by_class(element) or _by_form(element) or _linked(element)
        return "" if found and self._holds_the_title(element) else found

    def _holds_the_title(self, element: Element) -> bool:
        inside = sum(id(each) in self._titled for each in element.elements())
        return inside > 0 and inside == len(self._titled)

    def _asks(self, element: Element) -> bool:
        """Whether a button is a question that opens its answer."""
        if element.tag != "button" and element.attributes.get("role") != "button":
            return False
        text = " ".join(each.text for each in element.texts()).strip()
        return text.endswith("?") or element.within("h1", "h2", "h3", "h4", "h5", "h6", "summary")


def _by_tag(element: Element) -> str:
    found = _TAGS.get(element.tag) or _ROLES.get(element.attributes.get("role", ""), "")
    if found:
        return found
    if element.tag == "header" and not element.within("article", "main", "section"):
        return said.MENU
    if element.tag == "footer":
        return said.FOOTER
    if element.tag == "aside" and not element.within("article", "main"):
        return said.RELATED
    return ""


def _by_class(element: Element) -> str:
    named = element.attributes.get("class", "").split()
    own = element.attributes.get("id", "")
    for name in [own, *named]:
        tokens = [token.lower() for token in _TOKEN.findall(name)]
        whole = "".join(tokens)
        if name == own and not set(tokens) - _PLACES - _NAMED:
            tokens = [token for token in tokens if token in _NAMED]
        elif name == own:
            continue  # made of a heading's words, as "social-skills"
        for words, why in _CLASSES:
            if whole in words or words & set(tokens):
                return why
        for pair, why in _PAIRS.items():
            if pair[0] in tokens and pair[1] in tokens:
                return why
    return ""


def _by_form(element: Element) -> str:
    if element.tag != "form":
        return ""
    fields = [
        each
        for each in element.elements()
        if each.tag == "textarea"
        or (each.tag == "input" and each.attributes.get("type", "text").lower() in _FIELDS)
    ]
    return said.COMMENTS if fields else ""


def _linked(element: Element) -> str:
    """A list of short links is a menu, whatever it is called."""
    if element.tag not in ("ul", "ol", "div", "p"):
        return ""
    links = [each for each in element.elements() if each.tag == "a"]
    words = sum(each.words() for each in links)
    if len(links) < _LINKS or words < _DENSE * element.words():
        return ""
    asks = any("?" in text.text for each in links for text in each.texts())
    return said.MENU if words <= _SHORT_LINK * len(links) and not asks else ""
