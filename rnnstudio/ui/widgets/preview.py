"""Opens one view alone, in the application's colours: how it is looked at while it is made."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtWidgets import QApplication

from rnnstudio.ui.theme import appearance

State_contra = TypeVar("State_contra", contravariant=True)


class Window(Protocol):
    """A widget that can stand alone."""

    def resize(self, width: int, height: int, /) -> None:
        """Take that size."""

    def show(self) -> None:
        """Become visible."""


class View(Window, Protocol[State_contra]):
    """A widget that shows a tab's state."""

    def show_state(self, state: State_contra, /) -> None:
        """Show ``state``."""


@runtime_checkable
class Worker(Protocol):
    """A widget that runs something of its own."""

    def shutdown(self) -> object:
        """Stop it and wait for it."""


def preview(make_view: Callable[[], View[State_contra]], state: State_contra) -> None:
    """Show ``state`` in a view in a window of its own until it is closed."""

    def make() -> Window:
        view = make_view()
        view.show_state(state)
        return view

    open_window(make, 900, 500)


def open_window(make: Callable[[], Window], width: int, height: int) -> None:
    """Show what ``make`` gives in a window of that size until it is closed."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("there is an application without windows already")
    appearance.apply(app)
    window = make()
    window.resize(width, height)
    window.show()
    code = app.exec()
    if isinstance(window, Worker):
        window.shutdown()
    sys.exit(code)
