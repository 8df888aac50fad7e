"""The form of an animation: made frame by frame while the window goes on, and stopped at will."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.animated_gif import AnimatedGif, Pixels
from rnnstudio.core.documents.atomic import require_writable, write_atomically
from rnnstudio.core.errors import UserError
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.file_dialogs import ask_save
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.view_picture import Animation, Frames

SECONDS, LAST_SECONDS = 1.2, 3.0
"""How long a frame is seen, and the last one."""


class AnimationForm(QWidget):
    """Writes the animation that a view offers as a GIF; hidden where it offers none.

    ``written(sentence)``: what was written. ``refused(sentence)``: what could not be.
    """

    written = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton(self.tr("Animate …"))
        self.stop_button = QPushButton(self.tr("Stop"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Frames of the animation"))
        self._animation: Animation | None = None
        self._frames: Frames | None = None
        self._gif: AnimatedGif | None = None
        self._path = Path()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._make_frame)
        self._lay_out()
        self.button.clicked.connect(self._ask)
        self.stop_button.clicked.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether an animation is being made."""
        return self._frames is not None

    def show_animation(self, animation: Animation | None) -> None:
        """Offer another animation; the one that is being made goes on."""
        self._animation = animation
        self.setVisible(animation is not None or self.busy)
        self.button.setEnabled(animation is not None and not self.busy)
        if animation is not None:
            self.button.setText(animation.text)

    def save(self, path: Path) -> None:
        """Make the animation and write it to ``path``."""
        if self._animation is None or self.busy:
            return
        try:
            require_writable(path)
        except UserError as error:
            self.refused.emit(language.text(error.message))
            return
        self._path, self._gif, self._frames = path, None, self._animation.make()
        self.progress.setRange(0, self._frames.count)
        self._show_busy()
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Make no more frames; nothing is written."""
        self._timer.stop()
        if self._frames is not None:
            self._frames.close()
        self._frames = self._gif = None
        self._show_busy()

    @Slot()
    def _make_frame(self) -> None:
        """One frame, and after the last one the file."""
        if self._frames is None:
            return
        place = 0 if self._gif is None else self._gif.frames
        pixels = pixels_of(self._frames.image(place))
        last = place + 1 == self._frames.count
        try:
            if self._gif is None:
                self._gif = AnimatedGif(pixels.shape[1], pixels.shape[0])
            self._gif.add_frame(pixels, LAST_SECONDS if last else SECONDS)
            if last:
                write_atomically(self._path, self._gif.content())
        except UserError as error:
            self.stop()
            self.refused.emit(language.text(error.message))
            return
        self.progress.setValue(place + 1)
        if last:
            self.stop()
            self.written.emit(language.filled(self.tr("Written to {0}."), self._path))

    @Slot()
    def _ask(self) -> None:
        if self._animation is not None:
            kinds = language.filled(self.tr("Animations ({0})"), "*.gif")
            path = ask_save(self, self.tr("Save"), f"{self._animation.name}.gif", kinds)
            if path is not None:
                self.save(path)

    def _show_busy(self) -> None:
        focused = self.button.hasFocus() or self.stop_button.hasFocus()
        for widget in (self.progress, self.stop_button):
            widget.setVisible(self.busy)
        self.show_animation(self._animation)
        if focused:
            (self.stop_button if self.busy else self.button).setFocus()

    def _lay_out(self) -> None:
        line = self.tr("A frame for every value, as GIF: slides and browsers play it.")
        self.button.setAccessibleDescription(line)
        for button in (self.button, self.stop_button):
            button.setMinimumHeight(sizes().control)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().half_gap)
        layout.addWidget(self.button)
        layout.addWidget(PlainLabel(line, role="muted", wrap=True))
        row = QHBoxLayout()
        row.addWidget(self.progress, stretch=1)
        row.addWidget(self.stop_button)
        layout.addLayout(row)
        for widget in (self.progress, self.stop_button):
            widget.hide()


def pixels_of(image: QImage) -> Pixels:
    """The colours of an image as 0x00RRGGBB, (height, width)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.width())
    return rows & np.uint32(0xFFFFFF)
