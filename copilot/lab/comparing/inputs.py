"""What went into two runs and is not the same: prompts, guides, models, code, cases."""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from copilot.lab.comparing.model import InputChange
from copilot.lab.comparing.side import Side
from copilot.lab.grid import GuideText, Provider, Variant

_SHORT = 12
#: Ids listed of a kind of change; the rest is counted.
_MOST_IDS = 20


def input_changes(a: Side, b: Side, pairs: Iterable[tuple[str, str]]) -> tuple[InputChange, ...]:
    """What went in and is not the same, what matters most first.

    Args:
        a: What was before.
        b: What is compared with it.
        pairs: Ids of the variants that are compared.
    """
    found: list[InputChange] = []
    for first, second in pairs:
        one, other = a.variants[first], b.variants[second]
        found += [*_prompts(a, b, one, other), *_guides(a, b, one, other), *_provider(one, other)]
        found += _answered_by(a, b, first, second)
    found += [*_cases(a, b), *_record(a, b)]
    return tuple(dict.fromkeys(found))


def _prompts(a: Side, b: Side, one: Variant, other: Variant) -> Iterator[InputChange]:
    languages = dict.fromkeys([*one.prompt_sha256, *other.prompt_sha256])
    for language in languages:
        before, after = one.prompt_sha256.get(language, ""), other.prompt_sha256.get(language, "")
        if before == after:
            continue
        texts = [
            side.materials.prompts[sha].text if sha in side.materials.prompts else None
            for side, sha in ((a, before), (b, after))
        ]
        label = other.prompt if one.prompt == other.prompt else f"{one.prompt} → {other.prompt}"
        yield InputChange(
            what=f"prompt {label} ({language})",
            a=_short(before),
            b=_short(after),
            lines=_diff(texts[0], texts[1]),
        )


def _guides(a: Side, b: Side, one: Variant, other: Variant) -> Iterator[InputChange]:
    first = {where[1:]: sha for where, sha in a.guides.items() if where[0] == one.guide}
    second = {where[1:]: sha for where, sha in b.guides.items() if where[0] == other.guide}
    for role, language in dict.fromkeys([*first, *second]):
        before, after = first.get((role, language), ""), second.get((role, language), "")
        # A run has only the guides its cases need: one that is not there did not change.
        if before == after or not before or not after:
            continue
        yield InputChange(
            what=f"guide {role} ({language})",
            a=_short(before),
            b=_short(after),
            lines=guide_changes(
                a.materials.guides.get((one.guide, role, language)),
                b.materials.guides.get((other.guide, role, language)),
            ),
        )


def guide_changes(a: GuideText | None, b: GuideText | None) -> tuple[str, ...]:
    """The items of a guide that differ, by their ids; empty where a text is missing."""
    if a is None or b is None:
        return ()
    first, second = dict(_items(json.loads(a.content))), dict(_items(json.loads(b.content)))
    lines = []
    for name in dict.fromkeys([*first, *second]):
        if name not in second:
            lines.append(f"gone: {name}")
        elif name not in first:
            lines.append(f"new: {name}")
        elif first[name] != second[name]:
            keys = dict.fromkeys([*first[name], *second[name]])
            changed = [key for key in keys if first[name].get(key) != second[name].get(key)]
            lines.append(f"changed: {name} ({', '.join(changed)})")
    return tuple(lines)


def _items(value: Mapping[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each thing with an id in a guide, and its own keys without the things inside it."""
    own: dict[str, Any] = {}
    inside: list[tuple[str, Mapping[str, Any]]] = []
    for key, each in value.items():
        if isinstance(each, list) and each and all(isinstance(x, dict) and "id" in x for x in each):
            inside += [(key, one) for one in each]
        else:
            own[key] = each
    yield name or "the guide", own
    for key, one in inside:
        yield from _items(one, f"{name} / {one['id']}" if name else f"{key}: {one['id']}")


def _provider(one: Variant, other: Variant) -> Iterator[InputChange]:
    if (one.provider.id, one.provider.config) != (other.provider.id, other.provider.config):
        yield InputChange(what="provider", a=_told(one.provider), b=_told(other.provider))


def _told(provider: Provider) -> str:
    if not provider.config:
        return provider.id
    config = json.dumps(dict(provider.config), ensure_ascii=False, sort_keys=True)
    return f"{provider.id} {config}"


def _answered_by(a: Side, b: Side, first: str, second: str) -> Iterator[InputChange]:
    names = [
        sorted(
            {
                result.produced.model
                for (variant, _), several in side.results.items()
                if variant == wanted
                for result in several
                if result.produced.model
            }
        )
        for side, wanted in ((a, first), (b, second))
    ]
    if names[0] and names[1] and names[0] != names[1]:
        yield InputChange(what="model that answered", a=", ".join(names[0]), b=", ".join(names[1]))


def _cases(a: Side, b: Side) -> Iterator[InputChange]:
    if a.record.suite != b.record.suite:
        yield InputChange(what="suite", a=a.record.suite, b=b.record.suite)
    kinds = {
        "taken away": [each for each in a.digests if each not in b.digests],
        "added": [each for each in b.digests if each not in a.digests],
        "with other words or expectations": [
            name
            for name, digest in a.digests.items()
            if name in b.digests and b.digests[name].given != digest.given
        ],
        "with other checks": [
            name
            for name, digest in a.digests.items()
            if name in b.digests and b.digests[name].checks != digest.checks
        ],
    }
    for told, ids in kinds.items():
        if ids:
            more = [f"… and {len(ids) - _MOST_IDS} more"] if len(ids) > _MOST_IDS else []
            yield InputChange(
                what=f"cases {told}",
                a=str(len(a.digests)) if told in ("taken away", "added") else "",
                b=str(len(b.digests)) if told in ("taken away", "added") else str(len(ids)),
                lines=(*ids[:_MOST_IDS], *more),
            )


def _record(a: Side, b: Side) -> Iterator[InputChange]:
    one, other = a.record, b.record
    if one.commit != other.commit:
        yield InputChange(what="commit", a=commit_text(one.commit), b=commit_text(other.commit))
    if one.repeats != other.repeats:
        yield InputChange(what="repeats", a=str(one.repeats), b=str(other.repeats))
    for name in dict.fromkeys([*one.versions, *other.versions]):
        before, after = one.versions.get(name, "none"), other.versions.get(name, "none")
        if before != after:
            yield InputChange(what=f"version of {name}", a=before, b=after)
    if one.machine and other.machine:
        for name in dict.fromkeys([*one.machine, *other.machine]):
            before, after = one.machine.get(name, "none"), other.machine.get(name, "none")
            if before != after:
                yield InputChange(what=f"machine: {name}", a=before, b=after)


def _diff(a: str | None, b: str | None) -> tuple[str, ...]:
    if a is None or b is None:
        return ()
    lines = difflib.unified_diff(a.splitlines(), b.splitlines(), "A", "B", n=2, lineterm="")
    return tuple(lines)[2:]


def commit_text(commit: str) -> str:
    """A commit as people write it, with the sign for changes that are in none."""
    sign = "+" if commit.endswith("+") else ""
    return commit.removesuffix("+")[:_SHORT] + sign or "unknown"


def _short(sha256: str) -> str:
    return sha256[:_SHORT] or "none"
