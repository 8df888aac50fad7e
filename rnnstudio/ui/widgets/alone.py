"""Opens one view alone, in the application's colours: how it is looked at while it is made."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QApplication

from rnnstudio.ui import theme

State_contra = TypeVar("State_contra", contravariant=True)


class View(Protocol[State_contra]):
    """A widget that shows a tab's state."""

    def show_state(self, state: State_contra, /) -> None:
        """Show ``state``."""

    def resize(self, width: int, height: int, /) -> None:
        """Take that size."""

    def show(self) -> None:
        """Become visible."""


def open_alone(make_view: Callable[[], View[State_contra]], state: State_contra) -> None:
    """Show ``state`` in a view in a window of its own until it is closed."""
    app = QApplication(sys.argv[:1])
    theme.apply(app)
    view = make_view()
    view.show_state(state)
    view.resize(900, 500)
    view.show()
    sys.exit(app.exec())
