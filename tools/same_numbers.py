"""Whether another version of the program gives the same numbers, to the last bit.

``python tools/same_numbers.py record FILE`` runs the commands below and keeps what they print;
``compare FILE`` runs them again and names every number that differs. Meant for changes that must
not change a number: record before the first one, compare after each. The numbers themselves are
not kept in the project: they belong to one machine and its libraries.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_FORECAST = "stocks forecast --epochs 3 --split 2012-09-04 --train data/prices/"
COMMANDS = (
    "cells verify",
    "names train --iterations 400 --report-every 50",
    "names train --recipe fast --epochs 2 --report-every 10",
    "names train --recipe fast --cell lstm --epochs 1 --report-every 10",
    "names evaluate --seeds 1 --iterations 200 --samples 50",
    f"{_FORECAST}AAPL.csv --preset sound",
    f"{_FORECAST}IBM.csv --preset sound --engine keras",
    f"{_FORECAST}MSFT.csv",
    "stocks walk data/prices/IBM.csv --preset sound --every 200 --epochs 2",
    "stocks search --preset sound --try units=4,8 --folds 2 --epochs 2",
    "stocks lies --preset sound --lie smooth --epochs 2",
    "stocks read data/prices/GOOG.csv",
)
_CLOCKS = ("second", "version", "path", "file", "time")
"""Parts of names whose values may differ between two runs."""


def run(command: str) -> Any:
    """The JSON that the command prints, without what depends on the clock."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-m", "rnnstudio", *command.split(), "--json"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT), "HOME": home},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.exit(f"{command}: {done.stderr[-500:]}")
    return json.loads(done.stdout)


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of nested JSON with its place in it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not any(part in key for part in _CLOCKS):
                yield from leaves(inner, f"{name}.{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, f"{name}[{place}]")
    else:
        yield name, value


def differences(before: Any, now: Any) -> list[str]:
    """The places at which two results differ; sentences may, numbers may not."""
    old, new = dict(leaves(before)), dict(leaves(now))
    found = [f"{name}: missing" for name in old.keys() - new.keys()]
    for name in old.keys() & new.keys():
        words = isinstance(old[name], str) and isinstance(new[name], str)
        if old[name] != new[name] and not words:
            found.append(f"{name}: {old[name]!r} became {new[name]!r}")
    return sorted(found)


def main(arguments: list[str]) -> int:
    """Record or compare; 1 where a number differs."""
    if len(arguments) != 2 or arguments[0] not in ("record", "compare"):
        print("Usage: python tools/same_numbers.py record | compare FILE")
        return 2
    results = {command: run(command) for command in COMMANDS}
    file = Path(arguments[1])
    if arguments[0] == "record":
        file.write_text(json.dumps(results), encoding="utf-8")
        return 0
    recorded = json.loads(file.read_text(encoding="utf-8"))
    found = 0
    for command, result in results.items():
        for line in differences(recorded[command], result):
            print(f"{command}: {line}")
            found += 1
    counted = sum(1 for _ in leaves(results))
    print(f"{counted} values compared, {found} differ.")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
