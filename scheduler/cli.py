"""The commands: `python -m scheduler ...`, or `gearmesh schedule ...` where `add_commands` is mounted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scheduler.commands import COMMANDS, Refused
from scheduler.plan import SolveOptions
from scheduler.validate import InstanceError
from scheduler.words import english, printable

_LONGEST: Final = 366 * 86_400.0  # seconds


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Put the commands under a parser; the one chosen is in `arguments.command`, to be given to `run`."""
    verbs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    made = verbs.add_parser("generate", help="make up an instance, on standard output")
    made.add_argument("--people", type=_count, default=500)
    made.add_argument("--departments", type=_count, default=15)
    made.add_argument("--blocks", type=_count, default=26)
    made.add_argument("--regime", choices=["host", "person"], default="host", help="what is scarce")
    made.add_argument("--seed", type=_count, default=1)

    solved = verbs.add_parser("solve", help="plan the visits of an instance")
    _files(solved, "instance")
    solved.add_argument("--out", type=Path, required=True, metavar="PLAN", help="where the plan goes")
    _options(solved)

    checked = verbs.add_parser("check", help="judge a plan; exit status 1 if it breaks a rule")
    _files(checked, "instance", "plan")

    why = verbs.add_parser("explain", help="why a visit is not in a plan, and what would have to change")
    _files(why, "instance", "plan")
    why.add_argument("--person", required=True, metavar="P")
    why.add_argument("--host", required=True, metavar="D")
    why.add_argument("--block", metavar="T", help="default: every block")

    again = verbs.add_parser("replan", help="after absences, declines or new people: change as little as can be")
    _files(again, "instance", "plan")
    again.add_argument("--changes", type=Path, required=True, metavar="FILE")
    again.add_argument("--out", type=Path, metavar="PLAN", help="where the new plan goes (default: standard output)")
    again.add_argument("--instance-out", type=Path, metavar="FILE", help="where the changed instance goes")

    asked = verbs.add_parser("whatif", help="what changes would do to the bound, and what seats and staff are worth")
    _files(asked, "instance")
    asked.add_argument("--changes", type=Path, metavar="FILE", help="default: only the prices")

    shown = verbs.add_parser("show", help="a plan as a table, or as a picture")
    _files(shown, "plan")
    shown.add_argument("--instance", type=Path, metavar="FILE", help="for names, homes, dates and pairings")
    shown.add_argument("--format", choices=["table", "svg", "html", "pairings"], default="table")

    described = verbs.add_parser("schema", help="print the JSON Schema of a file")
    described.add_argument("what", choices=["instance", "plan", "changes"])


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command; returns its exit status. What is wrong with a file is said, not thrown."""
    try:
        return COMMANDS[arguments.command](arguments)
    except InstanceError as error:
        for problem in error.problems:
            print(f"{printable(problem.place)}: {english(problem.reason)}", file=sys.stderr)
        return 2
    except Refused as error:
        print(error.message, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0


def main(argv: Sequence[str] | None = None, *, prog: str = "python -m scheduler") -> int:
    """`python -m scheduler`, or another command that hands its arguments over."""
    parser = argparse.ArgumentParser(prog=prog, description="Plans job swaps with a proven bound.")
    add_commands(parser)
    try:
        return run(parser.parse_args(argv))
    except KeyboardInterrupt:
        return 130


def _files(parser: argparse.ArgumentParser, *names: str) -> None:
    for name in names:
        parser.add_argument(name, type=Path, metavar=name.upper())


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=_positive, metavar="S", help="stop after so long (default: only work counts)")
    parser.add_argument("--work", type=_count, default=SolveOptions().work, help="rounds of improvement at most")
    parser.add_argument("--gap", type=_fraction, default=0.0, metavar="G", help="stop at this gap, like 0.01")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--workers", type=_count, default=1, metavar="N", help="threads")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError("should be a whole number")
    return int(text)


def _positive(text: str) -> float:
    value = _number(text)
    if not 0 < value <= _LONGEST:
        raise argparse.ArgumentTypeError("should be more than 0, and at most a year")
    return value


def _fraction(text: str) -> float:
    value = _number(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError("should be from 0 to 1")
    return value


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError("should be a number") from None
