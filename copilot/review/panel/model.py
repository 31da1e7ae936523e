"""The files of a panel: what it is, seals, and the bundles that are opened in the end."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from copilot.review.opinions import Opinion

Name = Annotated[str, Field(min_length=1, max_length=80)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[int, Field(ge=1, le=9999)]


class _File(BaseModel):
    """Read strictly: what another version or somebody else wrote is never half understood."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Panel(_File):
    """``panel.json``: what the panel is.

    Attributes:
        id: Random, so that files of another panel show.
        name: What people call it.
        role: The guide's id.
        raters: Who has to hand in before anything is opened.
        made_at: Wall-clock time, ISO 8601.
    """

    format: Literal[1] = 1
    type: Literal["panel"] = "panel"
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    name: Name
    role: str
    raters: Annotated[tuple[Name, ...], Field(min_length=2)]
    made_at: str


class Seal(_File):
    """That a rater handed in, or took it back; it tells nothing of what they judged.

    Attributes:
        panel: The panel's id.
        rater: Who.
        candidate: For whom.
        number: 1 for the first of this rater and candidate, then one more each.
        action: Whether it hands in or takes back.
        made_at: Wall-clock time on the rater's machine, ISO 8601.
        session_id: The rater's session, so that their own program finds the bundle again.
        bundle_sha256: Hash of the bundle's bytes; empty where it takes back.
        seen: Whose bundles for this candidate were open in the folder by then.
    """

    format: Literal[1] = 1
    type: Literal["panel_seal"] = "panel_seal"
    panel: str
    rater: Name
    candidate: Name
    number: Number
    action: Literal["submitted", "withdrawn"]
    made_at: str
    session_id: str
    bundle_sha256: Sha256 | Literal[""]
    seen: tuple[Name, ...]


class BundleItem(_File):
    """A question or competency as one rater judged it.

    Attributes:
        id: Its id.
        label: A few words for it.
        asked: Whether it was asked; None for a competency.
        given: Their judgements in order; the last one stands; none where they said nothing.
        after_findings: Whether it was first judged after the machine's findings were shown.
    """

    id: str
    label: str
    asked: bool | None
    given: tuple[Opinion, ...]
    after_findings: bool


class BundleNote(_File):
    """A note of the rater's; ``moment_s`` is session time in seconds."""

    moment_s: float
    text: str


class Bundle(_File):
    """What one rater judged of one candidate; no transcript and nothing a machine found.

    Attributes:
        panel: The panel's id.
        panel_name: What people call it.
        rater: Who.
        candidate: Of whom.
        number: As in the seal.
        salt: Random, so that nobody can guess what was judged from the seal.
        made_at: Wall-clock time, ISO 8601.
        app_version: Version of Interview Copilot.
        session_id: The rater's session.
        started_at: When the interview began, ISO 8601.
        duration_s: How long it was, in seconds.
        language: The interview's language.
        role: The guide's id.
        guide_sha256: The guide's hash.
        incomplete: Whether questions that were asked are not judged.
        questions: The plan, in order.
        competencies: In the guide's order.
        recommendation: What they recommended, in order; the last one stands.
        notes: Their notes, where they handed them in; else None.
    """

    format: Literal[1] = 1
    type: Literal["panel_bundle"] = "panel_bundle"
    panel: str
    panel_name: str
    rater: Name
    candidate: Name
    number: Number
    salt: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    made_at: str
    app_version: str
    session_id: str
    started_at: str
    duration_s: float
    language: str
    role: str
    guide_sha256: str
    incomplete: bool
    questions: tuple[BundleItem, ...]
    competencies: tuple[BundleItem, ...]
    recommendation: tuple[Opinion, ...]
    notes: tuple[BundleNote, ...] | None


def to_bytes(file: BaseModel) -> bytes:
    """A panel's file as indented UTF-8 JSON with a newline at its end."""
    return file.model_dump_json(indent=2).encode() + b"\n"
