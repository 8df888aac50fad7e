"""Where a network was trained: the versions and the machine that its last bits depend on."""

from __future__ import annotations

import platform
import sys
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from rnnstudio import __version__
from rnnstudio.core.engine.threads import matrix_library

TENSORFLOW = "tensorflow" if sys.platform == "darwin" else "tensorflow-cpu"
"""The distribution that holds TensorFlow."""
_LONGEST = 200


@dataclass(frozen=True)
class Environment:
    """The versions, the processor, and the library of matrix products with its threads.

    ``kernel`` is the kind of processor that the library computes for. ``keras`` and ``tensorflow``
    are empty where NumPy trained. Raises ValueError where a text is none of one short line.
    """

    rnnstudio: str
    python: str
    system: str
    processor: str
    numpy: str
    blas: str
    kernel: str
    threads: int
    keras: str = ""
    tensorflow: str = ""

    def __post_init__(self) -> None:
        for text in astuple(self):
            if isinstance(text, str) and not (len(text) <= _LONGEST and text.isprintable()):
                raise ValueError("no name and no version")

    def differences(self, other: Environment) -> dict[str, tuple[str, str]]:
        """What is here and there, by the name of each field in which they differ."""
        pairs = {
            each.name: (str(getattr(self, each.name)), str(getattr(other, each.name)))
            for each in fields(self)
        }
        return {name: (here, there) for name, (here, there) in pairs.items() if here != there}


@cache
def environment(*, keras: bool = False) -> Environment:
    """That of this process, and of a training that Keras does for it."""
    library = matrix_library()
    return Environment(
        rnnstudio=__version__,
        python=platform.python_version(),
        system=_line(f"{platform.system()} {platform.machine()}"),
        processor=_line(_processor()),
        numpy=np.__version__,
        blas=_line(f"{library.get('internal_api', '')} {library.get('version', '')}"),
        kernel=_line(str(library.get("architecture", ""))),
        threads=int(library.get("num_threads", 0)),
        keras=_version("keras") if keras else "",
        tensorflow=_version(TENSORFLOW) if keras else "",
    )


def _version(distribution: str) -> str:
    """The version that is installed; empty where there is none, and a file is only compared."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    """The processor's name; Linux says it in a file alone."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2] for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def _line(text: str) -> str:
    return "".join(filter(str.isprintable, text)).strip()[:_LONGEST]
