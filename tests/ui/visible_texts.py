"""What stands in a window to be read, and whether there is room for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from rnnstudio.core.language import Language
from rnnstudio.core.messages import Message

OPEN, CLOSE = "⟦", "⟧"
_INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_WORDS = re.compile(r"[A-Za-z]{3,}")
_GLUED = re.compile(rf"[^.?!:;,…·\s]{CLOSE} +(?:[^{OPEN}{CLOSE}\s]+ +)?{OPEN}")


class Marked(Language):
    """English with every translated sentence in brackets: what is outside was never looked up."""

    def __init__(self) -> None:
        super().__init__("en")

    def template(self, message: Message) -> str:
        """The template in brackets; what has no words as it is."""
        template = super().template(message)
        return f"{OPEN}{template}{CLOSE}" if template else ""


def never_translated(text: str, names: set[str]) -> list[str]:
    """The words in ``text`` that stand in no brackets and are no ``names``."""
    plain = re.sub("<style>.*</style>|<[^>]*>|&[a-z]+;", " ", text)
    while _INNERMOST.search(plain):
        plain = _INNERMOST.sub(" ", plain)
    return [word for word in _WORDS.findall(plain) if word not in names]


def is_glued(text: str) -> bool:
    """Whether pieces of a sentence were translated each by itself and put side by side."""
    return _GLUED.search("".join(_outermost(re.sub("<[^>]*>", "", text)))) is not None


def _outermost(text: str) -> Iterator[str]:
    """The letters of ``text`` without the brackets that stand in others."""
    depth = 0
    for letter in text:
        depth += letter == OPEN
        if letter not in (OPEN, CLOSE) or depth == 1:
            yield letter
        depth -= letter == CLOSE


def sideways(window: QWidget) -> list[str]:
    """What is in sight and scrolls sideways, by its name or its kind."""
    return [
        area.accessibleName() or type(area).__name__
        for area in window.findChildren(QAbstractScrollArea)
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ]


def readable(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every widget in sight with each of its texts: shown, as a tip, and for a screen reader."""
    for widget in window.findChildren(QWidget):
        if widget.isVisibleTo(window) and _is_in_sight(widget, window):
            shown = _shown(widget)
            tips = (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
            yield from ((widget, text) for text in (*shown, *tips) if text)


def _is_in_sight(widget: QWidget, window: QWidget) -> bool:
    """Whether the widget is on top at its middle, and not another that lies over it."""
    if isinstance(widget, QAbstractScrollArea):  # its viewport lies over it
        widget = widget.viewport()
    region = widget.visibleRegion()
    if region.isEmpty():
        return False
    on_top = window.childAt(widget.mapTo(window, region.boundingRect().center()))
    related = on_top is not None and (widget.isAncestorOf(on_top) or on_top.isAncestorOf(widget))
    return on_top is widget or related


def _shown(widget: QWidget) -> tuple[str, ...]:
    match widget:
        case QLabel() | QAbstractButton():
            return (widget.text(),)
        case QComboBox():
            return tuple(widget.itemText(place) for place in range(widget.count()))
        case QTabBar():
            return tuple(widget.tabText(place) for place in range(widget.count()))
        case QGroupBox():
            return (widget.title(),)
        case QHeaderView():
            return tuple(text for _, text in _titles(widget))
    return ()


def cut_off(window: QWidget) -> list[str]:
    """The texts in sight that have less room than they need."""
    return [
        f"{type(widget).__name__}: {text}"
        for widget, text in readable(window)
        if text in _shown(widget) and not _fits(widget, text)
    ]


def _fits(widget: Any, text: str) -> bool:
    match widget:
        case QLabel():
            return _label_fits(widget)
        case QCheckBox() | QRadioButton():
            mark = widget.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, widget)
            return _width(widget, text) + mark <= widget.width()
        case QAbstractButton():
            return _width(widget, text) <= widget.width()
        case QComboBox():
            return text != widget.currentText() or _width(widget, text) <= _text_room(widget)
        case QTabBar():
            place = [widget.tabText(each) for each in range(widget.count())].index(text)
            return _width(widget, text) <= widget.tabRect(place).width()
        case QHeaderView():
            places = [place for place, title in _titles(widget) if title == text]
            return all(
                widget.sectionSizeHint(place) <= widget.sectionSize(place) for place in places
            )
    return True


def _text_room(box: QComboBox) -> int:
    """How wide the text of what is chosen may be, beside the arrow."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    whole, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(whole, option, part, box).width()


def _label_fits(label: QLabel) -> bool:
    room = label.contentsRect()
    if not label.pixmap().isNull():
        return True
    document = QTextDocument()
    document.setDefaultFont(label.font())
    document.setDocumentMargin(0)
    if label.textFormat() is Qt.TextFormat.RichText:
        document.setHtml(label.text())
    else:
        document.setPlainText(label.text())
    if label.wordWrap():
        document.setTextWidth(room.width())
    size = document.size()
    return size.width() <= room.width() + 1 and size.height() <= room.height() + 2


def _titles(header: QHeaderView) -> list[tuple[int, str]]:
    model = header.model()
    if header.orientation() is Qt.Orientation.Vertical or model is None:
        return []
    viewport = header.viewport().rect()
    return [
        (place, str(model.headerData(place, header.orientation()) or ""))
        for place in range(header.count())
        if viewport.contains(QPoint(header.sectionViewportPosition(place), 1))
        and not header.isSectionHidden(place)
    ]


def _width(widget: QWidget, text: str) -> int:
    lines = text.replace("&&", "\0").replace("&", "").replace("\0", "&").split("\n")
    return max(map(widget.fontMetrics().horizontalAdvance, lines))
