"""Makes the virtual environments that the Makefile uses, and nothing that is made already.

``python tools/setup.py NAME`` with one of the names in ``ENVIRONMENTS``, or with ``system`` for
nothing but the system's libraries. Needs only the standard library of Python 3.11, 3.12 or 3.13.
An environment is made anew when its interpreter does not run any more, and filled again when
pyproject.toml, constraints.txt or what goes into it changed.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Environment:
    """A virtual environment: its folder, what pip installs into it, and whether Qt runs there."""

    folder: str
    packages: tuple[str, ...]
    qt: bool = True


_CORE_LIBRARIES = (
    "babel",
    "h5py",
    "jinja2",
    "msgspec",
    "numpy",
    "pandas",
    "scikit-learn",
    "threadpoolctl",
    "tqdm",
)
_CORE_TEST_TOOLS = ("pytest", "pytest-randomly", "pytest-timeout", "hypothesis")
ENVIRONMENTS = {
    "app": Environment(".venv", ("--editable", ".[test]")),
    "bench": Environment(".venv", ("--editable", ".[test,bench]")),
    "core": Environment(
        ".venv-core",
        (*_CORE_LIBRARIES, *_CORE_TEST_TOOLS),
        qt=False,
    ),
    "package": Environment(".venv-package", ("--editable", ".[package]")),
}

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""The system libraries that Qt loads on Linux, each with the Debian package that holds it."""

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def main(arguments: Sequence[str]) -> int:
    """Make the named environment; 0 when it stands, 1 with a sentence when it cannot."""
    names = (*ENVIRONMENTS, "system")
    if len(arguments) != 1 or arguments[0] not in names:
        say(f"Usage: python tools/setup.py {' | '.join(names)}")
        return 2
    environment = ENVIRONMENTS.get(arguments[0])
    try:
        if environment is not None:
            make(environment)
        if environment is None or environment.qt:
            need(missing_for_qt(), "Qt")
    except subprocess.CalledProcessError as error:
        say(f"This command failed: {' '.join(map(str, error.cmd))}")
        return 1
    return 0


def make(environment: Environment) -> None:
    """Create and fill the environment, unless it stands as it should."""
    folder = ROOT / environment.folder
    python = python_of(folder)
    if not runs(python):
        say(f"Making {environment.folder} with Python {sys.version.split()[0]}.")
        need(missing_for_venv(), "making a virtual environment")
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    # One stamp for each set of packages: benchmarks only add to what the application needs.
    stamp, wanted = folder / f".installed-{digest(environment.packages)}", digest(inputs())
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    say(f"Installing into {environment.folder} (a few minutes the first time).")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    constraints = ["--constraint", "constraints.txt"]
    subprocess.run([*pip, *constraints, *environment.packages], cwd=ROOT, check=True)
    stamp.write_text(wanted)


def python_of(folder: Path) -> Path:
    """The interpreter of the virtual environment in ``folder``."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def runs(python: Path) -> bool:
    """Whether the interpreter is there and of a version that the project supports."""
    check = "import pip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
    try:
        return (
            subprocess.run([python, "-c", check], check=False, capture_output=True).returncode == 0
        )
    except OSError:
        return False


def inputs() -> tuple[str, ...]:
    """What decides which versions are installed."""
    return tuple((ROOT / name).read_text("utf-8") for name in ("pyproject.toml", "constraints.txt"))


def digest(texts: Sequence[str]) -> str:
    """A short name for these texts in this order."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def missing_for_venv() -> list[str]:
    """The Debian packages without which this Python cannot make a virtual environment."""
    modules = ("venv", "ensurepip")
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    found = all(importlib.util.find_spec(module) for module in modules)
    return [] if found else [f"python{version}-venv"]


def missing_for_qt() -> list[str]:
    """The Debian packages whose libraries or fonts Qt would not find on this system."""
    if not sys.platform.startswith("linux"):
        return []
    packages = [package for name, package in QT_LIBRARIES.items() if not loads(name)]
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    if not any(next(folder.rglob("*.[ot]t[fc]"), None) for folder in folders):
        packages.append("fonts-dejavu-core")
    return packages


def loads(library: str) -> bool:
    """Whether the system has this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def need(packages: list[str], purpose: str) -> None:
    """Install the missing Debian packages as root on Debian; elsewhere say which are missing."""
    if not packages:
        return
    names = " ".join(packages)
    if os.name == "nt" or os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"Missing for {purpose}: {names}. On Debian: sudo apt-get install {names}")
        return
    say(f"Installing for {purpose}: {names}")
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    settings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    log = subprocess.DEVNULL
    subprocess.run([*quiet, "update"], check=True, stdout=log)
    install = [*quiet, "install", "--yes", "--no-install-recommends", *packages]
    subprocess.run(install, check=True, stdout=log, env=settings)


def say(sentence: str) -> None:
    """Print what is being done."""
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
