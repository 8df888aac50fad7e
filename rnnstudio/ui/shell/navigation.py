"""The one bar of the window: the tabs and the menu, and below it the tab in front."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.paths import resource_file
from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import DESK, scaled, sizes
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.page_tabs import PageTabs, scrolled

WORDLESS = 1100
"""Below this width in pixels beside text of its usual size the button at the right has no words."""


class Navigation(QWidget):
    """Shows one tab at a time; the tabs' names stand in a real tab bar, which a reader can tell.

    ``menu`` is opened at the right end. A second click on the tab in front, or its chevron, asks
    for the menu of its pages; the icon at the left shows ``start``.
    """

    class_wanted = Signal()
    """The look for a class is to come."""
    lessons_wanted = Signal()
    """The list of lessons, or the end of the one that is given."""
    turned = Signal(int)
    """The place of the tab that has come to the front, or in sight again."""
    pages_wanted = Signal(object)
    """Where the menu of the front tab's pages is to stand, as a ``QPoint`` of the screen."""

    def __init__(self, menu: QMenu, start: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)  # else large text would drive the menu off the screen
        self.bar.setProperty("role", "navigation")
        self.start = self._make_button()
        self.start.setIcon(QIcon(str(resource_file("icons/rnnstudio.svg"))))
        self.start.clicked.connect(self.show_start)
        self.start_area = scrolled(start)
        self._below = QStackedWidget()
        self._chevrons: list[QToolButton] = []
        self.class_button = KeyButton(Face(), "plain")
        self.class_button.clicked.connect(self.class_wanted)
        self.lessons_button = KeyButton(Face("book"), "plain")
        self.lessons_button.clicked.connect(self.lessons_wanted)
        self._beside: QWidget | None = None
        self._menu = menu
        self.menu_button = self._make_button()
        self.menu_button.clicked.connect(self.open_menu)
        # Qt would ask a stack which height goes with a width, and make pages too high.
        self.pages = PageTabs()
        self.pages.setDocumentMode(True)
        self.pages.tabBar().hide()
        self.pages.setFocusProxy(self.bar)  # from its own, which is hidden, Tab leads nowhere
        self.pages.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.name_parts()
        self.bar.currentChanged.connect(self._turn)
        self.bar.tabBarClicked.connect(self._take_click)

    def addTab(self, page: QWidget, name: str) -> None:
        """Put a tab after the others."""
        self.pages.addTab(page, name)
        place = self.bar.addTab(name)
        chevron = self._make_button()
        chevron.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+Down does the same
        chevron.clicked.connect(self.ask_for_pages)
        self._chevrons.append(chevron)
        self.bar.setTabButton(place, QTabBar.ButtonPosition.RightSide, chevron)
        self._show_chevron()
        self.name_tab(place, name)
        self.dress()

    def name_tab(self, place: int, name: str) -> None:
        """Give the tab at ``place`` its name, in whichever language."""
        self.bar.setTabText(place, name)
        self.pages.setTabText(place, name)
        _name_button(self._chevrons[place], language.filled(self.tr("Pages of {0}"), name))

    def name_parts(self) -> None:
        """Name everything but the tabs in the language that is spoken now."""
        self.bar.setAccessibleName(self.tr("Tabs"))
        _name_button(self.start, self.tr("Start page"))
        _name_button(self.menu_button, self.tr("Menu"))
        self.class_button.show_face(Face("class", self.tr("Class"), "F5"))
        self.show_lesson(on=False)

    def dress(self) -> None:
        """Take on the icons and sizes of the theme that holds now."""
        side, mark = sizes().target, sizes().mark
        self.top.setFixedHeight(sizes().bar)
        row = self.top.layout()
        if row is not None:
            row.setContentsMargins(2 * sizes().gap, 0, 2 * sizes().gap, 0)
            row.setSpacing(sizes().gap)
        self.menu_button.setIcon(icon("menu"))
        for worded in (self.class_button, self.lessons_button):
            worded.updateGeometry()
        for button in (self.start, self.menu_button):
            button.setIconSize(QSize(side, side))
        for chevron in self._chevrons:
            chevron.setIcon(icon("chevron"))
            chevron.setIconSize(QSize(mark, mark))
            chevron.adjustSize()
        self._fit_bar()
        self._fit_words()

    def replace_start(self, start: QWidget) -> None:
        """Put ``start`` in the place of the start page; it is shown where that one was."""
        self.start_area.setWidget(start)  # which deletes the old one

    def replace(self, old: QWidget, new: QWidget) -> None:
        """Put ``new`` in the place of ``old``; what is in front stays in front."""
        place, front = self.indexOf(old), self.currentIndex()
        self.pages.removeTab(place)
        self.pages.insertTab(place, new, self.tabText(place))
        self.pages.setCurrentIndex(front)

    def count(self) -> int:
        """How many tabs there are."""
        return self.bar.count()

    def tabText(self, place: int) -> str:
        """The name of the tab at ``place``."""
        return self.bar.tabText(place)

    def widget(self, place: int) -> QWidget | None:
        """The tab at ``place``."""
        return self.pages.widget(place)

    def indexOf(self, page: QWidget) -> int:
        """The place of a tab; -1 where it is none."""
        return self.pages.indexOf(page)

    def currentIndex(self) -> int:
        """The place of the tab in front."""
        return self.bar.currentIndex()

    def setCurrentIndex(self, place: int) -> None:
        """Bring the tab at ``place`` to the front."""
        self.bar.setCurrentIndex(place)
        self.leave_start()

    def currentWidget(self) -> QWidget | None:
        """The tab in front."""
        return self.pages.currentWidget()

    def setCurrentWidget(self, page: QWidget) -> None:
        """Bring a tab to the front."""
        self.setCurrentIndex(self.indexOf(page))

    def set_bare(self, bare: bool) -> None:
        """Hide the bar and leave the start page, or show the bar again."""
        self.leave_start()
        self.top.setVisible(not bare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave words out of the bar where there is little room."""
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """No words on the buttons, then smaller names of the tabs, where there is little room.

        Names are no smaller than at a desk; where even these have no room the bar scrolls.
        """
        for button in (self.class_button, self.lessons_button):
            button.set_shape(compact=self.width() / scaled(1) < WORDLESS)
        self._write_names(sizes().text)
        row = self.top.layout()
        if row is None or not self.count():
            return
        chevrons = sum(chevron.sizeHint().width() for chevron in self._chevrons)
        needed = self.bar.sizeHint().width() - chevrons
        room = self.width() - (row.sizeHint().width() - self.bar.sizeHint().width()) - chevrons
        if needed > room:
            self._write_names(max(int(sizes().text * room / needed), DESK.text))

    def _write_names(self, pixels: int) -> None:
        """Write the tabs' names in letters of that height, with as much less room beside them."""
        beside = round(2 * sizes().gap * pixels / sizes().text)
        dressed = f"QTabBar::tab {{ font-size: {pixels}px; padding: 0 {beside}px; }}"
        if self.bar.styleSheet() != dressed:
            self.bar.setStyleSheet(dressed)
            self._fit_bar()

    def put_beside(self, panel: QWidget | None, *, below: bool = False) -> None:
        """Put a panel at the left of the tabs, or below them; None takes it away and deletes it."""
        if self._beside is not None:
            self._studio.removeWidget(self._beside)
            self._beside.hide()
            self._beside.deleteLater()
        self._beside = panel
        way = QBoxLayout.Direction
        self._studio.setDirection(way.TopToBottom if below else way.LeftToRight)
        if panel is not None:
            self._studio.insertWidget(1 if below else 0, panel)

    @property
    def beside(self) -> QWidget | None:
        """The panel beside the tabs; None where there is none."""
        return self._beside

    def show_lesson(self, *, on: bool) -> None:
        """Say what the button beside the tabs does: lessons, or the way out of one."""
        leave, lessons = self.tr("Leave the lesson"), self.tr("Lessons")
        self.lessons_button.show_face(Face("book", leave, "Esc") if on else Face("book", lessons))

    def free_room(self) -> QRect:
        """What is left of the bar between the tabs and the buttons, in the window's pixels."""
        if not self.top.isVisible():
            return QRect()
        last = self.bar.tabRect(self.bar.count() - 1)
        left = self.bar.mapTo(self.window(), last.topRight()).x() + sizes().gap
        right = self.lessons_button.mapTo(self.window(), QPoint(0, 0)).x() - sizes().gap
        top = self.top.mapTo(self.window(), QPoint(0, 0))
        return QRect(left, top.y(), max(0, right - left), self.top.height())

    def corner_of_lessons(self) -> QPoint:
        """Where a menu of lessons is to stand, of the screen."""
        return self.lessons_button.mapToGlobal(QPoint(0, self.lessons_button.height()))

    @Slot()
    def open_menu(self) -> None:
        """Open the menu at the right end."""
        below = self.top.isVisible()
        corner = self.mapToGlobal(QPoint(self.width(), self.top.height() if below else 0))
        self._menu.popup(corner - QPoint(self._menu.sizeHint().width(), 0))

    @Slot()
    def show_start(self) -> None:
        """Show the start page over the tab in front, which stays what it is."""
        self._below.setCurrentIndex(1)
        self._mark_bar(away=True)

    @property
    def at_start(self) -> bool:
        """Whether the start page is shown."""
        return self._below.currentIndex() == 1

    @Slot()
    def ask_for_pages(self) -> None:
        """Ask for the menu of the front tab's pages, below its name."""
        below = self.bar.tabRect(self.currentIndex()).bottomLeft()
        bare = not self.top.isVisible()
        corner = self.mapToGlobal(QPoint(0, 0)) if bare else self.bar.mapToGlobal(below)
        self.pages_wanted.emit(corner)

    @Slot(int)
    def _turn(self, place: int) -> None:
        self.pages.setCurrentIndex(place)
        self._uncover()
        self._show_chevron()
        self.turned.emit(place)

    @Slot(int)
    def _take_click(self, place: int) -> None:
        """The click that brings a tab to the front comes before it is there."""
        if place == self.currentIndex() and self.at_start:
            self.leave_start()
        elif place == self.currentIndex():
            self.ask_for_pages()

    def leave_start(self) -> None:
        """Show the tab in front, where the start page lies over it."""
        if self.at_start:
            self._uncover()
            self.turned.emit(self.currentIndex())

    def _uncover(self) -> None:
        self._below.setCurrentIndex(0)
        self._mark_bar(away=False)

    def _mark_bar(self, *, away: bool) -> None:
        """Underline the front tab only where it is shown."""
        self.bar.setProperty("away", away)
        self.bar.style().unpolish(self.bar)
        self.bar.style().polish(self.bar)
        self._fit_bar()

    def _fit_bar(self) -> None:
        """Give each tab the room that its name and its chevron need now."""
        QCoreApplication.sendEvent(self.bar, QEvent(QEvent.Type.StyleChange))

    def _show_chevron(self) -> None:
        for place in range(self.count()):
            chevron = self.bar.tabButton(place, QTabBar.ButtonPosition.RightSide)
            if chevron is not None:  # a tab is there a moment before its button
                chevron.setVisible(place == self.currentIndex())

    def _make_button(self) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setProperty("role", "bar")
        return button

    def _lay_out(self) -> None:
        self.top = QWidget()
        self.top.setProperty("role", "bar")
        self.top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self.top)
        row.addWidget(self.start)
        row.addWidget(self.bar)
        row.addStretch()
        row.addWidget(self.lessons_button)
        row.addWidget(self.class_button)
        row.addWidget(self.menu_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        self.area = scrolled(self.pages)
        studio = QWidget()
        self._studio = QBoxLayout(QBoxLayout.Direction.LeftToRight, studio)
        self._studio.setContentsMargins(0, 0, 0, 0)
        self._studio.setSpacing(0)
        self._studio.addWidget(self.area, stretch=1)
        self._below.addWidget(studio)
        self._below.addWidget(self.start_area)
        layout.addWidget(self._below)


def _name_button(button: QToolButton, name: str) -> None:
    button.setToolTip(name)
    button.setAccessibleName(name)
