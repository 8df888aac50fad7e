"""Kills a process at random moments of saving, and looks at what it leaves.

``python -m benchmarks.fault_injection.saving FIRST COUNT`` does so for so many seeds, each with a
process of its own that saves one version of a session after the other, and reports.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import NoReturn

from benchmarks.children import emit, first_line
from benchmarks.fault_injection.documents import session
from rnnstudio.core.errors import UserError
from rnnstudio.core.session.backups import backups_of
from rnnstudio.core.session.kept_names import NamesWork
from rnnstudio.core.session.recovery import Recovery, left_over
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import open_session, saving_job, session_document
from rnnstudio.core.training import Control

_FILE = Path("lesson.rnnstudio")
_LONGEST = 0.2
"""Seconds between the first version that is saved and the kill, at most: some twenty versions."""


@dataclass
class SavingKills:
    """What became of the sessions: ``lost`` names each that was not there, whole, after a kill.

    ``torn`` counts the kills within a write, whose half-written file stood beside the whole one;
    ``litter`` what the save after the kill left of it.
    """

    kills: int = 0
    lost: list[str] = field(default_factory=list)
    torn: int = 0
    litter: list[str] = field(default_factory=list)


def kill_while_saving(kills: int, first: int = 0) -> SavingKills:
    """Kill so many processes that save a session, in its file and as unsaved work by turns."""
    _, said = first_line("benchmarks.fault_injection.saving", str(first), str(kills))
    return SavingKills(**said)


def _kill_one(seed: int, found: SavingKills) -> None:
    folder, draw = Path(tempfile.mkdtemp()), Random(seed)
    save, look = ((_save, _look_at_file), (_keep, _look_at_recovery))[seed % 2]
    try:
        last = _killed(save, folder, draw.uniform(0, _LONGEST))
        found.kills += 1
        found.torn += bool(list(folder.glob(".*.part")))
        found.lost += [f"seed {seed}: {what}" for what in look(folder, last)]
        found.litter += [f"seed {seed}: {what}" for what in _left_behind(seed, folder)]
    finally:
        shutil.rmtree(folder)


def _killed(save: Callable[[Path], Callable[[int], None]], folder: Path, seconds: float) -> int:
    """Let a process save versions 1, 2, ... and kill it; the last version that it reported."""
    reader, writer = os.pipe()
    process = os.fork()
    if not process:
        _save_on_and_on(save(folder), writer)
    os.close(writer)
    with os.fdopen(reader) as reports:
        first = reports.readline()
        time.sleep(seconds)
        os.kill(process, signal.SIGKILL)
        rest = reports.read().splitlines()
    os.waitpid(process, 0)
    return int(rest[-1] if rest else first)


def _save_on_and_on(save: Callable[[int], None], writer: int) -> NoReturn:
    try:
        for number in count(1):
            save(number)
            os.write(writer, f"{number}\n".encode())
    finally:
        os._exit(1)


def _save(folder: Path) -> Callable[[int], None]:
    return lambda number: [*saving_job(folder / _FILE, version(number), Control())].clear()


def _keep(folder: Path) -> Callable[[int], None]:
    recovery = Recovery(folder)
    return lambda number: recovery.keep(version(number), _FILE)


def version(number: int) -> Session:
    """The session in its version of that number."""
    names = replace(_names(), clipping=(str(number), "0.1"))
    return replace(session(), names=names)


@cache
def _names() -> NamesWork:
    names = session().names
    if names is None:
        raise AssertionError("the session has no names")
    return names


def version_in(path: Path) -> int:
    """Which version is in the file; raises UserError if none can be opened."""
    names = open_session(path).names
    return 0 if names is None else int(names.clipping[0])


def _look_at_file(folder: Path, last: int) -> list[str]:
    """What is wrong: version ``last`` or the next is in the file, older ones in the backups."""
    try:
        number = version_in(folder / _FILE)
        older = [version_in(path) for path in backups_of(folder / _FILE) if path.exists()]
    except UserError as error:
        return [str(error)]
    if number not in (last, last + 1):
        return [f"version {number} was found and {last} saved"]
    if older != sorted(older, reverse=True) or not set(older) <= set(range(number - 2, number + 1)):
        return [f"versions {older} are kept before {number}"]
    return []


def _look_at_recovery(folder: Path, last: int) -> list[str]:
    """What is wrong: version ``last`` or the next is offered, with the file that it belongs to."""
    try:
        found = [(version_in(each.path), each.file) for each in left_over(folder)]
    except UserError as error:
        return [str(error)]
    right = found in ([(last, _FILE)], [(last + 1, _FILE)])
    return [] if right else [f"{found} was offered and {last} kept"]


def _left_behind(seed: int, folder: Path) -> list[str]:
    """What stays after the next save, or once the unsaved work is thrown away."""
    wanted = {_FILE.name, *(path.name for path in backups_of(_FILE))}
    if seed % 2:
        wanted = set()
        for each in left_over(folder):
            each.remove()
    else:
        _save(folder)(0)
    return sorted({path.name for path in folder.iterdir()} - wanted)


def main(arguments: Sequence[str]) -> None:
    """Kill the processes of so many seeds and report."""
    first, kills = map(int, arguments)
    session_document(version(0), _FILE)  # its networks are packed once, for all of them
    found = SavingKills()
    for seed in range(first, first + kills):
        _kill_one(seed, found)
    emit(**asdict(found))


if __name__ == "__main__":
    main(sys.argv[1:])
