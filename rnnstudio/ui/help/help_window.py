"""The help: a list that can be searched, and one text."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.help_topics import HelpTopic, found_topics, help_topic, help_topics
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.labels import PlainLabel

_KEY = Qt.ItemDataRole.UserRole
_WIDTH, _HEIGHT, _LIST = 900, 560, 280
"""In pixels beside text of its usual size."""


class HelpWindow(QDialog):
    """Stands beside the window, which stays alive. Ctrl+F goes to the search, Esc closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search the help"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Topics"))
        self.nothing = PlainLabel(role="muted", wrap=True)
        self.nothing.hide()
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("Help"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(2 * sizes().gap)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(self._show_chosen)
        self._lay_out()
        self._fill()

    def show_topic(self, key: str) -> None:
        """Show the text called ``key``."""
        self.search.clear()
        for place in range(self.list.count()):
            if self.list.item(place).data(_KEY) == key:
                self.list.setCurrentRow(place)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    @Slot()
    def _fill(self) -> None:
        """The topics that hold what is searched for; the one in front stays if it is among them."""
        query, front = self.search.text(), self.list.currentItem()
        shown = None if front is None else front.data(_KEY)
        topics = found_topics(query) if query.strip() else help_topics()
        self.list.blockSignals(True)
        self.list.clear()
        for topic in topics:
            item = QListWidgetItem(topic.title)
            item.setData(_KEY, topic.key)
            self.list.addItem(item)
        self.list.blockSignals(False)
        keys = [topic.key for topic in topics]
        self.nothing.setVisible(not topics)
        if topics:
            self.list.setCurrentRow(keys.index(shown) if shown in keys else 0)
        else:
            self.nothing.setText(language.filled(self.tr("Nothing is said of “{0}”."), query))

    @Slot(QListWidgetItem)
    def _show_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.text.setMarkdown(_markdown(help_topic(item.data(_KEY))))
            self._space_out()
            self.text.verticalScrollBar().setValue(0)

    def _space_out(self) -> None:
        """Markdown leaves no room between paragraphs."""
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        apart = QTextBlockFormat()
        apart.setBottomMargin(sizes().gap)
        cursor.mergeBlockFormat(apart)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(sizes().gap)
        for widget in (self.search, self.nothing, self.list):
            left.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(*4 * (sizes().margin,))
        row.setSpacing(sizes().margin)
        row.addLayout(left)
        row.addWidget(self.text, stretch=1)
        self.list.setFixedWidth(round(scaled(_LIST)))
        self.search.setFixedWidth(round(scaled(_LIST)))
        self.nothing.setFixedWidth(round(scaled(_LIST)))
        self.resize(round(scaled(_WIDTH)), round(scaled(_HEIGHT)))


def _markdown(topic: HelpTopic) -> str:
    return f"# {topic.title}\n\n{topic.text}"
