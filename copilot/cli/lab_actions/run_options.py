"""The arguments of ``lab run``."""

import argparse

from copilot.cli.parsing import positive

#: ``--compare baseline``: what ships for the suite.
BASELINE = "baseline"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add them."""
    parser.add_argument(
        "suites", nargs="*", metavar="SUITE", help="a suite's name or file; `lab list` shows them"
    )
    parser.add_argument("--shipped", action="store_true", help="every suite that ships")
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would be done and what it would use"
    )
    parser.add_argument(
        "--resume",
        nargs="?",
        const="",
        metavar="RUN",
        help="go on with a run that was cut off or stopped; without RUN, the suite's newest",
    )
    _add_choice(parser)
    _add_limits(parser)
    _add_place(parser)
    parser.add_argument(
        "--send-to",
        action="append",
        default=[],
        metavar="HOST",
        help="send what was said in stored sessions to that host without being asked; may be given "
        "several times",
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="do everything anew and keep nothing for later"
    )
    parser.add_argument(
        "--compare",
        metavar="RUN",
        help=f"say what changed since a run, or since the one that ships: {BASELINE}",
    )
    parser.add_argument("--json", action="store_true", help="for machines: an object a line")


def _add_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="GLOB",
        help="cases whose id fits, such as 'backend-*'; may be given several times",
    )
    parser.add_argument("--split", choices=["train", "dev", "test"], help="cases of one part")
    parser.add_argument(
        "--metadata",
        action="append",
        default=[],
        type=_pair,
        metavar="KEY=VALUE",
        help="cases with this in their metadata; may be given several times",
    )
    parser.add_argument(
        "--repeat",
        type=positive,
        metavar="N",
        help="how often each case is put to a model (default: the suite's)",
    )


def _add_limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--max-cost",
        type=amount,
        metavar="X",
        help="stop before it costs more, in the currency of the profiles' prices",
    )
    parser.add_argument("--max-requests", type=positive, metavar="N", help="stop before more")
    parser.add_argument(
        "--max-tokens", type=positive, metavar="N", help="stop before more, sent and answered"
    )


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--concurrency",
        type=positive,
        metavar="N",
        help="most requests to language models at once (default: the suite's)",
    )
    parser.add_argument(
        "--workers",
        type=positive,
        metavar="N",
        help="processes for what needs no language model (default: as many as are worthwhile)",
    )
    parser.add_argument(
        "--executor", choices=["local", "dask"], default="local", help="where (default local)"
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="of the Dask cluster, such as tcp://10.0.0.5:8786"
    )


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not (key and sign):
        msg = f"{text!r} is not KEY=VALUE"
        raise argparse.ArgumentTypeError(msg)
    return key, value


def amount(text: str) -> float:
    """What may be spent, above 0.

    Raises:
        argparse.ArgumentTypeError: It is something else.
    """
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < float("inf"):
        msg = f"{text!r} is no amount; give a number above 0, such as 0.50"
        raise argparse.ArgumentTypeError(msg)
    return value
