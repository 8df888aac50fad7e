"""The focus within parts of a window: where it stands first, and in which part it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def first_stop(region: QWidget) -> QWidget | None:
    """The first widget of a part that Tab leads to; None where there is none."""
    widget: QWidget | None = region
    while widget is not None:
        if (widget is region or region.isAncestorOf(widget)) and _is_stop(widget):
            return widget
        widget = widget.nextInFocusChain()
        if widget is region:
            break
    return None


def turn_to_region(regions: Sequence[QWidget], by: int) -> None:
    """Give the focus to the next (1) or the last (-1) part that can have it."""
    stops = [(each, first_stop(each)) for each in regions if each.isVisible()]
    reached = [(region, stop) for region, stop in stops if stop is not None]
    if not reached:
        return
    focus = QApplication.focusWidget()
    within = [
        place
        for place, (region, _) in enumerate(reached)
        if focus is not None and (region is focus or region.isAncestorOf(focus))
    ]
    place = (within[-1] + by if within else 0 if by > 0 else -1) % len(reached)
    reached[place][1].setFocus(Qt.FocusReason.TabFocusReason)


def _is_stop(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isVisible() and widget.isEnabled()
