"""Makes of the bundle what is handed out on Linux: a ``.tar.xz`` for any folder, and a ``.deb``.

``python -m tools.package.linux_packages`` after the bundle was built; both lie beside it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from rnnstudio import __version__

ROOT = Path(__file__).resolve().parent.parent.parent
LINUX = Path(__file__).parent / "linux"
BUNDLE = ROOT / "dist" / "RNNStudio"
ARCHIVE = ROOT / "dist" / f"RNNStudio-{__version__}-linux-x86_64.tar.xz"
DEBIAN = ROOT / "dist" / f"rnnstudio_{__version__}_amd64.deb"
_HOME = Path("opt/rnnstudio")
_ICONS = Path("usr/share/icons/hicolor/scalable")
_PLACES = {
    LINUX / "rnnstudio.desktop": Path("usr/share/applications"),
    LINUX / "rnnstudio.xml": Path("usr/share/mime/packages"),
    LINUX / "org.rnnstudio.RNNStudio.metainfo.xml": Path("usr/share/metainfo"),
    LINUX / "application-x-rnnstudio.svg": _ICONS / "mimetypes",
    ROOT / "resources/icons/rnnstudio.svg": _ICONS / "apps",
}
_CONTROL = """\
Package: rnnstudio
Version: {version}
Architecture: amd64
Maintainer: The RNN Studio founders
Installed-Size: {size}
Depends: {depends}
Recommends: libegl1, libgl1, fonts-dejavu-core
Section: education
Priority: optional
Description: Recurrent networks taught, tried and understood
 Steps through an RNN, LSTM and GRU cell operation by operation, trains a
 network that makes up names, and says honestly whether a forecaster beats
 "tomorrow = today". Works without a network.
"""


def main() -> None:
    """Make both."""
    make_archive()
    make_debian()


def make_archive() -> None:
    """Pack the bundle; the same files give the same bytes."""
    order = ("--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0")
    tar = ["tar", *order, "-C", BUNDLE.parent, "-cf", "-", BUNDLE.name]
    with subprocess.Popen(tar, stdout=subprocess.PIPE) as packed, ARCHIVE.open("wb") as archive:
        subprocess.run(["xz", "-9", "-T2"], stdin=packed.stdout, stdout=archive, check=True)
    if packed.returncode:
        raise SystemExit(f"tar ended with status {packed.returncode}.")


def make_debian() -> None:
    """Pack the bundle for all users of a Debian system: nothing runs when it is installed."""
    with TemporaryDirectory(dir=BUNDLE.parent) as folder:
        root = Path(folder)
        root.chmod(0o755)
        shutil.copytree(BUNDLE, root / _HOME, copy_function=_link)
        for source, place in _PLACES.items():
            (root / place).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, root / place / source.name)
        program = root / "usr/bin/rnnstudio"
        program.parent.mkdir(parents=True)
        program.symlink_to(Path("/") / _HOME / "RNNStudio")
        text = root / "usr/share/doc/rnnstudio/copyright"
        text.parent.mkdir(parents=True)
        text.write_text(_copyright(), "utf-8")
        control = root / "DEBIAN" / "control"
        control.parent.mkdir()
        size = sum(path.lstat().st_size for path in root.rglob("*")) // 1024
        depends = ", ".join(sorted(set(packages_needed())))
        control.write_text(_CONTROL.format(version=__version__, size=size, depends=depends))
        made = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--threads-max=2", "--build"]
        subprocess.run([*made, root, DEBIAN], check=True, stdout=subprocess.DEVNULL)


def packages_needed() -> Iterator[str]:
    """The Debian packages that hold the libraries which the bundle needs and does not bring."""
    binaries = [path for path in BUNDLE.rglob("*") if ".so" in path.name or path.parent == BUNDLE]
    brought = {path.name for path in binaries}
    heads = [
        subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=False).stdout
        for path in binaries
    ]
    names = {name for head in heads for name in re.findall(r"\(NEEDED\).*\[(.+)\]", head)}
    optional = {"libcups.so.2", "libwayland-egl.so.1"}
    for name in sorted(names - brought - optional):
        said = subprocess.run(
            ["dpkg-query", "--search", f"*/{name}"], capture_output=True, text=True, check=False
        )
        if said.stdout:
            yield _with_version(said.stdout.split(":")[0])


def _with_version(package: str) -> str:
    """Programs that were built with a C library run with none before it."""
    if package != "libc6":
        return package
    command = ["dpkg-query", "--show", "--showformat=${Version}\n", package]
    version = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return f"{package} (>= {version.split('-')[0].split(chr(10))[0]})"


def _copyright() -> str:
    mine = (ROOT / "LICENSE").read_text("utf-8")
    return f"{mine}\nThe licences of others lie in /{_HOME}/licences.\n"


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


if __name__ == "__main__":
    main()
