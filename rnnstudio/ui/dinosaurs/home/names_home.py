"""The generator's home: seven names in big type, the loss, the next letter, and the training."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.prediction import GuessChoice
from rnnstudio.core.messages import Message
from rnnstudio.core.names.filmstrip import film_sentence
from rnnstudio.core.names.notices import early_stop, small_list
from rnnstudio.core.names.recipes import PaperSpec, Spec
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.ui.dinosaurs.home.film_view import Filmstrip
from rnnstudio.ui.dinosaurs.home.loss_chart import LossChart
from rnnstudio.ui.dinosaurs.home.next_letters import NextLetters
from rnnstudio.ui.dinosaurs.home.sliders import TemperatureSlider
from rnnstudio.ui.dinosaurs.home.training_bar import TrainingBar
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.running import Phase
from rnnstudio.ui.theme.tokens import scaled, sizes, theme
from rnnstudio.ui.widgets.chart_picture import CAPTION, DRAWING
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel, WrappedLabel
from rnnstudio.ui.widgets.link_button import LinkButton
from rnnstudio.ui.widgets.page_tabs import scrolled
from rnnstudio.ui.widgets.question_bar import QuestionBar
from rnnstudio.ui.widgets.view_picture import PicturePart, ViewPicture

_BELOW, _NARROW = 148, 800
"""The height of what is below the names, and a width below which the temperature stands below the
letters, so that the loss has room beside them; in pixels beside text of its usual size."""
_YIELDS = 34
"""By how much less high that is, at most, where there is no room for all, in such pixels."""


class NamesHome(QWidget):
    """Holds the views of the home page; the tab connects them.

    ``newest_clicked``: the newest network is to be looked at again.
    """

    newest_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = WrappedLabel(role="sentence")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.source = PlainLabel(role="quiet")
        self.notice = WrappedLabel()
        self.newest_link = LinkButton(self.tr("Back to the newest"))
        self.newest_link.clicked.connect(self.newest_clicked)
        self.film = Filmstrip()
        self.loss = LossChart()
        self.letters = NextLetters()
        self.temperature = TemperatureSlider()
        self.bar = TrainingBar()
        self.guess = KeyButton(Face("hand", self.tr("Guess"), "G"))
        self.letters.add_corner(self.guess)
        self.question = QuestionBar()
        self.error = ErrorBox(self)
        self._lay_out()
        for drawn in (self.film, self.letters):
            drawn.setProperty(DRAWING, True)
        for said in (self.sentence, self.source, self.notice, self.letters.field):
            said.setProperty(CAPTION, True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let keys be the tab's: what scrolls in a low window would take arrows and more.

        Where it has another height, what is below the names is fitted to it.
        """
        if watched is self._area and event.type() == QEvent.Type.KeyPress:
            event.ignore()
            return True
        if watched is self._area and event.type() == QEvent.Type.Resize:
            self._fit_lower()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place what is below the names as the new width asks for."""
        super().resizeEvent(event)
        self._fit_lower()

    def show_state(self, state: NamesState, spec: Spec, pace: int) -> None:
        """Show the names, how they come to be, and what can be done."""
        _show(self.sentence, self._sentence(state))
        _show(self.source, self._source(state, spec))
        _show(self.notice, self._notice(state))
        self.newest_link.setVisible(state.past is not None)
        self.film.show_state(state)
        self.loss.show_state(state)
        self.letters.show_state(state)
        self.bar.show_state(state, spec, pace)
        self._show_question(state)
        self.error.show_text(state.run.error or state.film_error)

    def show_sampling(self, sampling: Sampling) -> None:
        """Show how names are drawn."""
        self.temperature.show_temperature(sampling.temperature)
        self.letters.show_sampling(sampling)
        self.bar.set_count(sampling.count)

    def _show_question(self, state: NamesState) -> None:
        """Show the question in the place of the bar, and lead the focus of what goes to its like.

        Qt would lead it to the first answer, for which Space would count a hand.
        """
        question, focus = state.question, self.focusWidget() or self
        comes = question is not None and self.question.isHidden()
        goes = question is None and self.question.isAncestorOf(focus)
        moves = comes and (self.bar.isAncestorOf(focus) or self.letters.isAncestorOf(focus))
        self.guess.setEnabled(state.looked_at is not None and question is None)
        self.question.setVisible(question is not None)
        self.bar.setVisible(question is None)
        if moves:
            self.question.button.setFocus()
        if goes:
            self.film.rows[self.film.row].setFocus()
        if question is not None:
            choices = [
                GuessChoice(Message("{letter}", {"letter": each})) for each in question.letters
            ]
            self.question.show_question(
                question.prompt, choices, state.votes, question.right, question.seen
            )

    def picture(self) -> ViewPicture:
        """What a picture of the names may have."""
        said = (self.sentence, self.source, self.notice)
        return ViewPicture(self, "names", on_page={PicturePart.SENTENCE: said})

    def regions(self) -> tuple[QWidget, ...]:
        """Its parts, as F6 goes through them."""
        return (self.film, self.loss, self.letters, self.temperature, self.bar, self.question)

    def _sentence(self, state: NamesState) -> str:
        if state.film is not None and state.looked_at is not None:
            return language.text(film_sentence(state.film))
        if state.run.active:
            return self.tr("A network begins to learn.")
        return self.tr("A network is to make up names like these.")

    def _source(self, state: NamesState, spec: Spec) -> str:
        corpus = state.corpus
        if corpus is None:
            return ""
        network = state.looked_at
        of_network = network is not None and (state.foreign or state.past is not None)
        count, source = len(corpus.names), corpus.source
        if network is not None and of_network:
            count, source = len(network.corpus.names), network.corpus.source
        if theme().in_class:
            return language.filled(self.tr("{0:,} names, {1}"), count, source)
        asked = network.spec if network is not None else spec
        paper = isinstance(asked, PaperSpec)
        recipe = self.tr("recipe of the paper") if paper else self.tr("fast recipe")
        return language.filled(self.tr("{0:,} names, {1}, {2}"), count, source, recipe)

    def _notice(self, state: NamesState) -> str:
        if state.going_back is not None:
            return self._going_back(state)
        if state.past is not None:
            return self._gone_back(state)
        trained, corpus = state.trained, state.corpus
        if state.foreign and trained is not None and corpus is not None:
            text = self.tr("This network was trained on {0}; it has not learnt from {1}.")
            return language.filled(text, trained.corpus.source, corpus.source)
        stopped = None if trained is None else early_stop(trained)
        if stopped is not None and state.run.phase is Phase.FINISHED:
            return language.text(stopped)
        few = None if corpus is None else small_list(corpus)
        return "" if few is None else language.text(few)

    def _going_back(self, state: NamesState) -> str:
        template = (
            self.tr("Going back to iteration {0:,}, which takes about {1:,.0f} s …")
            if state.seconds_back > 1
            else self.tr("Going back to iteration {0:,} …")
        )
        return language.filled(template, state.going_back, state.seconds_back)

    def _gone_back(self, state: NamesState) -> str:
        past = state.past
        if past is None:
            return ""
        template = (
            self.tr("The network of iteration {0:,}, gone back to.")
            if past.same
            else self.tr(
                "The network of iteration {0:,}, not to the last bit: it was trained on another "
                "machine or with another NumPy."
            )
        )
        return language.filled(template, past.iteration)

    def _lay_out(self) -> None:
        gap, margin = sizes().gap, sizes().margin
        above, lower = QWidget(), QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(margin - gap, gap + sizes().half_gap, margin, gap)
        column.setSpacing(gap)
        head, notices = QHBoxLayout(), QHBoxLayout()
        for row in (head, notices):  # as far right as the names, which leave room for a ring
            row.setContentsMargins(gap, 0, 0, 0)
        head.addWidget(self.sentence, stretch=1)
        head.addWidget(self.source, alignment=Qt.AlignmentFlag.AlignBottom)
        notices.addWidget(self.notice, stretch=1)
        notices.addWidget(self.newest_link)
        column.addLayout(head)
        column.addLayout(notices)
        column.addWidget(self.film, stretch=1)
        self._whole = whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(above, stretch=1)
        rows.addWidget(_line())
        rows.addWidget(lower)
        self._area = scrolled(whole)
        self._lay_out_lower(lower)
        self._area.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area, stretch=1)
        if not theme().in_class:
            layout.addWidget(_line())
            layout.addWidget(self.bar)
        layout.addWidget(self.question)
        self.question.hide()

    def _lay_out_lower(self, lower: QWidget) -> None:
        """The loss and the next letters; at their right the temperature, or a class's controls."""
        in_class = theme().in_class
        self._lower = lower
        self.loss.setMinimumHeight(round(scaled(_BELOW - _YIELDS)))
        if in_class:
            lower.setProperty("role", "bar")
            lower.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(lower)
        row.setContentsMargins(sizes().margin, sizes().gap, sizes().margin, sizes().gap)
        row.setSpacing(3 * sizes().gap)
        self._right = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._right.setSpacing(3 * sizes().gap)
        self._right.addWidget(self.letters, stretch=3)
        self._right.addWidget(self.bar if in_class else self.temperature, stretch=2)
        row.addWidget(self.loss, stretch=6)
        row.addLayout(self._right, stretch=5)
        if in_class:
            self.temperature.setParent(self)
            self.temperature.hide()
        self._fit_lower()

    def _fit_lower(self) -> None:
        """In a narrow page the temperature goes below the letters, and a button has no words.

        In a low one everything beside the names is less high.
        """
        narrow = not theme().in_class and self.width() < scaled(_NARROW)
        way, height = QBoxLayout.Direction, round(scaled(_BELOW)) + 2 * sizes().gap
        self.temperature.set_low(narrow)
        if narrow:
            height += self.temperature.sizeHint().height()
        self._right.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._right.setSpacing(sizes().gap if narrow else 3 * sizes().gap)
        self.guess.set_shape(compact=narrow)
        others = self._whole.minimumSizeHint().height() - self._lower.minimumHeight()
        lacking = others + height - self._area.height()
        self._lower.setFixedHeight(height - max(0, min(lacking, round(scaled(_YIELDS)))))


def _show(label: PlainLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
    if label.isHidden() == bool(text):
        label.setVisible(bool(text))


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    line.setFixedHeight(max(1, sizes().half_gap // 4))
    return line
