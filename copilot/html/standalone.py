"""Making a page: one file with its style and its script, which loads nothing and needs nothing.

The template engine escapes every text that is put out, and the page's own policy lets the browser
run and load nothing but what is named there by its hash.
"""

import base64
import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from copilot.html.typography import harmless

#: Colours by their use, for light and dark; every page's style begins with it.
_PALETTE = ("copilot.html", "palette.css")


class Pages:
    """The pages whose templates, styles and scripts lie in one package."""

    def __init__(
        self, package: str, filters: Mapping[str, Callable[..., Any]] | None = None
    ) -> None:
        """Nothing is read yet.

        Args:
            package: Where templates, styles and scripts lie.
            filters: What templates use beside the engine's own.
        """
        self._package = package
        self._filters = dict(filters or {})

    def render(
        self,
        template: str,
        *,
        style: str = "page.css",
        scripts: Sequence[str] = (),
        rules: Sequence[str] = (),
        **values: Any,
    ) -> str:
        """A page as HTML5, to be stored as UTF-8.

        Args:
            template: Its file, which puts ``policy``, ``style`` and ``script`` into its head.
            style: The file of its style.
            scripts: The files of its script, in order.
            rules: What its policy allows beside its own style and script.
            values: What else the template names.
        """
        css = _source(*_PALETTE) + _source(self._package, style)
        parts = [_source(self._package, name) for name in scripts]
        script = "\n".join(['"use strict";', *parts]) if parts else ""
        return self._environment.get_template(template).render(
            policy=_policy(css, script, rules),
            style=Markup(css),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            **values,
        )

    @functools.cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=PackageLoader(self._package, "."),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_finalize,
        )
        environment.filters |= self._filters
        return environment


def _finalize(value: Any) -> Any:
    """What is put out: text without harmful characters; escaping follows."""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@functools.cache
def _source(package: str, name: str) -> str:
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str, rules: Sequence[str]) -> str:
    """The page's Content Security Policy: nothing is loaded, and nothing runs that is not ours."""
    own = ["default-src 'none'", f"style-src {_hash(style)}"]
    if script:
        own.append(f"script-src {_hash(script)}")
    return "; ".join([*own, *rules, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
