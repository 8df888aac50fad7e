"""Installs, starts, tests and removes what is handed out on Linux, and measures it.

``python -m tools.package.package_test`` after both packages were made, as root on Debian. The last
line is a JSON object: sizes in MB (a million bytes), seconds from the start to the window and from
the click to the end of a first Keras epoch, both also as a ratio to the same from source in the
same run, and whether every self-test passed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tools.package.inputs import remember
from tools.package.linux_packages import ARCHIVE, BUNDLE, DEBIAN, ROOT
from tools.setup import need

WINDOW_STARTS = 5
SELF_TESTS = 3
SOURCE = (str(ROOT / ".venv/bin/python"), "-m", "rnnstudio")
KERAS = "Keras in the window"
"""The self-test's check that clicks and waits for Keras."""
PROGRAMS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "gio": "libglib2.0-bin",
    "update-mime-database": "shared-mime-info",
    "update-desktop-database": "desktop-file-utils",
}
"""What a desktop has, each with the Debian package that holds it."""
KIND = "application/x-rnnstudio"
PATIENCE = 60
NOBODY = 65534
"""Somebody who owns nothing, so that the application lies in a folder he cannot write to."""


def main() -> int:
    """Do everything; 0 when all is as it should be."""
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    need(missing, "looking at a window as a desktop does")
    with TemporaryDirectory(prefix="Stik USB “Kelas” ü 数 ") as place:
        folder = Path(place)
        folder.chmod(0o755)
        say(f"Unpacking {ARCHIVE.name}.")
        subprocess.run(["tar", "-xJf", ARCHIVE, "-C", folder], check=True)
        program = folder / BUNDLE.name / BUNDLE.name
        bare = {name: [] for name in ("frozen", "source")}
        with screen() as display:
            for _ in range(WINDOW_STARTS):
                bare["frozen"].append(window_seconds((str(program),), display))
                bare["source"].append(window_seconds(SOURCE, display))
        say(f"The window, in seconds: {bare}")
        passed, keras = compare_self_tests(program, folder)
        say("Without TensorFlow:")
        passed &= without_tensorflow(program, folder)
    passed &= installed()
    found = {
        "unpacked_mb": round(size(BUNDLE) / 1e6, 1),
        "download_mb": round(ARCHIVE.stat().st_size / 1e6, 1),
        "window_ratio": round(median(bare["frozen"]) / median(bare["source"]), 3),
        "keras_ratio": round(min(keras["frozen"]) / min(keras["source"]), 3),
        "window_s": round(median(bare["frozen"]), 2),
        "keras_s": round(min(keras["frozen"]), 2),
        "self_test": passed,
    }
    if passed:
        remember()
    say(json.dumps(found))
    return 0 if passed else 1


def compare_self_tests(program: Path, folder: Path) -> tuple[bool, Mapping[str, list[float]]]:
    """The self-test of both in turn: whether all passed, and the seconds that Keras took."""
    passed, keras = True, {"frozen": [], "source": []}
    for _ in range(SELF_TESTS):
        for name, command in (("frozen", (str(program),)), ("source", SOURCE)):
            report = self_test(command, folder / f"home of {name}", bare=name == "frozen")
            passed &= report["ok"]
            [seconds] = [each["seconds"] for each in report["checks"] if each["name"] == KERAS]
            keras[name].append(seconds)
    say(f"The first Keras epoch, in seconds: {keras}")
    return passed, keras


def without_tensorflow(program: Path, folder: Path) -> bool:
    """The self-test where somebody took TensorFlow away."""
    for path in (program.parent / "_internal").glob("tensorflow*"):
        shutil.rmtree(path)
    report = self_test((str(program),), folder / "home without", bare=True)
    return report["ok"] and report["engines"] == ["numpy"]


