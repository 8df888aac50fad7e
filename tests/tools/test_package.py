"""What the bundle leaves out, what it says of itself, and when it is to be tested anew."""

from __future__ import annotations

import configparser
import re
import xml.etree.ElementTree as ET
from importlib.metadata import distributions, packages_distributions, requires
from pathlib import Path

import pytest

from rnnstudio import __version__
from tools.package import compare_builds, contents, inputs, release
from tools.package.linux_packages import LINUX

ROOT = Path(__file__).resolve().parent.parent.parent


def test_that_the_application_imports_nothing_that_its_bundle_leaves_out() -> None:
    left_out = {name for name in inputs.imports() if contents.is_left_out(name)}
    # A cluster is asked for on a checkout's command line alone, which says so where there is none.
    assert {name.split(".")[0] for name in left_out} == {"distributed"}


@pytest.mark.parametrize(
    ("path", "used"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("babel/locale-data/id.dat", True),
        ("babel/locale-data/fr.dat", False),
        ("tensorflow/libtensorflow_cc.so.2", True),
        ("resources/help/id/28-licences.md", True),
    ],
)
def test_which_files_travel(path: str, used: bool) -> None:
    assert contents.is_used(path) == used


def test_that_a_library_stays_as_long_as_another_needs_it() -> None:
    libraries = {
        "theme": ["gtk", "glib"],
        "gtk": ["cairo"],
        "core": ["glib"],
        "cairo": [],
        "glib": [],
    }
    assert contents.needed(libraries, ["core"]) == {"core", "glib"}


def test_that_the_changelog_gives_the_notes_of_one_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sections = ("# Changelog", "## Unreleased", "- New.", "## [0.2.0] - 2026-12-01", "- That.")
    text = "\n\n".join((*sections, "## 0.1.0", "- This.", ""))
    (tmp_path / "CHANGELOG.md").write_text(text)
    monkeypatch.setattr(release, "ROOT", tmp_path)
    assert release.notes("0.2.0") == "- That."
    assert release.notes("0.1.0") == "- This."
    assert release.notes("0.3.0") == ""


def test_that_a_release_is_refused_where_tag_and_version_differ(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert release.main(["check", "v99.0.0"]) == 1
    assert f"rnnstudio/__init__.py says {__version__}" in capsys.readouterr().err


def test_that_two_builds_that_differ_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        (folder / "same").write_text("same")
    assert compare_builds.main([str(first), str(second)]) == 0
    (first / "other").write_text("one")
    (second / "other").write_text("two")
    (second / "alone").touch()
    assert compare_builds.main([str(first), str(second)]) == 1
    said = capsys.readouterr().out
    assert "other: must not differ" in said
    assert "alone: must not differ" in said


def test_that_a_new_import_has_the_bundle_tested_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "rnnstudio" / "some.py"
    module.parent.mkdir()
    monkeypatch.setattr(inputs, "ROOT", tmp_path)
    monkeypatch.setattr(inputs, "TESTED", tmp_path / "tested.txt")
    module.write_text("import json\nNUMBER = 1\n")
    inputs.remember()
    tested = inputs.digest()
    module.write_text("import json\nNUMBER = 2\n")
    assert inputs.digest() == tested
    module.write_text("import json, scipy.signal\nNUMBER = 2\n")
    assert inputs.digest() != tested


def test_that_a_desktop_opens_documents_with_the_application() -> None:
    entry = configparser.RawConfigParser(interpolation=None)
    entry.read(LINUX / "rnnstudio.desktop", "utf-8")
    kinds = ET.parse(LINUX / "rnnstudio.xml").getroot()  # noqa: S314 - our own
    namespace = "{http://www.freedesktop.org/standards/shared-mime-info}"
    [kind] = kinds.findall(f"{namespace}mime-type")
    assert entry["Desktop Entry"]["MimeType"].split(";")[0] == kind.get("type")
    assert entry["Desktop Entry"]["Exec"] == "rnnstudio %f"
    [pattern] = kind.findall(f"{namespace}glob")
    assert pattern.get("pattern") == "*.rnnstudio"


def needed_by(name: str, found: set[str]) -> set[str]:
    """The distributions that one needs, directly or by others."""
    if name not in found:
        found.add(name)
        for line in requires(name) or ():
            words = re.match(r"[A-Za-z0-9_.-]+", line)
            assert words is not None
            if "extra ==" not in line and is_installed(words.group()):
                needed_by(words.group(), found)
    return found


def is_installed(name: str) -> bool:
    return any(True for _ in distributions(name=name))


@pytest.mark.keras
@pytest.mark.parametrize("code", ["en", "id"])
def test_that_the_help_names_the_licence_of_every_library_that_travels(code: str) -> None:
    text = (ROOT / "resources/help" / code / "28-licences.md").read_text("utf-8").lower()
    modules = packages_distributions()
    left_out = {
        distribution.lower()
        for module, names in modules.items()
        for distribution in names
        if contents.is_left_out(module)
    }
    needed = {name.lower() for name in needed_by("rnnstudio", set())} - left_out - HERE_ALONE
    assert len(needed) > 30
    called = {NAMES_IN_HELP.get(name, name).replace("_", "-") for name in needed}
    assert {name for name in called if name not in text} == set()


HERE_ALONE = {"rnnstudio", "fontpkg", "libclang", "wheel", "pip"}
"""What is our own, and what is installed with the others and is not in the bundle."""
NAMES_IN_HELP = {
    "fontpkg-atkinson-hyperlegible": "atkinson hyperlegible",
    "pyside6-essentials": "pyside6",
    "tensorflow-cpu": "tensorflow",
}


@pytest.mark.parametrize("name", ["installing", "releasing"])
def test_that_both_languages_name_the_same_files_and_commands(name: str) -> None:
    english, indonesian = (
        sorted(re.findall(r"`([^`\n]*(?:rnnstudio|RNNStudio|make|tools)[^`\n]*)`", text))
        for text in (
            (ROOT / "docs" / f"{name}{suffix}").read_text("utf-8") for suffix in (".md", ".id.md")
        )
    )
    assert [line for line in english if ".md" not in line and "FILE" not in line] == [
        line for line in indonesian if ".md" not in line and "BERKAS" not in line
    ]
