"""Checks of what the window writes: each kind of file is written and read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.documents.document_file import SUFFIX
from rnnstudio.core.models.values_file import SUFFIXES
from rnnstudio.selftest.check import SelfCheck
from rnnstudio.selftest.reading_back import frames_of, pages_of, read_back
from rnnstudio.ui.pictures.picture_file import PictureKind
from rnnstudio.ui.screenshots.screen import Screen
from rnnstudio.ui.shell.printing import print_page
from rnnstudio.ui.worksheets.worksheet_dialog import WorksheetDialog

_SHEETS = 2
_KINDS = sorted({kind.suffix for kind in PictureKind})


def export_checks(screen: Screen, folder: Path) -> Iterator[SelfCheck]:
    """One for each thing that the window writes into a file, and the clipboard."""
    window = screen.window
    inspector, names, stocks = window.inspector, window.dinosaurs, window.stocks
    save = partial(write, screen)
    for place, pictures in enumerate(
        (inspector.take_away.pictures, names.drawer.pictures, stocks.pictures)
    ):
        for suffix in _KINDS:
            path = folder / f"picture {place}{suffix}"
            yield SelfCheck(f"picture {place}{suffix}", partial(save, path, pictures.save))
    yield SelfCheck("animation", partial(_animate, screen, folder / "animation.gif"))
    yield SelfCheck("clipboard", partial(_copy, screen))
    for suffix in SUFFIXES:
        path = folder / f"values{suffix}"
        yield SelfCheck(f"values {suffix}", partial(save, path, inspector.take_away.save_values))
    path = folder / f"scene{SUFFIX}"
    yield SelfCheck("scene", partial(save, path, inspector.take_away.save_scene))
    yield SelfCheck("names network", partial(save, folder / f"names{SUFFIX}", names.files.save))
    for suffix in (".csv", ".txt"):
        path = folder / f"names{suffix}"
        yield SelfCheck(f"names {suffix}", partial(save, path, names.drawing.export))
    bar = stocks.network_bar
    for name, export in (
        (f"forecaster{SUFFIX}", bar.save),
        ("forecast.csv", bar.export_csv),
        ("forecast.html", bar.export_report),
        ("forecast.py", bar.export_script),
        ("search.csv", stocks.further.search.export),
        (f"runs{SUFFIX}", stocks.further.runs.save),
    ):
        yield SelfCheck(f"export {name}", partial(save, folder / name, export))
    yield SelfCheck("worksheets", partial(_write_worksheets, screen, folder / "sheets.pdf"))
    yield SelfCheck("printing", partial(_print, screen, folder / "page.pdf"))


def write(screen: Screen, path: Path, save: Callable[[Path], object]) -> None:
    """Have a file written, which may take a while, and read it and what stands beside it."""
    before = set(path.parent.iterdir())
    save(path)
    stocks, files = screen.window.stocks, screen.window.dinosaurs.files
    screen.wait(lambda: not (stocks.obstacle() or stocks.state.run.active or files.busy))
    if not path.is_file():
        raise FileNotFoundError(path)
    for written in sorted(set(path.parent.iterdir()) - before):
        read_back(written)


def _animate(screen: Screen, path: Path) -> None:
    """The pass through the smallest cell as an animation with a frame for every value."""
    inspector = screen.window.inspector
    inspector.show_scene(random_scene(CELLS["rnn"], Sizes(), 1))
    screen.window.tabs.setCurrentWidget(inspector)
    inspector.turn_to(inspector.home)
    form = inspector.take_away.pictures
    form.refresh()
    form.animation.save(path)
    screen.wait(lambda: not form.animation.busy)
    if len(frames_of(path)) != form.animation.progress.maximum():
        raise ValueError("the animation has other frames than were made")


def _copy(screen: Screen) -> None:
    """A picture and the formulas are in the clipboard."""
    take_away, clipboard = screen.window.inspector.take_away, QApplication.clipboard()
    take_away.pictures.copy()
    if clipboard.image().isNull() or not clipboard.mimeData().hasFormat("image/svg+xml"):
        raise RuntimeError("there is no picture in the clipboard")
    take_away.copy_formulas()
    if not clipboard.text().startswith("\\begin{align*}"):
        raise RuntimeError("there are no formulas in the clipboard")


def _write_worksheets(screen: Screen, path: Path) -> None:
    """Sheets, their key, and the questions for Moodle."""
    dialog = WorksheetDialog(screen.window)
    dialog.sheets.setValue(_SHEETS)
    dialog.moodle.setChecked(True)
    write(screen, path, dialog.write)
    dialog.deleteLater()
    if pages_of(path) != _SHEETS:
        raise ValueError(f"{path.name} has {pages_of(path)} pages, not {_SHEETS}")


def _print(screen: Screen, path: Path) -> None:
    """A page on paper, which is a file here."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    print_page(screen.window.tab_set.front.page_in_sight(), printer)
    if pages_of(path) != 1:
        raise ValueError(f"{path.name} has {pages_of(path)} pages")
