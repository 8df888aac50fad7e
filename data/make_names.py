"""Makes data/names/dinosaurs.txt from the npm package ``dinosaurs``.

Run it with ``python data/make_names.py``; it needs the npm client and a network and writes the
same files every time. The names are the package's, in its order; only the missing end of the last
line is added. The package carries no licence text but names its licence, whose text is written
here; it does not become a dependency.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

NAMES = Path(__file__).resolve().parent / "names"
PACKAGE = "dinosaurs@1.2.1"
LICENCE = """\
            DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE
                    Version 2, December 2004

 Copyright (C) 2004 Sam Hocevar <sam@hocevar.net>

 Everyone is permitted to copy and distribute verbatim or modified
 copies of this license document, and changing it is allowed as long
 as the name is changed.

            DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE
   TERMS AND CONDITIONS FOR COPYING, DISTRIBUTION AND MODIFICATION

  0. You just DO WHAT THE FUCK YOU WANT TO.
"""


def main() -> None:
    """Fetch the package and write the names and the licence they are under."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("The npm client is needed to fetch the package; install it and run this again.")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", PACKAGE], cwd=folder, check=True)  # noqa: S603 - fixed words only
        (package,) = Path(folder).glob("*.tgz")
        with tarfile.open(package) as archive:
            licence = json.loads(read(archive, "package/package.json"))["license"]
            names = read(archive, "package/dinosaurs.csv").split()
    if licence != "wtfpl":
        sys.exit(f"The package's licence is {licence}, not the one whose text is written here.")
    NAMES.mkdir(exist_ok=True)
    (NAMES / "dinosaurs.txt").write_text("\n".join(names) + "\n", encoding="utf-8", newline="\n")
    (NAMES / "LICENSE-dinosaurs.txt").write_text(LICENCE, encoding="utf-8", newline="\n")


def read(archive: tarfile.TarFile, member: str) -> str:
    """The text of one file of the package."""
    file = archive.extractfile(member)
    if file is None:
        raise KeyError(f"{member} is not a file of the package")
    return file.read().decode("utf-8")


if __name__ == "__main__":
    main()
