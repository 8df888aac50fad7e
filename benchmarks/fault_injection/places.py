"""Places that cannot be written to, or are not what they were: saving and keeping unsaved work.

``python -m benchmarks.fault_injection.places NAME ...`` tries those of so many names, or all, both
ways and reports. Every fault begins with a session that was written whole, and ends by itself.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.children import emit, first_line
from benchmarks.fault_injection.saving import version, version_in
from rnnstudio.core.errors import UserError
from rnnstudio.core.session.backups import backups_of
from rnnstudio.core.session.recovery import Recovery
from rnnstudio.core.session.session_file import saving_job
from rnnstudio.core.training import Control
from tests.full_disk import full_after

_NOBODY = 65_534
"""A user who may do nothing; the superuser may write anywhere."""
_FOREIGN = b"what another program has put there"


@dataclass
class Places:
    """``sentences`` has what a person reads of each fault that keeps work from being written.

    ``wrong`` names what went otherwise than it should: something was lost, left behind or changed,
    a fault came without a sentence, or work was refused that could have been written.
    """

    tried: int = 0
    sentences: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Place:
    """A fault: ``spoil`` brings it over a file that was written.

    ``refused``: nothing can be written then. ``stays`` says whether what must not change has not.
    """

    spoil: Callable[[Path], AbstractContextManager[object]]
    refused: bool = False
    stays: Callable[[Path], bool] = lambda _: True


def write_to_bad_places(*names: str) -> Places:
    """Try the places of these names, or all of them, in a process of its own."""
    _, said = first_line("benchmarks.fault_injection.places", *names)
    return Places(**said)


@contextmanager
def _full_disk(file: Path) -> Iterator[None]:
    with full_after(file.stat().st_size // 2):
        yield


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Without the rights of the superuser."""
    if os.geteuid():
        yield
        return
    os.setresuid(_NOBODY, _NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@contextmanager
def _read_only_folder(file: Path) -> Iterator[None]:
    file.chmod(0o666)
    file.parent.chmod(0o555)
    with _as_nobody():
        yield
    file.parent.chmod(0o755)


@contextmanager
def _write_protected(file: Path) -> Iterator[None]:
    file.chmod(0o444)
    file.parent.chmod(0o777)
    with _as_nobody():
        yield
    file.chmod(0o644)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    import fcntl

    with file.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


@contextmanager
def _replaced(file: Path) -> Iterator[None]:
    other = file.with_name("other")
    other.write_bytes(_FOREIGN)
    other.replace(file)
    yield


@contextmanager
def _removed(file: Path) -> Iterator[None]:
    file.unlink()
    yield


@contextmanager
def _folder_removed(file: Path) -> Iterator[None]:
    shutil.rmtree(file.parent)
    yield


@contextmanager
def _folder_in_its_place(file: Path) -> Iterator[None]:
    kept = file.rename(file.with_name("aside"))
    file.mkdir()
    yield
    file.rmdir()
    kept.rename(file)


@contextmanager
def _file_for_its_folder(file: Path) -> Iterator[None]:
    kept = file.parent.rename(file.parent.with_name("aside"))
    file.parent.write_bytes(_FOREIGN)
    yield
    file.parent.unlink()
    kept.rename(file.parent)


@contextmanager
def _link(file: Path) -> Iterator[None]:
    (file.parent / "elsewhere").mkdir()
    file.rename(file.parent / "elsewhere" / file.name)
    file.symlink_to(Path("elsewhere") / file.name)
    yield


@contextmanager
def _links_in_a_circle(file: Path) -> Iterator[None]:
    kept = file.rename(file.with_name("aside"))
    file.symlink_to(file.name)
    yield
    file.unlink()
    kept.rename(file)


@contextmanager
def _two_names(file: Path) -> Iterator[None]:
    file.with_name("other").hardlink_to(file)
    yield


@contextmanager
def _permissions(file: Path) -> Iterator[None]:
    file.chmod(0o640)
    yield


def _foreign_kept(file: Path) -> bool:
    """Whether a backup has what another program has put in the place of a session."""
    backups = [path for path in backups_of(file) if path.exists()]
    unsaved = file.with_suffix(".lock").exists()  # unsaved work, the application's own, has none
    return unsaved or any(path.read_bytes() == _FOREIGN for path in backups)


PLACES = {
    "full disk": _Place(_full_disk, refused=True),
    "read-only folder": _Place(_read_only_folder, refused=True),
    "write-protected file": _Place(_write_protected, refused=True),
    "locked file": _Place(_locked),
    "replaced file": _Place(_replaced, stays=_foreign_kept),
    "removed file": _Place(_removed),
    "removed folder": _Place(_folder_removed),
    "folder for the file": _Place(_folder_in_its_place, refused=True),
    "file for the folder": _Place(_file_for_its_folder, refused=True),
    "symbolic link": _Place(_link, stays=lambda file: file.is_symlink()),
    "links in a circle": _Place(_links_in_a_circle, refused=True),
    "second name": _Place(_two_names, stays=lambda file: file.samefile(file.with_name("other"))),
    "permissions": _Place(_permissions, stays=lambda file: file.stat().st_mode & 0o777 == 0o640),
}


def _save(folder: Path) -> tuple[Path, Callable[[int], object]]:
    """Where versions of a session are saved, and what saves one; raises UserError."""
    file = folder / "lesson.rnnstudio"
    return file, lambda number: list(saving_job(file, version(number), Control()))


def _keep(folder: Path) -> tuple[Path, Callable[[int], object]]:
    """Where versions are kept as unsaved work, and what keeps one; raises UserError."""
    recovery = Recovery(folder)
    recovery.keep(version(0), None)
    (file,) = folder.glob("*.rnnstudio")
    return file, lambda number: recovery.keep(version(number), None)


def _tried(place: _Place, file: Path, write: Callable[[int], object]) -> tuple[str, list[str]]:
    """What a person reads when version 2 is written there, and what goes wrong then or later."""
    write(1)
    before, sentence, wrong = file.read_bytes(), "", []
    with place.spoil(file):
        try:
            write(2)
        except UserError as error:
            sentence = str(error)
        if not place.refused and version_in(file) != 2:
            wrong.append("what was written is not there")
        if not place.stays(file):
            wrong.append("something else was not left as it was")
    if bool(sentence) != place.refused or "\n" in sentence:
        wrong.append(f"it said {sentence!r}")
    if place.refused and file.read_bytes() != before:
        wrong.append("what was there before has changed")
    write(3)
    if version_in(file) != 3:
        wrong.append("the next version is not there")
    wrong += [f"{path.name} is left" for path in file.parent.glob(".*.part")]
    return sentence.replace(str(file.parent), "…").replace(file.stem, "…"), wrong


def main(names: Sequence[str]) -> None:
    """Save, and keep unsaved work, in the places of these names and report."""
    found = Places()
    for way, start in (("saving", _save), ("autosave", _keep)):
        for name in names or PLACES:
            base = Path(tempfile.mkdtemp())
            base.chmod(0o755)  # for somebody without rights
            (base / "work").mkdir()
            sentence, wrong = _tried(PLACES[name], *start(base / "work"))
            shutil.rmtree(base)
            found.tried += 1
            found.wrong += [f"{way}, {name}: {each}" for each in wrong]
            if sentence:
                found.sentences[f"{way}, {name}"] = sentence
    emit(**asdict(found))


if __name__ == "__main__":
    main(sys.argv[1:])
