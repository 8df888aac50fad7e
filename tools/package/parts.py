"""Whose work lies in the bundle: each with its version, its licence and the licence's text.

A part is a distribution of Python, Python itself, or on Debian a package whose library travels
along. The build fails at a part whose text is not found.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent.parent
LICENCES = Path(__file__).parent / "licences"
TEXTS = {
    "flatbuffers": ("Apache-2.0.txt",),
    "latex2mathml": ("latex2mathml.txt",),
    "PySide6_Essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "ziafont": ("DejaVu-Sans.txt",),
    "ziamath": ("STIX-Two-Math.txt",),
}
"""The texts that wheels do not bring: of their own licence, or of a font in them."""
SEE_TEXT = "see its text"
_COMMON = Path("/usr/share/common-licenses")
_MARKS = ("LICEN", "COPYING", "NOTICE")


@dataclass(frozen=True)
class Part:
    """Somebody's work: ``kind`` is "pypi", "deb" or "generic", as in the address of a package."""

    kind: str
    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def find_parts(sources: Iterable[str]) -> list[Part]:
    """The parts that the files ``sources``, from which the bundle is made, belong to.

    Raises FileNotFoundError, naming the part, when a licence has no text.
    """
    paths = {Path(source) for source in sources}
    found = [_python(), *_distributions(paths), *_debian(paths)]
    for part in found:
        if not part.texts:
            raise FileNotFoundError(f"There is no text of the licence of {part.name}.")
    return found


def licence_files(parts: Iterable[Part]) -> dict[str, Path]:
    """Where in the bundle each licence's text is to lie, in a folder for each part."""
    places = {"licences/RNN Studio/LICENSE.txt": ROOT / "LICENSE"}
    for part in parts:
        folder = f"licences/{part.name}-{part.version}"
        for number, text in enumerate(part.texts):
            name = f"{folder}/{text.name}"
            places[f"{folder}/{number}-{text.name}" if name in places else name] = text
    return places


def write_materials(parts: Sequence[Part], version: str, folder: Path) -> Path:
    """Write what the bundle is made of as a CycloneDX document, the same for the same parts."""
    licences = LicenseFactory()
    bom = Bom(components=[_component(part, licences) for part in parts])
    bom.metadata.component = Component(
        name="RNN Studio", version=version, type=ComponentType.APPLICATION, bom_ref="rnnstudio"
    )
    bom.register_dependency(bom.metadata.component, bom.components)
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string()
    document = json.loads(text)
    # Two builds of the same parts give the same document.
    del document["serialNumber"], document["metadata"]["timestamp"]
    path = folder / "materials.cdx.json"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", "utf-8")
    return path


def _component(part: Part, licences: LicenseFactory) -> Component:
    space = "debian" if part.kind == "deb" else None
    address = PackageURL(part.kind, space, part.name, part.version)
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        licenses=[licences.make_from_string(part.licence)],
        purl=address,
        bom_ref=str(address),
    )


def _python() -> Part:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    return Part("generic", "python", sys.version.split()[0], "PSF-2.0", (text,))


def _distributions(paths: set[Path]) -> list[Part]:
    return [
        Part("pypi", each.name, each.version, _licence(each), _texts(each))
        for each in sorted(distributions(), key=lambda each: each.name.lower())
        if any(Path(str(file.locate())) in paths for file in each.files or ())
    ]


def _licence(distribution: Distribution) -> str:
    """A word for the licence; some put its whole text there, which stands in its own file."""
    told = distribution.metadata
    words = (told.get("License-Expression") or told.get("License") or "").strip()
    classes = [line for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    if words and "\n" not in words:
        return words
    return classes[0].split(" :: ")[-1] if classes else SEE_TEXT


def _texts(distribution: Distribution) -> tuple[Path, ...]:
    brought = tuple(
        Path(str(file.locate()))
        for file in distribution.files or ()
        if any(mark in file.name.upper() for mark in _MARKS)
        and "include" not in file.parts
        and file.suffix not in (".py", ".pyc", ".so")
    )
    return brought + tuple(LICENCES / name for name in TEXTS.get(distribution.name, ()))


def _debian(paths: set[Path]) -> list[Part]:
    """The system's libraries among ``paths``, by the package that each comes from."""
    if shutil.which("dpkg-query") is None:
        return []
    names = {
        name
        for path in paths
        if path.is_relative_to("/lib") or path.is_relative_to("/usr/lib")
        for name in _packages_of(path)
    }
    # The texts of Debian's packages refer to these instead of repeating them.
    common = tuple(path for path in sorted(_COMMON.iterdir()) if not path.is_symlink())
    texts = {name: (Path("/usr/share/doc", name, "copyright"),) for name in names}
    return [
        Part("deb", name, _version_of(name), SEE_TEXT, text)
        for name, text in sorted((texts | {"base-files": common}).items())
    ]


def _packages_of(path: Path) -> list[str]:
    for place in (path, path.resolve(), Path("/", *path.resolve().parts[2:])):
        said = subprocess.run(
            ["dpkg-query", "--search", place], capture_output=True, text=True, check=False
        )
        if said.returncode == 0:
            return [said.stdout.split(":")[0]]
    raise FileNotFoundError(f"No Debian package holds {path}.")


def _version_of(name: str) -> str:
    command = ["dpkg-query", "--show", "--showformat=${Version}\n", name]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    return said.stdout.splitlines()[0]
