"""Boxes for numbers that keep what is typed, whatever its size, until it is read.

Qt's own boxes swallow digits that would leave their range (99999 becomes 9) and round what they
are given. Here only what is not a number is refused; a range is checked by the caller, and
said in its sentence.
"""

from __future__ import annotations

import re

import numpy as np
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QStyle, QStyleOptionSpinBox, QWidget

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.numbers import NumberText, grouped
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.number_text import parse

_GROUPED = re.compile(r"[+-]?\d{1,3}([ ,.'\u00a0\u202f]\d{3})+")
"""12,345 and its like in other countries."""
_LETTERS = 10
"""A box is wide enough for so many digits."""
_FEWEST = 5
"""A box is never so narrow that it has no space for these."""


class NumberBox(QAbstractSpinBox):
    """What the boxes share: ``least``, ``most`` and ``step`` are those of the arrows alone.

    ``valueChanged`` follows every edit, ``committed`` comes when one is done: by Return, by leaving
    the box, by an arrow, or from elsewhere. ``special`` is written in place of ``least``, if it is
    set.
    """

    valueChanged = Signal()  # noqa: N815 - as in Qt's own boxes
    committed = Signal()

    def __init__(
        self,
        label: str,
        least: float,
        most: float,
        step: float = 1,
        *,
        special: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.label = label
        self.setAccessibleName(label)
        self._least, self._most, self._step, self._special = least, most, step, special
        self.setValue(least)
        self._typing = False
        # Qt gives the field within a box no padding of the style sheet.
        self.lineEdit().setTextMargins(sizes().half_gap, 0, 0, 0)
        self.lineEdit().textChanged.connect(lambda _: self.valueChanged.emit())
        self.lineEdit().textEdited.connect(self._begin_typing)
        self.editingFinished.connect(self._end_typing)

    def value(self) -> float:
        """The number that is typed; raises UserError if it is not a number."""
        text = self.text().strip()
        return self._least if self._special and text == self._special else self._read(text)

    def setValue(self, value: float) -> None:
        """Write ``value``, all of it."""
        special = self._special and value == self._least
        self._typing = False
        text = self._special if special else self._written(value)
        if text != self.text():
            self.lineEdit().setText(text)
            self.committed.emit()

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Take every key."""
        return QValidator.State.Acceptable, text, place

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Both ways."""
        flag = QAbstractSpinBox.StepEnabledFlag
        return flag.StepUpEnabled | flag.StepDownEnabled

    def stepBy(self, steps: int) -> None:
        """Move within least and most; what is not a number stays."""
        try:
            value = self.value() + steps * self._step
        except UserError:
            return
        if isinstance(value, float):
            value = float(f"{value:.12g}")  # 0.1 and 0.2 make 0.3
        self.setValue(min(max(value, self._least), self._most))
        self.selectAll()

    def sizeHint(self) -> QSize:
        """Space for ten digits and the arrows."""
        return self._size(_LETTERS)

    def _size(self, digits: int) -> QSize:
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        left = self.lineEdit().textMargins().left()
        width = left + self.fontMetrics().horizontalAdvance("0") * digits
        contents = QSize(width, self.lineEdit().sizeHint().height())
        kind = QStyle.ContentsType.CT_SpinBox
        return self.style().sizeFromContents(kind, option, contents, self)

    def minimumSizeHint(self) -> QSize:
        """Space for fewer digits, where there is not enough for all."""
        return self._size(_FEWEST)

    def _begin_typing(self) -> None:
        self._typing = True

    def _end_typing(self) -> None:
        if self._typing:
            self._typing = False
            self.committed.emit()

    def _read(self, text: str) -> float:
        raise NotImplementedError

    def _written(self, value: float) -> str:
        raise NotImplementedError


class WholeBox(NumberBox):
    """A whole number, of any number of digits."""

    def value(self) -> int:
        """The number that stands there; raises UserError if it is not a whole one."""
        return int(super().value())

    def _read(self, text: str) -> int:
        plain = re.sub(r"[^\d+-]", "", text) if _GROUPED.fullmatch(text) else text
        try:
            return int(plain)
        except ValueError:
            raise UserError(
                "{label} is “{text}”; it must be a whole number.", label=self.label, text=text
            ) from None

    def _written(self, value: float) -> str:
        return language.number(grouped(int(value)))


class DecimalBox(NumberBox):
    """A number with a point or a comma; written with the fewest digits that are that number."""

    def _read(self, text: str) -> float:
        try:
            return parse(text)
        except ValueError:
            raise UserError(
                "{label} is “{text}”; it must be a number.", label=self.label, text=text
            ) from None

    def _written(self, value: float) -> str:
        return number_text(value)


def number_text(number: float) -> str:
    """The shortest decimals that are ``number``, with the mark of the language that is spoken."""
    return language.number(NumberText(np.format_float_positional(number, trim="-")))
