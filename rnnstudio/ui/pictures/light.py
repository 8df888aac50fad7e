"""Pictures are light, whatever the window is: a slide and a sheet of paper are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QWidget

from rnnstudio.ui.theme.appearance import palette
from rnnstudio.ui.theme.style_sheet import style_sheet
from rnnstudio.ui.theme.tokens import LIGHT, choose, theme


@contextmanager
def in_light(page: QWidget) -> Iterator[None]:
    """The page in light colours while it is drawn; sizes stay as they are.

    Nobody sees it: no event is handled before it is as it was.
    """
    now = theme()
    if not now.dark:
        yield
        return
    choose(replace(now, colours=LIGHT))
    # A sheet keeps widgets from inheriting a palette.
    words = f"QWidget {{ color: {LIGHT.ink}; }}"
    _dress(page, words + style_sheet(theme()), palette())
    try:
        yield
    finally:
        choose(now)
        _dress(page, "", QPalette())


def _dress(page: QWidget, sheet: str, colours: QPalette) -> None:
    page.setStyleSheet(sheet)
    lists = page.findChildren(QAbstractItemView)
    for each in (page, *lists, *(shown.viewport() for shown in lists)):
        each.setPalette(colours)
