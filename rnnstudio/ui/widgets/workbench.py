"""A tab's frame: the thing, the drawer with what changes it, and the rail that opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QSplitter, QWidget

from rnnstudio.ui.theme.motion import DRAWER_MS, Motion
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.drawer import Drawer, DrawerSection
from rnnstudio.ui.widgets.rail import Rail

OVERLAYS, STANDS_OPEN, FOLDS_RAIL = 1100, 1600, 660
"""Widths in pixels beside text of its usual size: below the first the drawer lies over the thing
and the rail has icons alone, from the second the drawer is open at first, below the third there is
no rail and a menu opens the drawer."""


class Workbench(QWidget):
    """The thing at the left, at the right a rail; between them a drawer that the rail opens.

    All sections with a button stand below each other in the drawer, and their buttons bring them
    into sight. A section without an icon has no button, and is shown alone.
    """

    section_changed = Signal(str)
    """The key of the section that is open now; empty: the drawer is folded."""

    def __init__(self, thing: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thing, self.drawer, self.rail = thing, Drawer(), Rail()
        self.titles: dict[str, str] = {}
        """What each section is called, by its key."""
        self._section, self._last = "", ""
        self.chosen = False
        """Whether it was said whether the drawer is open; until then the room decides."""
        self._bare, self._over_bare = False, ""
        self._width = sizes().drawer
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        both = QSizePolicy.Policy.Expanding
        self.splitter.setSizePolicy(both, both)
        self.splitter.addWidget(thing)
        self.splitter.addWidget(self.drawer)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.splitterMoved.connect(self._keep_width)
        self.drawer.setMinimumWidth(sizes().drawer // 2)
        self.drawer.hide()
        self._slide = Motion(self, DRAWER_MS, self._show_slide)
        self._slide.finished.connect(self._arrange)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.splitter, stretch=1)
        row.addWidget(self.rail)
        self.rail.pressed.connect(self._press)

    def add_section(
        self,
        key: str,
        title: str,
        icon_name: str,
        content: QWidget,
        *,
        heading: str = "",
        beside: QWidget | None = None,
    ) -> None:
        """Add a section to the drawer; an empty ``icon_name``: it has no button.

        ``heading`` stands above it in the drawer, at its right ``beside``.
        """
        section = DrawerSection(heading or title, content, beside, alone=not icon_name)
        self.titles[key] = title
        if icon_name:
            self.rail.add(key, title, icon_name)  # before the section: so the focus goes
            self._last = self._last or key
        self.drawer.add(key, section)

    @property
    def section(self) -> str:
        """The key of the section that is open, or will be when the class has gone; else empty."""
        return self._section

    @property
    def shown(self) -> str:
        """The key of the section that is open now; empty: the drawer is folded."""
        return self._over_bare if self._bare else self._section

    def shows(self, key: str) -> bool:
        """Whether a section is in the drawer now, so that it has to be kept up to date."""
        return bool(self.shown) and not self.drawer.sections[key].isHidden()

    @property
    def drawer_width(self) -> int:
        """How wide the drawer is when it is open, in pixels."""
        return self._width

    def set_drawer_width(self, width: int) -> None:
        """Make the drawer as wide as that, in pixels."""
        self._width = max(width, self.drawer.minimumWidth())
        self._arrange()

    def open_section(self, key: str) -> None:
        """Open the drawer at a section; an empty ``key`` folds it."""
        if key == self.shown:
            if key:
                self.drawer.show_section(key)
        elif key:
            self.chosen = True
            self._set_shown(key)
        else:
            self.fold()

    @Slot()
    def fold(self) -> None:
        """Fold the drawer; a focus within goes to the button that opens it again."""
        self.chosen = True
        focus, shown = QApplication.focusWidget(), self.shown
        if shown and focus is not None and self.drawer.isAncestorOf(focus):
            self.rail.buttons.get(shown, self.thing).setFocus()
        if shown:
            self._set_shown("")

    @Slot()
    def toggle(self) -> None:
        """Fold the drawer, or open it where it was open last."""
        if self.shown:
            self.fold()
        elif self._last:
            self.open_section(self._last)

    def set_bare(self, bare: bool) -> None:
        """Show nothing but the thing; what is opened meanwhile lies over it."""
        if bare != self._bare:
            before = self.shown
            self._bare, self._over_bare = bare, ""
            self._show(before)

    @property
    def overlaid(self) -> bool:
        """Whether there is so little room that the drawer covers a part of the thing."""
        return self._bare or self._room < OVERLAYS

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each part the room that there is now."""
        super().resizeEvent(event)
        self._slide.finish()
        if not self.chosen and bool(self._section) != (self._room >= STANDS_OPEN):
            self._set_shown("" if self._section else self._last)
        self._arrange()

    @property
    def _room(self) -> float:
        """The width in pixels beside text of its usual size."""
        return self.width() / scaled(1)

    @Slot(str)
    def _press(self, key: str) -> None:
        self.open_section("" if key == self.shown else key)

    @Slot()
    def _keep_width(self) -> None:
        self._width = self.drawer.width()

    def _set_shown(self, key: str) -> None:
        before = self.shown
        if self._bare:
            self._over_bare = key
        else:
            self._section = key
        self._show(before)

    def _show(self, before: str) -> None:
        """Show what is open, and tell of it where it is another than ``before``."""
        shown = self.shown
        self._last = shown or self._last
        if shown:
            self.drawer.show_section(shown)
        self.rail.show_open(shown)
        if self.isVisible() and bool(shown) != bool(before):
            self._slide.run()
        else:
            self._arrange()
        if shown != before:
            self.section_changed.emit(shown)

    @Slot(float)
    def _show_slide(self, far: float) -> None:
        """Let the drawer come over the thing from the right, or go there: ``far``, from 0 to 1."""
        seen = far if self.shown else 1 - far
        self._lay_over(round(seen * min(self._width, self.splitter.width())))

    def _lay_over(self, seen: int) -> None:
        """Lay the drawer over the thing with so many pixels of it in sight."""
        self._put_into(self)
        width = min(self._width, self.splitter.width())
        right = self.splitter.geometry().right() + 1
        self.drawer.setGeometry(right - seen, 0, width, self.height())
        self.drawer.show()
        self.drawer.raise_()
        self.rail.raise_()

    def _put_into(self, parent: QWidget) -> None:
        """Make the drawer a part of the splitter or of the workbench; the focus in it stays."""
        if self.drawer.parentWidget() is parent:
            return
        focus = QApplication.focusWidget()
        within = focus is not None and self.drawer.isAncestorOf(focus)
        if parent is self.splitter:
            self.splitter.addWidget(self.drawer)
        else:
            self.drawer.setParent(parent)
        if within and focus is not None:
            self.drawer.show()
            focus.setFocus()

    @Slot()
    def _arrange(self) -> None:
        """Put the drawer beside the thing or over it, and the rail where there is room for one."""
        self.rail.setVisible(not self._bare and self._room >= FOLDS_RAIL)
        self.rail.set_narrow(self._room < OVERLAYS)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        if self.overlaid:
            self._lay_over(min(self._width, self.splitter.width()))
        else:
            self._put_into(self.splitter)
        self.drawer.setVisible(bool(self.shown))
        if self.shown and not self.overlaid:
            self.splitter.setSizes([self.splitter.width() - self._width, self._width])
