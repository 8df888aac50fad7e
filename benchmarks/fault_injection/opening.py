"""Opens files that were changed: nothing in them may be run, and each is read or refused.

``python -m benchmarks.fault_injection.opening FIRST COUNT`` opens the files of so many seeds in a
process of its own, which a file can hang or break, and prints what became of them.
"""

from __future__ import annotations

import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.children import ROOT, emit, first_line
from benchmarks.fault_injection.documents import kinds, whole
from benchmarks.fault_injection.mutations import mutation
from rnnstudio.core.errors import UserError

MOST_LETTERS = 450
"""Of a sentence that a person reads."""
_AT_ONCE = 500
_LIBRARIES = (
    *{sysconfig.get_paths()[name] for name in ("stdlib", "purelib", "platlib")},
    str(ROOT),
)
_RUNS = ("os.system", "os.exec", "os.posix_spawn", "subprocess.Popen", "pickle.find_class")
"""Events of Python's audit that say that a file got something run."""


@dataclass
class Opened:
    """What became of the files: ``escaped`` names those that did not end as they should.

    ``slowest_s`` is the processor's time that one of them took at most: a busy machine does not
    make it longer. ``peak_mb`` is the memory that opening one after another took beyond what the
    application takes, the most of any process that opened them.
    """

    mutations: int = 0
    read: int = 0
    refused: int = 0
    escaped: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    slowest: str = ""
    peak_mb: float = 0.0

    def add(self, other: Opened) -> None:
        """Count what became of others too."""
        if other.slowest_s > self.slowest_s:
            self.slowest_s, self.slowest = other.slowest_s, other.slowest
        self.mutations += other.mutations
        self.read += other.read
        self.refused += other.refused
        self.escaped += other.escaped
        self.peak_mb = max(self.peak_mb, other.peak_mb)


def open_mutations(count: int, first: int = 0) -> Opened:
    """Open the files of ``count`` seeds from ``first`` on, in two processes at a time."""
    found = Opened()
    starts = range(first, first + count, _AT_ONCE)
    with ThreadPoolExecutor(2) as pool:
        for each in pool.map(lambda at: _in_a_child(at, min(_AT_ONCE, first + count - at)), starts):
            found.add(each)
    return found


def _in_a_child(first: int, count: int) -> Opened:
    try:
        _, said = first_line("benchmarks.fault_injection.opening", str(first), str(count))
    except RuntimeError as error:  # a file has ended the process
        return Opened(mutations=count, escaped=[f"seeds {first} to {first + count - 1}: {error}"])
    return Opened(**said)


class _Audit:
    """Notes what is run, but for the libraries themselves when they are imported."""

    def __init__(self) -> None:
        self.noted: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _RUNS:
            self.noted.append(f"{event} {arguments[0]!r}")
        elif event == "exec":
            file = arguments[0].co_filename
            if not file.startswith(_LIBRARIES):
                self.noted.append(f"exec {file}")


def open_here(seeds: Sequence[int], folder: Path) -> Opened:
    """Open the files of the seeds in this process, one after the other."""
    opens = {name: kind.open for name, kind in kinds().items()}
    path = folder / "a.rnnstudio"
    for name, opener in opens.items():  # all that is imported late is there
        path.write_bytes(whole(name))
        opener(path)
    audit, before, found = _Audit(), _most_memory(), Opened(mutations=len(seeds))
    for seed in seeds:
        kind, data = mutation(seed)
        path.write_bytes(data)
        audit.noted.clear()
        start = time.process_time()
        outcome = _outcome(opens[kind], path)
        seconds = time.process_time() - start
        for wrong in (*audit.noted, *([] if outcome in ("read", "refused") else [outcome])):
            found.escaped.append(f"seed {seed}, {kind}: {wrong}")
        found.read += outcome == "read"
        found.refused += outcome == "refused"
        if seconds > found.slowest_s:
            found.slowest_s, found.slowest = seconds, f"seed {seed}, {kind}"
    found.peak_mb = _most_memory() - before
    return found


def _outcome(opener: Any, path: Path) -> str:
    """``read``, ``refused``, or what came instead of a sentence."""
    try:
        opener(path)
    except UserError as error:
        sentence = str(error)
        if "\n" in sentence or len(sentence) >= MOST_LETTERS:
            return f"a sentence of {len(sentence)} letters: {sentence[:100]!r}"
        return "refused"
    except BaseException as error:
        return f"{type(error).__name__}: {str(error)[:100]}"
    return "read"


def _most_memory() -> float:
    """The most megabytes that this process ever had."""
    import resource

    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / (2**20 if sys.platform == "darwin" else 2**10)


def main(arguments: Sequence[str]) -> None:
    """Open the files of so many seeds and report."""
    first, count = map(int, arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = open_here(range(first, first + count), Path(folder))
    emit(**asdict(found))


if __name__ == "__main__":
    main(sys.argv[1:])
