"""``python -m benchmarks [NAME] [--json]``: measure one, or all one after the other."""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.report import Report, to_json, write
from benchmarks.surroundings import surroundings
from benchmarks.table import render
from benchmarks.timing import say

NAMES = (
    "share",
    "stacked",
    "dinosaurs",
    "growth",
    "window",
    "frames",
    "saving",
    "start",
    "inspector",
    "reading",
    "replay",
    "scale",
    "faults",
    "journeys",
    "verdict",
)


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for; 0, or the status of the first benchmark that failed."""
    options = make_parser().parse_args(arguments)
    if options.name is None:
        return run_all(as_json=options.json)
    result = run(options.name)
    say(f"{options.name}: written to {write(result)}")
    print(json.dumps(result, indent=2, allow_nan=False) if options.json else render(result))
    return 0


def make_parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure speed, side by side, and what faults do. Results also go to "
        "build/benchmarks/NAME.json.",
    )
    parser.add_argument(
        "name", nargs="?", choices=NAMES, help="which to measure (default: all, one by one)"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print one JSON object and nothing else (default: a table)",
    )
    return parser


def run(name: str) -> dict[str, Any]:
    """Measure one benchmark in this process."""
    # Imported late: one benchmark's libraries must not be in another one's process.
    measured: Report = importlib.import_module(f"benchmarks.{name}").measure()
    return to_json(name, measured, surroundings())


def run_all(*, as_json: bool) -> int:
    """Measure each in a process of its own, so that none has another's threads."""
    results = {}
    for name in NAMES:
        command = [sys.executable, "-m", "benchmarks", name, "--json"]
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            say(f"The benchmark {name} failed.")
            return done.returncode
        results[name] = json.loads(done.stdout)
        if not as_json:
            print(render(results[name]) + "\n", flush=True)
    if as_json:
        print(json.dumps(results, indent=2, allow_nan=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
