"""Kills the running application while somebody works in it, and looks at what comes back.

``python -m benchmarks.fault_injection.working FOLDER FILE`` is the start after the kill: it looks
for unsaved work below FOLDER and into FILE, and prints what it finds.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.children import ROOT, emit
from rnnstudio.core.errors import UserError
from rnnstudio.core.session.recovery import left_over
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import open_session

LONGEST = 40.0
"""Seconds of work before the kill, at most: longer than work may be gone."""
_AT_ONCE = 10
_OLDEST = 30.0
"""Seconds of work that may be gone."""
_HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TMPDIR")


@dataclass
class WorkingKills:
    """What became of the work: ``lost`` names what should have come back and did not.

    ``changes`` counts all that were made, ``kept`` the kills after which there was work to open.
    ``oldest_s`` is the most seconds from the newest state that came back to the kill; where none
    was kept yet, from the start.
    """

    kills: int = 0
    changes: int = 0
    kept: int = 0
    lost: list[str] = field(default_factory=list)
    oldest_s: float = 0.0


def values_of(session: Session) -> dict[str, Any]:
    """What tells one state of the work from another, in all tabs."""
    scene, names, stocks = session.inspector.side.scene, session.names, session.stocks
    return {
        "tab": session.tab,
        "x": float(scene.x[0, 0, 0]),
        "interventions": repr(scene.interventions),
        "fault": None if scene.fault is None else scene.fault.name,
        "seed": session.inspector.spec.seed,
        "names": names
        and [asdict(names.spec), names.sampling.count, *(each.step for each in names.runs)],
        "stocks": stocks and [asdict(stocks.spec), stocks.view.page],
    }


def kill_while_working(kills: int) -> WorkingKills:
    """Kill so many windows, several at a time, each at a random moment of its work."""
    found = WorkingKills()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for each in pool.map(_kill_some_time, range(kills)):
            found.kills += each.kills
            found.changes += each.changes
            found.kept += each.kept
            found.lost += each.lost
            found.oldest_s = max(found.oldest_s, each.oldest_s)
    return found


def _kill_some_time(seed: int) -> WorkingKills:
    return kill_after(Random(seed).uniform(0, LONGEST), seed)


def kill_after(seconds: float, seed: int = 0, within_ms: int | None = None) -> WorkingKills:
    """Kill one window after so many seconds of work drawn by ``seed``.

    ``within_ms``: so long after a change it is kept; None: as long as in the application.
    """
    folder = Path(tempfile.mkdtemp())
    file = folder / "lesson.rnnstudio"
    try:
        reports, killed = _work(seed, folder, file, seconds, within_ms)
        found = _found(folder, file)
        newest, wrong = _newest(reports, found)
        age = killed - reports[newest]["when"]
        if age > _OLDEST:
            wrong.append(f"what came back was {age:.1f} s old")
        lost = [f"seed {seed}: {each}" for each in wrong]
        return WorkingKills(1, len(reports), int(bool(found)), lost, age)
    finally:
        shutil.rmtree(folder)


def _work(
    seed: int, folder: Path, file: Path, seconds: float, within_ms: int | None
) -> tuple[list[dict[str, Any]], float]:
    """Let a window be worked in and kill it; what it reported, and when it was killed."""
    command = [
        *(sys.executable, "-m", "benchmarks.fault_injection.working_child"),
        *(str(seed), str(file), str(within_ms or "")),
    ]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        **dict.fromkeys(_HOMES, str(folder)),
    }
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        begun = child.stdout.readline() if child.stdout else ""
        time.sleep(seconds)
        killed = time.time()
        child.kill()
        said, complaint = child.communicate()
    whole = [line for line in (begun + said).splitlines(keepends=True) if line.endswith("\n")]
    if not whole:
        raise RuntimeError(f"the window did not start: {complaint}")
    return [json.loads(line) for line in whole], killed


def _found(folder: Path, file: Path) -> list[Any]:
    """What a start after the kill finds, in a process of its own."""
    command = [
        *(sys.executable, "-m", "benchmarks.fault_injection.working"),
        *(str(folder), str(file)),
    ]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: list[Any] = json.loads(done.stdout)["found"]
    return found


def _newest(reports: Sequence[Mapping[str, Any]], found: Sequence[Any]) -> tuple[int, list[str]]:
    """The place of the newest reported state that came back, and what is wrong.

    A start that finds nothing shows the first one.
    """
    newest, wrong = 0, []
    for each in (reports[0]["values"], *found):
        places = [at for at, report in enumerate(reports) if report["values"] == each]
        if places:
            newest = max(newest, places[-1])
        else:
            wrong.append(f"what was never there came back: {each}")
    return newest, wrong


def main(arguments: Sequence[str]) -> None:
    """Look for unsaved work and into the file."""
    folder, file = map(Path, arguments)
    paths = [each.path for kept in folder.rglob("recovery") for each in left_over(kept)]
    if file.exists():
        paths.append(file)
    found: list[Any] = []
    for path in paths:
        try:
            found.append(values_of(open_session(path)))
        except UserError as error:
            found.append(str(error))
    emit(found=found)


if __name__ == "__main__":
    main(sys.argv[1:])
