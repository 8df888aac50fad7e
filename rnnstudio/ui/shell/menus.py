"""The window's menus: what they say follows the session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QActionGroup, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMessageBox

from rnnstudio import __version__
from rnnstudio.core import language
from rnnstudio.core.documents.csv_text import (
    DecimalMark,
    choose_decimal_mark,
    chosen_decimal_mark,
)
from rnnstudio.core.messages import Message
from rnnstudio.core.session.backups import earlier_versions
from rnnstudio.ui.error_reporting import log_folder
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.shell.replay_action import ReplayAction
from rnnstudio.ui.shell.session_files import SessionFiles
from rnnstudio.ui.shell.studio import Studio
from rnnstudio.ui.theme import appearance, motion
from rnnstudio.ui.theme.appearance import ColourChoice
from rnnstudio.ui.widgets.workbench import Workbench


class WindowCommands(Protocol):
    """What the menus ask of the window."""

    def open_path(self, path: Path) -> None:
        """Open a file of any kind in the tab that it belongs to."""

    def choose_prices(self) -> None:
        """Ask for a file of prices."""

    def choose_names(self) -> None:
        """Ask for a list of names."""

    def show_tab(self, place: int) -> None:
        """Bring a tab to the front."""

    def forget_layout(self) -> None:
        """Be as on the first day the next time."""

    def dress_anew(self) -> None:
        """Take on the colours and sizes that the user chose."""

    def speak(self, code: str) -> None:
        """Go on in another language."""

    def toggle_class(self) -> None:
        """Turn the look for a class on or off."""

    def workbench(self) -> Workbench | None:
        """The frame with the drawer of the tab in front, where it has one."""

    def toggle_full_screen(self) -> None:
        """Fill the screen, or be a window among others again."""

    def toggle_keys(self) -> None:
        """Show the keys of the page in front, or take them away."""

    def close(self) -> bool:
        """Close the window."""


class PageTools(Protocol):
    """What can be done with the page in front, whichever it is."""

    def make_worksheet(self) -> None:
        """Ask for worksheets and write them."""

    def print_page(self) -> None:
        """Print the page in front."""

    @property
    def has_picture(self) -> bool:
        """Whether there can be a picture of the page in front."""

    def make_picture(self) -> None:
        """Ask for a picture of the page in front and write it."""

    @property
    def help(self) -> Help:
        """The help about it."""


class Help(Protocol):
    """The help about the page in front."""

    def open(self) -> None:
        """Open it."""


class Menus(QObject):
    """Builds File, Edit, View and Help under ``menu``, and keeps them true."""

    def __init__(
        self,
        menu: QMenu,
        window: QMainWindow,
        commands: WindowCommands,
        tools: PageTools,
        studio: Studio,
        files: SessionFiles,
        again: ReplayAction,
        tabs: tuple[str, ...],
    ) -> None:
        super().__init__(window)
        self._menu, self._window, self._commands, self._tools = menu, window, commands, tools
        self._studio, self._files, self._again = studio, files, again
        self.recent = QMenu(self.tr("Open &recent"), menu)
        self.earlier = QMenu(self.tr("Open an &earlier version"), menu)
        self.drawer = QMenu(self.tr("&Drawer"), menu)
        self._build_file_menu()
        self._build_edit_menu()
        self._build_view_menu(tabs)
        self._build_help_menu()
        studio.changed.connect(self._show)
        again.changed.connect(self._show)
        self.recent.aboutToShow.connect(self._fill_recent)
        self.earlier.aboutToShow.connect(self._fill_earlier)
        self.drawer.aboutToShow.connect(self._fill_drawer)
        self._show()

    def dispose(self) -> None:
        """Take everything out of the menu and the window again, to be built anew."""
        for action in self.with_keys():
            self._window.removeAction(action)
        self._window.menuBar().clear()
        self._menu.clear()
        for menu in self._menu.findChildren(
            QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly
        ):
            menu.deleteLater()
        self.deleteLater()

    def with_keys(self) -> list[QAction]:
        """The commands that have a key, in the order of the menus."""
        return [action for action in self._window.actions() if not action.shortcut().isEmpty()]

    def _build_file_menu(self) -> None:
        menu = self._add_menu(self.tr("&File"))
        self._add(menu, self.tr("&New session"), "Ctrl+N", self._files.begin_anew)
        self._add(menu, self.tr("&Open …"), "Ctrl+O", self._files.choose_file)
        menu.addMenu(self.recent)
        menu.addMenu(self.earlier)
        menu.addSeparator()
        self._add(menu, self.tr("&Save"), "Ctrl+S", self._files.save)
        self._add(menu, self.tr("Save &as …"), "Ctrl+Shift+S", self._files.save_as)
        self.revert = self._add(menu, self.tr("Re&vert"), None, self._files.revert)
        menu.addSeparator()
        self._add(menu, self.tr("Open pr&ices …"), None, self._commands.choose_prices)
        self._add(menu, self.tr("Open na&mes …"), None, self._commands.choose_names)
        self.again = self._add(menu, "", None, self._again.start_or_stop)
        menu.addSeparator()
        self._add(menu, self.tr("&Worksheet …"), None, self._tools.make_worksheet)
        picture = self.tr("Pict&ure of this page …")
        self.picture = self._add(menu, picture, None, self._tools.make_picture)
        self._add(menu, self.tr("&Print this page …"), "Ctrl+P", self._tools.print_page)
        # Not Qt's standard key, which does not exist on Windows and on some desktops.
        self._add(menu, self.tr("&Quit"), "Ctrl+Q", self._commands.close)
        menu.aboutToShow.connect(lambda: self.picture.setEnabled(self._tools.has_picture))

    def _build_edit_menu(self) -> None:
        menu = self._add_menu(self.tr("&Edit"))
        self.undo = self._add(menu, "", "Ctrl+Z", self._studio.undo)
        self.redo = self._add(menu, "", "Ctrl+Shift+Z", self._studio.redo)
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])

    def _build_view_menu(self, tabs: tuple[str, ...]) -> None:
        menu = self._add_menu(self.tr("&View"))
        for place, name in enumerate(tabs):
            self._add(menu, name, f"Ctrl+{place + 1}", partial(self._commands.show_tab, place))
        menu.addSeparator()
        self._add(menu, self.tr("&Class"), "F5", self._commands.toggle_class)
        self._add(menu, self.tr("&Full screen"), "F11", self._commands.toggle_full_screen)
        menu.addSeparator()
        self._build_looks(menu)
        menu.addMenu(self.drawer)
        languages = menu.addMenu(self.tr("Lan&guage"))
        self._languages = QActionGroup(self)
        for code, name in language.NAMES.items():
            action = self._add(languages, name, None, partial(self._keep_language, code))
            action.setCheckable(True)
            action.setChecked(code == language.code())
            self._languages.addAction(action)
        self._build_decimal_marks(menu)
        menu.addSeparator()
        self._add(menu, self.tr("Forget &what is remembered"), None, self._forget)

    def _build_decimal_marks(self, menu: QMenu) -> None:
        """How numbers are written into CSV files; by themselves they keep to points."""
        names: dict[DecimalMark, str] = {
            "point": self.tr("0.5, commas between cells"),
            "comma": self.tr("0,5, semicolons between cells"),
        }
        submenu = menu.addMenu(self.tr("Numbers in CSV f&iles"))
        self._marks = QActionGroup(self)
        for mark, name in names.items():
            action = self._add(submenu, name, None, partial(self._keep_mark, mark))
            action.setCheckable(True)
            action.setChecked(mark == chosen_decimal_mark())
            self._marks.addAction(action)

    def _build_looks(self, menu: QMenu) -> None:
        """Colours and the size of text."""
        names = {
            ColourChoice.SYSTEM: self.tr("&As the system has them"),
            ColourChoice.LIGHT: self.tr("&Light"),
            ColourChoice.DARK: self.tr("&Dark"),
        }
        submenu, self._colours = menu.addMenu(self.tr("C&olours")), QActionGroup(self)
        for choice, name in names.items():
            action = self._add(submenu, name, None, partial(self._keep_colours, choice))
            action.setCheckable(True)
            action.setChecked(choice is appearance.colour_choice())
            self._colours.addAction(action)
        step = appearance.STEP
        larger = self._add(menu, self.tr("&Larger text"), "Ctrl++", partial(self._scale_text, step))
        larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self._add(menu, self.tr("&Smaller text"), "Ctrl+-", partial(self._scale_text, -step))
        self._add(menu, self.tr("&Usual size of text"), "Ctrl+0", self._unscale_text)
        still = self._add(menu, self.tr("Let &nothing move"), None, self._keep_motion)
        still.setCheckable(True)
        still.setChecked(motion.is_reduced())

    def _build_help_menu(self) -> None:
        menu = self._add_menu(self.tr("&Help"))
        self._add(menu, self.tr("&What am I looking at?"), "Shift+F1", self._tools.help.open)
        self._add(menu, self.tr("&Keys of this page"), "F1", self._commands.toggle_keys)
        self._add(menu, self.tr("Open the &log folder"), None, self._open_log_folder)
        self._add(menu, self.tr("&About RNN Studio"), None, self._show_about)

    def _add_menu(self, title: str) -> QMenu:
        """A menu under the window's one button, and in the bar at the top of a Mac's screen."""
        menu = self._menu.addMenu(title)
        if self._window.menuBar().isNativeMenuBar():
            self._window.menuBar().addMenu(menu)
        return menu

    def _add(
        self, menu: QMenu, text: str, shortcut: str | None, call: Callable[[], object]
    ) -> QAction:
        action = QAction(text, self)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
            self._window.addAction(action)  # a key of a menu that is not open would do nothing
        action.triggered.connect(lambda _checked: call())
        menu.addAction(action)
        return action

    @Slot()
    def _show(self) -> None:
        """Name what can be undone and done again."""
        self._name(self.undo, self.tr("&Undo"), self.tr("&Undo: {0}"), self._studio.undoes)
        self._name(self.redo, self.tr("&Redo"), self.tr("&Redo: {0}"), self._studio.redoes)
        stop, start = self.tr("Stop training &again"), self.tr("&Train every network again")
        self.again.setText(stop if self._again.busy else start)
        self.revert.setEnabled(self._studio.path is not None and self._studio.unsaved)

    def _name(self, action: QAction, alone: str, named: str, done: Message | None) -> None:
        action.setEnabled(done is not None)
        what = "" if done is None else language.text(done).replace("&", "&&")
        action.setText(alone if done is None else language.filled(named, what))

    @Slot()
    def _fill_recent(self) -> None:
        self.recent.clear()
        paths = remembered.recent_files()
        for path in paths:
            open_it = partial(self._commands.open_path, path)
            action = self._add(self.recent, path.name.replace("&", "&&"), None, open_it)
            action.setToolTip(str(path))
        self.recent.setToolTipsVisible(True)
        if paths:
            self.recent.addSeparator()
            self._add(self.recent, self.tr("&Forget these"), None, remembered.forget_recent)
        else:
            nothing = self._add(self.recent, self.tr("Nothing yet"), None, lambda: None)
            nothing.setEnabled(False)

    @Slot()
    def _fill_drawer(self) -> None:
        """The sections of the tab in front: beside large text there is no room for their rail."""
        self.drawer.clear()
        workbench = self._commands.workbench()
        if workbench is None:
            self._add(self.drawer, self.tr("This tab has none"), None, lambda: None).setEnabled(
                False
            )
            return
        for key, title in workbench.titles.items():
            open_it = partial(workbench.open_section, key)
            action = self._add(self.drawer, title.replace("&", "&&"), None, open_it)
            action.setCheckable(True)
            action.setChecked(workbench.shown == key)

    @Slot()
    def _fill_earlier(self) -> None:
        self.earlier.clear()
        path = self._studio.path or self._studio.earlier_of
        versions = () if path is None else earlier_versions(path)
        for version in versions:
            when = language.moment(version.when.astimezone(), seconds=True)
            open_it = partial(self._commands.open_path, version.path)
            self._add(self.earlier, language.filled(self.tr("Saved on {0}"), when), None, open_it)
        if not versions:
            nothing = self._add(self.earlier, self.tr("Nothing yet"), None, lambda: None)
            nothing.setEnabled(False)

    def _keep_colours(self, choice: ColourChoice) -> None:
        appearance.keep_colours(choice)
        self._commands.dress_anew()

    def _keep_motion(self) -> None:
        motion.keep_reduced(not motion.is_reduced())

    def _scale_text(self, by: int) -> None:
        appearance.keep_text_size(appearance.text_size() + by)
        self._show_text_size()

    def _unscale_text(self) -> None:
        appearance.keep_text_size(100)
        self._show_text_size()

    def _show_text_size(self) -> None:
        self._commands.dress_anew()
        self._say(language.filled(self.tr("Text at {0:.0%}."), appearance.text_size() / 100))

    def _keep_language(self, code: str) -> None:
        remembered.keep_language(code)
        self._commands.speak(code)

    def _keep_mark(self, mark: DecimalMark) -> None:
        remembered.keep_decimal_mark(mark)
        choose_decimal_mark(mark)

    def _forget(self) -> None:
        remembered.forget_everything()
        self._commands.forget_layout()
        self._commands.dress_anew()
        self._say(self.tr("Colours, language, window, folders and recent files are forgotten."))

    def _show_about(self) -> None:
        """Say what this is."""
        text = self.tr(
            "RNN Studio {0}\nRecurrent networks taught, tried and understood.\n"
            "It works with no network and sends nothing anywhere."
        )
        QMessageBox.about(
            self._window, self.tr("About RNN Studio"), language.filled(text, __version__)
        )

    def _open_log_folder(self) -> None:
        """Show the folder of the log in the system's own window for files, and say where it is."""
        self._say(language.filled(self.tr("The log is in {0}."), log_folder()))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))

    def _say(self, sentence: str) -> None:
        self._window.statusBar().showMessage(sentence)
