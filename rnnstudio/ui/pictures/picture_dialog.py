"""Asks what a picture of the page in front is to have, where no drawer stands beside the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from rnnstudio.ui.pictures.picture_form import PictureForm
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.view_picture import ViewPicture


class PictureDialog(QDialog):
    """The form of a picture of what ``view`` gives, open until it is closed: for more than one."""

    def __init__(self, view: Callable[[], ViewPicture], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Picture of this page"))
        self.form = PictureForm(view)
        self.done_line = PlainLabel(wrap=True)
        self.done_line.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self.form.written.connect(self._say)
        layout = QVBoxLayout(self)
        layout.setSpacing(sizes().gap)
        for part in (self.form, self.done_line, self.buttons):
            layout.addWidget(part)
        self.setMinimumWidth(sizes().drawer)
        self.form.refresh()

    def done(self, result: int) -> None:
        """Stop what is being made, and close."""
        self.form.shutdown()
        super().done(result)

    def _say(self, sentence: str) -> None:
        self.done_line.setText(sentence)
        self.done_line.show()
