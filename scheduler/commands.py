"""What the commands do: each takes its arguments and returns an exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from scheduler.changes import AnyChange
from scheduler.checker import check
from scheduler.files import parse_changes, read_instance, read_plan, schema, write, write_file
from scheduler.generate import generate
from scheduler.model import Instance
from scheduler.pairing import pairings
from scheduler.picture import html, svg
from scheduler.plan import Plan, SolveOptions, Status
from scheduler.progress import Bar
from scheduler.table import summary, table
from scheduler.validate import InstanceError
from scheduler.words import english

Command = Callable[[argparse.Namespace], int]


@dataclass(frozen=True)
class Refused(Exception):
    """Something the person at the command line can mend."""

    message: str


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
    options = SolveOptions(
        seconds=arguments.seconds,
        work=arguments.work if arguments.seconds is None else 1_000_000,
        gap=arguments.gap,
        seed=arguments.seed,
        workers=arguments.workers,
    )
    instance = read_instance(arguments.instance)
    with Bar(sys.stderr, quiet=arguments.quiet, seconds=arguments.seconds) as bar:
        from scheduler.solver.run import solve  # takes a second, in which Ctrl-C is heard already

        plan = solve(instance, options, on_progress=bar.show, stop=bar.stop)
    if plan.status is Status.STOPPED and not plan.terms:
        print("Stopped before there was a plan; nothing was written.", file=sys.stderr)
        return 130
    _save(plan, arguments.out)
    _say(summary(plan))
    status = 1 if plan.status in (Status.INFEASIBLE, Status.UNKNOWN) else 0
    if bar.stop.stopped:
        # Whoever pressed Ctrl-C does not wait for what solvers still compute; they abort a program that ends otherwise.
        sys.stdout.flush()
        os._exit(status)
    return status


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
    for kind, name, known in (
        ("person", arguments.person, {person.id for person in instance.people}),
        ("department", arguments.host, {department.id for department in instance.departments}),
        ("block", arguments.block, {block.id for block in instance.blocks} | {None}),
    ):
        if name not in known:
            raise Refused(f"There is no {kind} {name} in this instance.")
    found = explain(instance, plan, person=arguments.person, host=arguments.host, block=arguments.block)
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
        answer = asked.ask(_changes(arguments.changes, instance)) if arguments.changes else None
    except ValueError as error:
        if isinstance(error, InstanceError):
            raise
        raise Refused(f"{error}.".capitalize()) from error
    print(f"No plan exceeds {asked.bound:g}.")
    if answer:
        print(f"After the changes none exceeds {answer.after:g}: {answer.after - answer.before:+g}.")
    for price in asked.prices():
        print(f"  {price.department}, {price.block}: one more seat {price.seat:g}, one less staff {price.staff:g}")
    return 0


def _show(arguments: argparse.Namespace) -> int:
    plan, instance = read_plan(arguments.plan), None
    if arguments.instance:
        instance, plan = _both(arguments)
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
