"""python -m tests.benchmarks [feed] [writes] [points] [engine] [news] [rotations]: ratios of one run. See README.md."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks import engine, feed, news, points, rotations, writes
from tests.benchmarks.hospital import Hospital, Kind

KINDS: tuple[Kind, ...] = ("sqlite", "postgres")


def main() -> None:
    """Measure what is asked for, everything by default."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "what", nargs="*", choices=[[], "feed", "writes", "points", "engine", "news", "rotations"], help="default: all"
    )
    parser.add_argument("--quick", action="store_true", help="a small hospital and short rounds: does it still run?")
    parser.add_argument("--rounds", type=int, default=0, help="rounds of each pair (default: 7, 1 with --quick)")
    parser.add_argument("--database", choices=KINDS, help="only this one")
    parser.add_argument("--only", default="", help="only the variants of the feed with this in their name")
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--kudos", type=int, default=100_000)
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(tempfile.gettempdir()) / "gearmesh-benchmarks",
        help="where the hospital is kept between runs; on the disk whose fsync counts (default: %(default)s)",
    )
    chosen = parser.parse_args()
    rounds = chosen.rounds or (1 if chosen.quick else 7)
    people, kudos = (300, 3_000) if chosen.quick else (chosen.people, chosen.kudos)
    hospital = Hospital(chosen.data.resolve(), people, kudos)
    kinds: tuple[Kind, ...] = (chosen.database,) if chosen.database else KINDS
    what = chosen.what or ["feed", "writes", "points", "engine", "news", "rotations"]
    if "feed" in what:
        feed.run(hospital, kinds, quick=chosen.quick, rounds=rounds, only=chosen.only)
    if "writes" in what:
        writes.run(hospital, kinds, quick=chosen.quick, rounds=rounds)
    if "points" in what:
        points.run(hospital, kinds, quick=chosen.quick, rounds=rounds)
    if "news" in what:
        news.run(hospital, kinds, quick=chosen.quick, rounds=rounds)
    if "rotations" in what:
        rotations.run(hospital, kinds, quick=chosen.quick, rounds=min(rounds, 3))
    if "engine" in what and "sqlite" in kinds:
        engine.run(hospital, quick=chosen.quick, rounds=rounds)


if __name__ == "__main__":
    main()
