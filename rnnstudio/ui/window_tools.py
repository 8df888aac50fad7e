"""What the window offers for whatever page is in front: its keys, help, paper, worksheets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from rnnstudio.ui.help.help_guide import HelpGuide
from rnnstudio.ui.pictures.picture_dialog import PictureDialog
from rnnstudio.ui.shell.key_sheet import KeySheet
from rnnstudio.ui.shell.menus import Menus
from rnnstudio.ui.shell.navigation import Navigation
from rnnstudio.ui.shell.printing import ask_and_print
from rnnstudio.ui.shell.window_keys import WindowKeys
from rnnstudio.ui.tab_set import TabSet
from rnnstudio.ui.widgets.view_picture import ViewPicture
from rnnstudio.ui.worksheets.worksheet_dialog import WorksheetDialog


class WindowTools(QObject):
    """Acts on the page in front. ``written(path)``: worksheets are in that file."""

    written = Signal(object)

    def __init__(self, window: QWidget, frame: Navigation, tabs: TabSet) -> None:
        super().__init__(window)
        self._window, self._frame, self._tabs = window, frame, tabs
        self.help = HelpGuide(window, frame, tabs)
        self.key_sheet = KeySheet(window)
        self.key_sheet.help_wanted.connect(self.help.open)

    def toggle_keys(self, keys: WindowKeys, menus: Menus) -> None:
        """Show what the page in front is about, and its keys, or take them away."""
        if self.key_sheet.isVisible():
            self.key_sheet.close_sheet()
            return
        page = () if self._frame.at_start else self._tabs.front.keys_now()
        about = self.help.topic.beginning.replace("*", "")
        self.key_sheet.show_keys(page, keys.listed(), menus.with_keys(), about)

    def print_page(self) -> None:
        """Print the page in front."""
        at_start = self._frame.at_start
        ask_and_print(self._frame.start_area if at_start else self._tabs.front.page_in_sight())

    @property
    def has_picture(self) -> bool:
        """Whether there can be a picture of the page in front: of the start page there is none."""
        return not self._frame.at_start

    @Slot()
    def make_picture(self) -> None:
        """Ask for a picture of the page in front and write it."""
        dialog = PictureDialog(self._picture, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def make_worksheet(self) -> None:
        """Ask for worksheets and write them."""
        dialog = WorksheetDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.written.connect(self._pass_on)
        dialog.open()

    def _picture(self) -> ViewPicture:
        """That of the tab that is in front now, which may have been built anew meanwhile."""
        return self._tabs.front.picture()

    @Slot(object)
    def _pass_on(self, path: Path) -> None:
        self.written.emit(path)