def self_test(command: Sequence[str], home: Path, *, bare: bool) -> dict:
    """A self-test's report, written by somebody who may write to his empty home alone.

    ``bare``: with no variable of the system, and with no stream to read from or to write to.
    """
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    report = home / "report.json"
    variables = {"HOME": str(home), "TMPDIR": str(home)}
    closed = "exec 0<&- 1>&- 2>&-; " if bare else ""
    # Who starts from source has to read the checkout, which is root's here.
    other = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if bare else {}
    subprocess.run(
        ["sh", "-c", f'{closed}exec "$@"', "sh", *command, "--self-test", "--report", report],
        check=False,
        cwd=home if bare else ROOT,
        env=variables if bare else os.environ | variables,
        **other,
    )
    if not report.exists():
        say(f"{command} wrote no report.")
        return {"ok": False, "engines": [], "checks": [{"name": KERAS, "seconds": 0.0}]}
    found = json.loads(report.read_text("utf-8"))
    for check in found["checks"]:
        if not check["ok"]:
            say(f"{command[0]}: {check['name']}: {check['error']} {check['output']}")
    say(f"{command[0]}: {len(found['checks'])} checks, {'passed' if found['ok'] else 'FAILED'}.")
    return found


def installed() -> bool:
    """Install the Debian package for all users, use it, and remove it without a trace."""
    before = system_files()
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["apt-get", "-q", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", "--yes"]
    subprocess.run([*quiet, "install", str(DEBIAN)], check=True, env=environment)
    with TemporaryDirectory() as place:
        home = Path(place)
        home.chmod(0o755)
        passed = self_test(("/usr/bin/rnnstudio",), home / "home", bare=True)["ok"]
        passed &= opens_by_double_click(home)
    subprocess.run([*quiet, "purge", "rnnstudio"], check=True, env=environment)
    left = system_files() - before
    say(f"Left after removing: {sorted(left) or 'nothing'}.")
    return passed and not left


def opens_by_double_click(folder: Path) -> bool:
    """Whether a desktop knows what opens a document, and opening one so shows its window."""
    document = folder / "Kelas X.rnnstudio"
    make = ["rnnstudio", "names", "train", "--iterations", "20", "--save", document]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    known = run("gio", "info", "--attributes=standard::content-type", document)
    opener = run("gio", "mime", KIND).splitlines()[0]
    say(f"{document.name}: {known.splitlines()[-1].strip()}. {opener}")
    with screen() as display:
        seconds = window_seconds(("gio", "open", str(document)), display)
    say(f"Its window showed after {seconds:.1f} s.")
    return KIND in known and opener.endswith("rnnstudio.desktop")


def window_seconds(command: Sequence[str], display: str) -> float:
    """Seconds from the start of ``command`` until its window can be seen."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"DISPLAY": display}, stderr=subprocess.DEVNULL
    ) as started:
        try:
            while not is_shown(display):
                if time.perf_counter() - start > PATIENCE:
                    raise TimeoutError(f"{command[0]} has shown no window after {PATIENCE} s.")
            return time.perf_counter() - start
        finally:
            started.terminate()


def is_shown(display: str) -> bool:
    """Whether the application's window can be seen; xdotool's own waiting looks twice a second."""
    search = ["xdotool", "search", "--onlyvisible", "--name", "RNN Studio"]
    looked = subprocess.run(
        search, check=False, env=os.environ | {"DISPLAY": display}, capture_output=True
    )
    return looked.returncode == 0


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody looks at, by its name."""
    reader, writer = os.pipe()
    # It would begin anew whenever a window has gone, and lose whoever comes meanwhile.
    kept = ("-noreset", "-screen", "0", "1280x720x24")
    command = ["Xvfb", "-displayfd", str(writer), *kept]
    with subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        with os.fdopen(reader) as said:
            number = said.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


def system_files() -> set[str]:
    """Every file for all users, but what dpkg itself remembers and caches that are made anew."""
    folders = (Path("/opt"), Path("/usr"), Path("/etc"))
    return {str(path) for folder in folders for path in folder.rglob("*")}


def size(folder: Path) -> int:
    """The bytes of all files in ``folder``."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def run(*command: str | Path) -> str:
    """What a command that must not fail prints."""
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    return said.stdout.strip()


def say(sentence: str) -> None:
    """Print what is found."""
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main())
