"""What can be done with a trained network and with what its test span told."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from rnnstudio.ui.stocks.state import StocksState


class NetworkBar(QWidget):
    """Two menus: the network's, and the export's."""

    save_clicked = Signal()
    reopen_clicked = Signal()
    apply_clicked = Signal()
    inspect_clicked = Signal()
    png_clicked = Signal()
    svg_clicked = Signal()
    csv_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        network, export = QMenu(self), QMenu(self)
        self.save = _action(network, self.tr("Save …"), self.save_clicked)
        self.reopen = _action(network, self.tr("Reopen …"), self.reopen_clicked)
        self.apply = _action(network, self.tr("Apply to a newer CSV …"), self.apply_clicked)
        self.inspect = _action(network, self.tr("Open in the inspector"), self.inspect_clicked)
        self.png = _action(export, self.tr("Picture (PNG) …"), self.png_clicked)
        self.svg = _action(export, self.tr("Drawing (SVG) …"), self.svg_clicked)
        self.csv = _action(export, self.tr("Every number (CSV) …"), self.csv_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for title, menu in ((self.tr("Network"), network), (self.tr("Export"), export)):
            button = QPushButton(title)
            button.setMenu(menu)
            layout.addWidget(button)

    def show_state(self, state: StocksState) -> None:
        """Offer what the state allows."""
        idle = not state.run.active and not state.reading
        self.reopen.setEnabled(idle)
        for action in (self.save, self.apply, self.inspect):
            action.setEnabled(idle and state.trained is not None)
        self.csv.setEnabled(state.examined is not None)


def _action(menu: QMenu, text: str, signal: SignalInstance) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda _checked: signal.emit())
    return action
