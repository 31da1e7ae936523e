"""A run without its texts: small enough to be committed, enough to be compared with.

It is one JSON object whose results stand a line each, so that a change of one case is a line in a
diff. It holds ids, labels, states, numbers and hashes, and nothing that anybody said.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from copilot.lab.cases import LabModel
from copilot.lab.comparing.side import Digest, Side, by_cell, digest_of
from copilot.lab.errors import RunError
from copilot.lab.folders import shipped_suites
from copilot.lab.results import Checked, Produced, Result, RunRecord
from copilot.lab.running.run import Run

#: Raised with every change that older programs cannot understand.
FORMAT = 1
_REMEDY = "Write it anew with: interview-copilot lab baseline RUN --out FILE"


class BaselineGuide(LabModel):
    """A guide of which only the hash is kept."""

    label: str
    role: str
    language: str
    sha256: str


class Baseline(LabModel):
    """What is kept of a run.

    Attributes:
        format: ``FORMAT``.
        record: ``run.json`` without places and machine.
        guides: Hashes of the guides.
        cases: By id, what they were, without their text.
        results: Results without outputs, reasons and keys.
    """

    format: int = FORMAT
    record: RunRecord
    guides: tuple[BaselineGuide, ...] = ()
    cases: Mapping[str, Digest]
    results: tuple[Result, ...]

    @property
    def side(self) -> Side:
        """As a comparison needs it."""
        return Side(
            record=self.record,
            digests=self.cases,
            results=by_cell(self.results),
            guides={(each.label, each.role, each.language): each.sha256 for each in self.guides},
            baseline=True,
        )


def baseline_of(run: Run) -> Baseline:
    """What is kept of a run.

    Raises:
        RunError: It was not done to the end, so that a comparison would miss cases.
    """
    record = run.record
    if not record.done_at:
        raise RunError(
            f"{record.id} was not done to the end and cannot be a baseline.",
            f"Go on with it: interview-copilot lab run {record.suite} --resume",
        )
    plain = record.model_copy(
        update={"suite_path": "", "machine": {}, "results_sha256": "", "plan_sha256": ""}
    )
    return Baseline(
        record=plain,
        guides=tuple(
            BaselineGuide(label=label, role=role, language=language, sha256=each.sha256)
            for (label, role, language), each in run.materials.guides.items()
        ),
        cases={name: digest_of(case) for name, case in run.cases.items()},
        results=tuple(map(_plain, run.results)),
    )


def baseline_to_json(baseline: Baseline) -> bytes:
    """A baseline as it is stored."""
    head = baseline.model_dump(mode="json", exclude={"results", "cases"})
    lines = [_line(name, digest.model_dump(mode="json")) for name, digest in baseline.cases.items()]
    rows = [json.dumps(_row(each), ensure_ascii=False) for each in baseline.results]
    text = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    text += ',\n "cases": {\n' + ",\n".join(lines) + "\n },\n"
    text += ' "results": [\n' + ",\n".join(rows) + "\n ]\n}\n"
    return text.encode()


def read_baseline(path: Path) -> Baseline:
    """A baseline from its file.

    Raises:
        RunError: It cannot be read, is none, or one of a newer version.
    """
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        why = error.strerror or str(error)
        raise RunError(f"the baseline {path} cannot be read: {why}.", _REMEDY) from error
    except ValueError as error:
        raise RunError(f"{path} is no baseline: {error}", _REMEDY) from error
    if not isinstance(data, dict) or not isinstance(data.get("results"), list):
        raise RunError(f"{path} is no baseline: it has no results.", _REMEDY)
    if data.get("format") != FORMAT:
        told = f"{path} is of format {data.get('format')}, which this version cannot read."
        raise RunError(told, _REMEDY)
    try:
        return Baseline.model_validate(
            {**data, "results": [_whole(row) for row in data["results"]]}
        )
    except (ValidationError, KeyError, TypeError, AttributeError) as error:
        raise RunError(f"{path} is no baseline: {_first(error)}", _REMEDY) from error


def shipped_baseline(suite: str) -> Path | None:
    """The baseline that ships for a suite; None where there is none."""
    path = shipped_suites() / "baseline" / f"{suite}.json"
    return path if path.is_file() else None


def _plain(result: Result) -> Result:
    produced = result.produced
    return result.model_copy(
        update={
            "key": "",
            "cached": False,
            "text": "",
            "produced": Produced(
                error=produced.error_kind if produced.failed else "",
                error_kind=produced.error_kind,
                model=produced.model,
                took_s=round(produced.took_s, 3),
                requests=produced.requests,
                tokens_in=produced.tokens_in,
                tokens_out=produced.tokens_out,
                cost=produced.cost,
            ),
            "checks": tuple(
                Checked(name=each.name, passed=each.passed, score=each.score, counts=each.counts)
                for each in result.checks
            ),
            "decisions": tuple(
                each.model_copy(update={"confidence": None, "overlaps": None, "verbatim": None})
                for each in result.decisions
            ),
        }
    )


def _row(result: Result) -> dict[str, Any]:
    return result.model_dump(
        mode="json", exclude={"item", "key", "cached", "text"}, exclude_defaults=True
    )


def _whole(row: Mapping[str, Any]) -> dict[str, Any]:
    item = f"{row['case']} @ {row['variant']} #{row['repeat']}"
    return {**row, "item": item, "key": "", "cached": False}


def _line(name: str, value: Any) -> str:
    return f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}"


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return f"a result has no {error}" if isinstance(error, KeyError) else str(error)
