"""Predict, then reveal: a question before a class, its choices with their hands, one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.prediction import MOST_CHOICES, GuessChoice
from rnnstudio.core.cells.quiz import Votes
from rnnstudio.core.messages import Message
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import scaled, sizes, theme
from rnnstudio.ui.widgets.choice_button import ChoiceButton, ChoiceFace
from rnnstudio.ui.widgets.labels import PlainLabel

_NARROWEST = 200.0
"""Pixels beside text of its usual size that a choice is wide at least, if the bar is."""


class QuestionBar(QWidget):
    """Shows a question until it is revealed, then what was seen.

    ``counted(choice, by)``: a hand more or less for a choice. The violet button asks first for the
    answer (``reveal_clicked``), then to go on (``next_clicked``).
    """

    counted = Signal(int, int)
    reveal_clicked = Signal()
    next_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "question")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._revealed, self._placed = False, (0, 0)
        self._texts, self._keys_listed = ("", ""), ""
        self.sentence = PlainLabel(role="sentence", wrap=True)
        self.score = PlainLabel(role="quiet")
        self.choices = [self._make_choice(place) for place in range(MOST_CHOICES)]
        self.button = self._make_button()
        self.keys = PlainLabel(role="muted")
        policy = QSizePolicy.Policy
        self.keys.setSizePolicy(policy.Ignored, policy.Preferred)  # shown only where it has room
        self.place = PlainLabel(role="muted")
        self._lay_out()

    def show_question(
        self,
        prompt: Message,
        choices: Sequence[GuessChoice],
        votes: Votes,
        right: int,
        seen: Message,
        *,
        place: str = "",
    ) -> None:
        """Show a question with the hands that ``votes`` has for each of its choices.

        ``right`` is the right choice's place; ``seen`` takes the place of the question once
        ``votes`` says that it is revealed. ``place`` tells where the question is asked.
        """
        self._revealed = votes.revealed
        self._texts = language.text(prompt), language.text(seen)
        self.sentence.setText(self._texts[votes.revealed])
        score = votes.score
        self.score.setText(language.text(score.sentence) if score.total else "")
        self.button.setText(self.tr("Next") if votes.revealed else self.tr("Reveal"))
        self._keys_listed = self._keys_text(len(choices), revealed=False)
        self.keys.setText(self._keys_text(len(choices), revealed=votes.revealed))
        self.place.setText(place)
        for number, button in enumerate(self.choices):
            button.setVisible(number < len(choices))
            if number < len(choices):
                button.show_face(_face(number, choices[number], votes, right))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many choices beside each other as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _press(self) -> None:
        """Reveal, or go on."""
        (self.next_clicked if self._revealed else self.reveal_clicked).emit()

    def _keys_text(self, choices: int, *, revealed: bool) -> str:
        if revealed and theme().in_class:
            return self.tr("Space or the clicker goes on")
        if revealed:
            return self.tr("Space goes on")
        keys = " ".join(f"{key}" for key in range(1, choices + 1))
        if theme().in_class:
            text = self.tr("{0} count a hand · Space or the clicker reveals")
        else:
            text = self.tr("{0} count a hand · Shift takes one back · Space reveals")
        return language.filled(text, keys)

    def _arrange(self) -> None:
        """Give the sentence its size, and the choices equal sizes in as few rows as possible."""
        self._size_sentence()
        shown = [button for button in self.choices if not button.isHidden()]
        if not shown:
            return
        columns = self._fitting(len(shown))
        room = self._inner_width() if columns < len(shown) else self._beside_button()
        width = int((room + self._gap) / columns) - self._gap
        large = all(button.fits_large(width) for button in shown)
        for button in shown:
            button.set_large(large)
        height = max(button.height_for(width) for button in shown)
        for button in shown:
            button.setFixedHeight(height)
        self.button.setFixedHeight(height if columns == len(shown) else sizes().control)
        self._fit_foot(alone=columns == len(shown))
        if (columns, len(shown)) != self._placed:
            self._placed = columns, len(shown)
            self._place_choices(shown, columns)

    def _fit_foot(self, *, alone: bool) -> None:
        """Tell the keys where there is room for them, and the place where there still is.

        ``alone``: the violet button is not beside them.
        """
        metrics = self.keys.fontMetrics()
        keys, place = map(metrics.horizontalAdvance, (self._keys_listed, self.place.text()))
        room = self._inner_width() if alone else self._beside_button()
        self.place.setVisible(keys + self._gap + place <= room)
        self.keys.setVisible(keys <= room)

    def _place_choices(self, shown: Sequence[ChoiceButton], columns: int) -> None:
        """In rows of so many; the violet button stands beside a single row, else below."""
        for button in self.choices:
            self._grid.removeWidget(button)
        for column in range(MOST_CHOICES):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for place, button in enumerate(shown):
            self._grid.addWidget(button, place // columns, place % columns)
        for row in (self._middle, self._foot):
            row.removeWidget(self.button)
        (self._middle if columns == len(shown) else self._foot).addWidget(self.button)

    def _size_sentence(self) -> None:
        """One line of a sentence's size where question and answer fit into it, else a heading's.

        Its height is that of the longer of the two, so that nothing jumps when it is revealed.
        """
        large = QFontMetrics(words(sizes().sentence, bold=True))
        room = self._inner_width() - self.score.sizeHint().width() - self._gap
        fits = all(large.horizontalAdvance(text) <= room for text in self._texts)
        role = "sentence" if fits else "heading"
        if self.sentence.property("role") != role:
            self.sentence.setProperty("role", role)
            self.sentence.style().unpolish(self.sentence)
            self.sentence.style().polish(self.sentence)
        small, wrap = QFontMetrics(words(sizes().heading, bold=True)), Qt.TextFlag.TextWordWrap
        place = QRect(0, 0, max(room, 1), 0)
        lines = [small.boundingRect(place, wrap, text).height() for text in self._texts]
        self.sentence.setFixedHeight(max(large.height(), *lines))
        descent = large.descent() if fits else small.descent()
        self.score.setContentsMargins(0, 0, 0, descent - QFontMetrics(words()).descent())

    def _inner_width(self) -> int:
        return self.width() - 2 * sizes().margin

    @property
    def _gap(self) -> int:
        return 2 * sizes().gap

    def _beside_button(self) -> int:
        """Room for the choices beside the violet button."""
        return self._inner_width() - self.button.minimumWidth() - self._gap

    def _fitting(self, choices: int) -> int:
        """How many choices stand beside each other: all, two or one."""
        narrowest = scaled(_NARROWEST) + self._gap
        if self._beside_button() + self._gap >= choices * narrowest:
            return choices
        return min(2, choices) if self._inner_width() + self._gap >= 2 * narrowest else 1

    def _make_choice(self, place: int) -> ChoiceButton:
        button = ChoiceButton(self)
        button.clicked.connect(lambda: self.counted.emit(place, 1))
        button.taken_back.connect(lambda: self.counted.emit(place, -1))
        return button

    def _make_button(self) -> QPushButton:
        button = QPushButton(self.tr("Reveal"), self)
        button.setProperty("role", "primary")
        font = words(sizes().heading, bold=True)
        button.setFont(font)
        metrics = QFontMetrics(font)
        wider = max(map(metrics.horizontalAdvance, (self.tr("Reveal"), self.tr("Next"))))
        button.setFixedWidth(wider + 2 * sizes().margin)
        button.clicked.connect(self._press)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(self._gap)
        head.addWidget(self.sentence, stretch=1)
        head.addWidget(self.score, alignment=Qt.AlignmentFlag.AlignBottom)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(self._gap)
        self._grid.setVerticalSpacing(sizes().gap)
        self._middle, self._foot = QHBoxLayout(), QHBoxLayout()
        for row in (self._middle, self._foot):
            row.setSpacing(self._gap)
        self._middle.addLayout(self._grid, stretch=1)
        self._foot.addWidget(self.keys, stretch=1)
        self._foot.addWidget(self.place)
        layout = QVBoxLayout(self)
        gap = self._gap if theme().in_class else sizes().gap
        layout.setContentsMargins(sizes().margin, self._gap, sizes().margin, gap)
        layout.setSpacing(gap)
        for part in (head, self._middle, self._foot):
            layout.addLayout(part)


def _face(place: int, choice: GuessChoice, votes: Votes, right: int) -> ChoiceFace:
    return ChoiceFace(
        key=f"{place + 1}",
        words=language.text(choice.words),
        bounds=language.text(choice.bounds),
        hands=votes.hands[place],
        share=language.number(votes.share(place)),
        total=sum(votes.hands),
        revealed=votes.revealed,
        right=place == right,
    )
