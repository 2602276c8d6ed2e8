"""The commands: `python -m scheduler ...`, or `gearmesh schedule ...` where `add_commands` is mounted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from scheduler.changes import AnyChange
from scheduler.checker import check
from scheduler.files import FileError, parse_changes, read_instance, read_plan, schema, write, write_file
from scheduler.generate import generate
from scheduler.model import Instance
from scheduler.pairing import pairings
from scheduler.picture import html, svg
from scheduler.plan import Plan, Progress, SolveOptions, Status
from scheduler.progress import Bar
from scheduler.table import summary, table
from scheduler.words import english

Command = Callable[[argparse.Namespace], int]


@dataclass(frozen=True)
class Refused(Exception):
    """Something the person at the command line can mend."""

    message: str


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Put the commands under a parser; the one chosen is in `arguments.command`, to be given to `run`."""
    verbs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    made = verbs.add_parser("generate", help="make up an instance, on standard output")
    made.add_argument("--people", type=_count, default=500)
    made.add_argument("--departments", type=_count, default=15)
    made.add_argument("--blocks", type=_count, default=26)
    made.add_argument("--regime", choices=["host", "person"], default="host", help="what is scarce")
    made.add_argument("--seed", type=int, default=1)

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
    except FileError as error:
        for problem in error.problems:
            print(f"{problem.place}: {english(problem.reason)}", file=sys.stderr)
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
    if value <= 0:
        raise argparse.ArgumentTypeError("should be more than 0")
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


def _generate(arguments: argparse.Namespace) -> int:
    try:
        made = generate(
            people=arguments.people,
            departments=arguments.departments,
            blocks=arguments.blocks,
            regime=arguments.regime,
            seed=arguments.seed,
        )
    except ValueError as error:
        raise Refused(f"An instance {error}.") from error
    write(made, sys.stdout.buffer)
    return 0


def _solve(arguments: argparse.Namespace) -> int:
    from scheduler.solver.run import solve

    instance = read_instance(arguments.instance)
    options = SolveOptions(
        seconds=arguments.seconds,
        work=arguments.work if arguments.seconds is None else 1_000_000,
        gap=arguments.gap,
        seed=arguments.seed,
        workers=max(1, arguments.workers),
    )
    with Bar(sys.stderr, quiet=arguments.quiet, seconds=arguments.seconds) as bar:

        def heard(progress: Progress) -> None:
            bar.show(progress)

        plan = solve(instance, options, on_progress=heard, stop=bar.stop)
    _save(plan, arguments.out)
    _say(summary(plan))
    return 1 if plan.status is Status.INFEASIBLE else 0


def _check(arguments: argparse.Namespace) -> int:
    verdict = check(read_instance(arguments.instance), read_plan(arguments.plan))
    for violation in verdict.violations:
        print(english(violation))
    if verdict.ok:
        print(f"The plan keeps every rule; its score is {verdict.score:g}.")
    return 0 if verdict.ok else 1


def _explain(arguments: argparse.Namespace) -> int:
    from scheduler.whynot import explain

    instance, plan = _both(arguments)
    try:
        found = explain(instance, plan, person=arguments.person, host=arguments.host, block=arguments.block)
    except KeyError as error:
        raise Refused(f"There is no {error.args[0]} in this instance.") from error
    for each in found:
        print(f"{each.person} to {each.host} in {each.block}:")
        _say(f"  {english(reason)}" for reason in each.reasons)
        for number, changes in enumerate(each.changes, 1):
            print(f"  {'it would be possible' if number == 1 else 'or'} with: {'; '.join(map(_in_words, changes))}")
    return 0


def _replan(arguments: argparse.Namespace) -> int:
    from scheduler.replanning import changed_instance, replan

    instance, plan = _both(arguments)
    changes = _changes(arguments.changes, instance)
    new = replan(instance, plan, changes)
    if arguments.instance_out:
        write_file(changed_instance(instance, plan, changes), arguments.instance_out)
    if arguments.out:
        _save(new, arguments.out)
        _say(summary(new))
        before = {(v.person, v.host, v.block) for v in plan.visits}
        after = {(v.person, v.host, v.block) for v in new.visits}
        print(f"{len(before - after)} visits went, {len(after - before)} came, {len(before & after)} stay")
    else:
        write(new, sys.stdout.buffer)
    return 1 if new.status is Status.INFEASIBLE else 0


def _whatif(arguments: argparse.Namespace) -> int:
    from scheduler.whatif import WhatIf

    instance = read_instance(arguments.instance)
    try:
        asked = WhatIf(instance)
    except ValueError as error:
        raise Refused(f"{error}.".capitalize()) from error
    print(f"No plan exceeds {asked.bound:g}.")
    if arguments.changes:
        answer = asked.ask(_changes(arguments.changes, instance))
        print(f"After the changes none exceeds {answer.after:g}: {answer.after - answer.before:+g}.")
    for price in asked.prices():
        print(f"  {price.department}, {price.block}: one more seat {price.seat:g}, one less staff {price.staff:g}")
    return 0


def _show(arguments: argparse.Namespace) -> int:
    plan = read_plan(arguments.plan)
    instance = read_instance(arguments.instance) if arguments.instance else None
    if arguments.format == "table":
        _say([*summary(plan), *table(plan, instance)])
    elif arguments.format == "pairings":
        if instance is None:
            raise Refused("Pairings need --instance.")
        for pair in pairings(instance, plan):
            planned, before = (" and ".join(map(str, counts)) for counts in (pair.planned, pair.seen_before))
            print(
                f"{pair.provider} and {pair.customer}: weight {pair.weight:g}; planned {planned}, before {before}; "
                f"{', '.join(pair.blocks) or 'no block'}"
            )
    else:
        sys.stdout.write((svg if arguments.format == "svg" else html)(plan, instance))
    return 0


def _schema(arguments: argparse.Namespace) -> int:
    kinds = {"instance": Instance, "plan": Plan, "changes": list[AnyChange]}
    print(msgspec.json.format(msgspec.json.encode(schema(kinds[arguments.what]))).decode())
    return 0


def _both(arguments: argparse.Namespace) -> tuple[Instance, Plan]:
    instance, plan = read_instance(arguments.instance), read_plan(arguments.plan)
    verdict = check(instance, plan)
    if any(violation.code.startswith("unknown_") for violation in verdict.violations):
        raise Refused(f"The plan does not belong to the instance: {english(verdict.violations[0])}.")
    return instance, plan


def _changes(path: Path, instance: Instance) -> list[AnyChange]:
    try:
        return parse_changes(path.read_bytes(), instance)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error


def _in_words(change: AnyChange) -> str:
    fields = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not None}
    about = ", ".join(
        f"{name} {' '.join(value) if isinstance(value, tuple) else value}" for name, value in fields.items()
    )
    name = str(change.__struct_config__.tag).replace("_", " ")
    return f"{name} ({about})" if about else name


def _save(plan: Plan, path: Path) -> None:
    try:
        write_file(plan, path)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.") from error


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


COMMANDS: dict[str, Command] = {
    "generate": _generate,
    "solve": _solve,
    "check": _check,
    "explain": _explain,
    "replan": _replan,
    "whatif": _whatif,
    "show": _show,
    "schema": _schema,
}
