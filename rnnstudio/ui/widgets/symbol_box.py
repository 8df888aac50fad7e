"""A box to choose from whose entries are set as books set symbols."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QWidget,
)

from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.rich_text import RichText

_HTML = Qt.ItemDataRole.UserRole + 1


class SymbolBox(QComboBox):
    """Each entry has plain text, which is read out, and rich text, which is drawn."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(_RichDelegate(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def show_entries(self, entries: list[tuple[str, str, str]]) -> None:
        """Offer (key, text, html) anew; the key that was chosen stays so if it is still there."""
        kept = self.currentData()
        self.clear()
        for key, text, html in entries:
            self.addItem(text, key)
            self.setItemData(self.count() - 1, html, _HTML)
        self.setCurrentIndex(max(self.findData(kept), 0))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the widest entry."""
        return self._size(max((self._rich(i).width for i in range(self.count())), default=0.0))

    def minimumSizeHint(self) -> QSize:
        """The same: no entry is cut."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The style's box with the chosen entry in it."""
        option, style = self._option(), self.style()
        box, edited = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        with QPainter(self) as painter:
            style.drawComplexControl(box, option, painter, self)
            field = style.subControlRect(box, option, edited, self)
            if self.currentIndex() >= 0:
                _draw(painter, QRectF(field), self._rich(self.currentIndex()), self.palette())

    def _rich(self, index: int) -> RichText:
        return _rich(str(self.itemData(index, _HTML)))

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return option

    def _size(self, width: float) -> QSize:
        contents = QSize(round(width) + 2 * sizes().half_gap, self.fontMetrics().height())
        kind = QStyle.ContentsType.CT_ComboBox
        return self.style().sizeFromContents(kind, self._option(), contents, self)


class _RichDelegate(QStyledItemDelegate):
    """An entry in the list that opens."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The style's ground with the entry on it."""
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget
        )
        chosen = QStyle.StateFlag.State_Selected in option.state
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        place = QRectF(option.rect).adjusted(sizes().gap, 0, 0, 0)
        _draw(painter, place, _rich(str(index.data(_HTML))), option.palette, role)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Room for the entry, as high as a target."""
        width = round(_rich(str(index.data(_HTML))).width) + 2 * sizes().gap
        return QSize(width, max(super().sizeHint(option, index).height(), sizes().target))


def _rich(html: str) -> RichText:
    return RichText(html, sizes().text, words())


def _draw(
    painter: QPainter,
    place: QRectF,
    text: RichText,
    palette: QPalette,
    role: QPalette.ColorRole = QPalette.ColorRole.Text,
) -> None:
    corner = QPointF(place.x() + sizes().half_gap, place.center().y() - text.height / 2)
    text.draw(painter, corner, QColor(palette.color(role)))
