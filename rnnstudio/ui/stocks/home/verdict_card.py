"""The verdict: a word, the sentence it rests on, three figures, a warning, and the checks."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.stocks.evaluation.leakage_checks import Check
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.evaluation.verdict import Judgement
from rnnstudio.core.stocks.evaluation.wording import (
    figure,
    hit_rate_share,
    hit_rate_words,
    lag_warning,
    plain_words,
)
from rnnstudio.ui.stocks.home.waiting_card import BeforeVerdict, BusyVerdict
from rnnstudio.ui.stocks.home_state import STAGES, ChecksUnfolded
from rnnstudio.ui.stocks.marks import SAMPLE, IconMark, LineSample, MarkedLines
from rnnstudio.ui.stocks.price_lines import DASHES, NETWORK, YESTERDAY
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.icons import icon, judged, paint_icon
from rnnstudio.ui.theme.tokens import scaled, sizes, theme
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip
from rnnstudio.ui.widgets.page_tabs import scrolled

_VERDICT_STAGE = STAGES - 1


class VerdictCard(QFrame):
    """What is known of the network, or what finding it out will take, or how far it has come.

    ``asked(event)``: what the user wants. ``stop_clicked``: what is under way is to end.
    """

    asked = Signal(object)
    stop_clicked = Signal()
    choose_clicked = Signal()
    """A file of one's own is to be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("The verdict"))
        self.before, self.busy, self.known = BeforeVerdict(), BusyVerdict(), KnownVerdict()
        self.busy.stop_button.clicked.connect(self.stop_clicked)
        self.before.asked.connect(self.asked)
        self.before.choose_button.clicked.connect(self.choose_clicked)
        self.known.checks_button.toggled.connect(lambda on: self.asked.emit(ChecksUnfolded(on)))
        self.sides = QStackedWidget()
        for side in (self.before, self.busy, self.known):
            self.sides.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (2 * sizes().gap,))
        layout.addWidget(self.sides)

    @property
    def is_known(self) -> bool:
        """Whether the verdict is in sight."""
        return self.sides.currentWidget() is self.known

    def show_state(self, state: StocksState) -> None:
        """Show what is known."""
        summary = None if state.evaluation is None else state.evaluation.summary
        judging = state.run.active and state.job.trains
        untold = theme().in_class and state.home.stage < _VERDICT_STAGE
        if judging:
            self.busy.show_state(state)
            self.sides.setCurrentWidget(self.busy)
        elif summary is None or untold:
            self.before.show_state(state, covered=summary is not None)
            self.sides.setCurrentWidget(self.before)
        else:
            self.known.show_summary(summary, unfolded=state.home.checks)
            self.known.show_hands(state.home.hands)
            self.sides.setCurrentWidget(self.known)


class KnownVerdict(QWidget):
    """Mark and word, sentence, figures, a warning, and the checks as a count that unfolds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = IconMark()
        self.word = PlainLabel(role="verdict", wrap=True)
        self.sentence = PlainLabel(role="lead", wrap=True)
        self.figures = VerdictFigures()
        self.warning = PlainLabel(wrap=True)
        self.warning.setToolTip(plain_tip(language.text(plain_words("lag"))))
        self.hands = PlainLabel(wrap=True)
        self.checks_button = ChecksButton()
        self.checks_button.setProperty(CAPTION, True)
        self.checks = MarkedLines(sizes().gap)
        self.list = scrolled(self.checks)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.setAccessibleName(self.tr("Leakage checks"))
        for part in (self.list.viewport(), self.checks):
            part.setAutoFillBackground(False)
        self._lay_out()

    def show_summary(self, summary: EvaluationSummary, *, unfolded: bool) -> None:
        """Show the verdict of a summary; ``unfolded``: with each leakage check in a sentence."""
        self._show_word(summary.judgement)
        self.sentence.setText(language.text(summary.short_sentence))
        self.figures.show_summary(summary)
        self.warning.setText(language.text(lag_warning(summary.lag, summary.days)))
        self.checks_button.show_checks(summary.leakage_checks, unfolded=unfolded)
        self.checks.show_lines(
            tuple((language.text(check.sentence), check.ok) for check in summary.leakage_checks)
        )
        for part in (self.figures, self.warning, self._line):
            part.setVisible(not unfolded)
        self.list.setVisible(unfolded)
        self._rest.setVisible(not unfolded)

    def show_hands(self, hands: tuple[int, int, int]) -> None:
        """Show how a class has guessed, if it has."""
        says = language.filled(self.tr("Guessed: no {0}, a tie {1}, yes {2}."), *hands)
        self.hands.setText(says)
        self.hands.setVisible(any(hands))

    def _show_word(self, judgement: Judgement | None) -> None:
        shown = {
            Judgement.NO: ("cross", "bad", self.tr("No.")),
            Judgement.TIE: ("equal", "ink", self.tr("A tie.")),
            Judgement.YES: ("tick", "good", self.tr("Yes, here.")),
            None: ("equal", "muted", self.tr("Too few days.")),
        }[judgement]
        name, role, word = shown
        self.mark.show_mark(name, role)
        self.word.setText(word)
        self.word.setProperty("role", "heading" if judgement is None else "verdict")
        self.word.setProperty("state", role)
        self.word.style().unpolish(self.word)
        self.word.style().polish(self.word)
        self.word.setAccessibleName(language.filled(self.tr("Verdict: {0}"), word))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(sizes().gap)
        head.addWidget(self.mark)
        head.addWidget(self.word, stretch=1)
        self._line = QFrame()
        self._line.setProperty("role", "line")
        self._line.setFixedHeight(sizes().half_gap // 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        layout.addLayout(head)
        for part in (self.sentence, self.hands, self.figures, self._line, self.warning):
            layout.addWidget(part)
        self._rest = QWidget()
        layout.addWidget(self.list, stretch=1)
        layout.addWidget(self._rest, stretch=1)
        layout.addWidget(self.checks_button)


class VerdictFigures(QWidget):
    """Three figures, each with a sample of its line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(sizes().gap)
        grid.setVerticalSpacing(sizes().gap)
        grid.setColumnStretch(1, 1)
        self.network, self.yesterday = PlainLabel(role="sentence"), PlainLabel(role="sentence")
        self.direction = PlainLabel(role="sentence")
        self.coin = PlainLabel(role="label", wrap=True)
        rows = (
            (LineSample("network", NETWORK), self.tr("network"), None, self.network),
            (
                LineSample("yesterday", YESTERDAY, DASHES),
                self.tr("yesterday's price"),
                None,
                self.yesterday,
            ),
            (
                IconMark("up-down", "ink", sizes().target, round(scaled(SAMPLE))),
                self.tr("direction right"),
                self.coin,
                self.direction,
            ),
        )
        for row, (sample, name, below, number) in enumerate(rows):
            text = QVBoxLayout()
            text.setSpacing(0)
            text.addWidget(PlainLabel(name, wrap=True))
            text.addWidget(below or PlainLabel("RMSE", role="label"))
            number.setAccessibleName(name)
            grid.addWidget(sample, row, 0)
            grid.addLayout(text, row, 1)
            grid.addWidget(number, row, 2, alignment=Qt.AlignmentFlag.AlignRight)
        rmse = plain_tip(language.text(plain_words("RMSE")))
        self.network.setToolTip(rmse)
        self.yesterday.setToolTip(rmse)
        self.direction.setToolTip(plain_tip(language.text(plain_words("direction"))))

    def show_summary(self, summary: EvaluationSummary) -> None:
        """Show the figures; a dash where there is none."""
        self.network.setText(language.shown(figure(summary.network.errors.rmse)))
        self.yesterday.setText(language.shown(figure(summary.persistence.errors.rmse)))
        hits = summary.network.hit_rate
        self.direction.setText(language.text(hit_rate_share(hits)))
        self.coin.setText(language.text(hit_rate_words(hits)))


class ChecksButton(QPushButton):
    """How many leakage checks are in order; pressed, they are read one by one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setProperty("role", "ledger")
        self.setIconSize(QSize(sizes().mark, sizes().mark))
        self.setMinimumHeight(sizes().control)
        self.setMinimumWidth(sizes().target)
        self._whole, self._count = False, (0, 0)

    def show_checks(self, checks: tuple[Check, ...], *, unfolded: bool) -> None:
        """Count them."""
        good = sum(check.ok for check in checks)
        self._whole = whole = good == len(checks)
        self._count = (good, len(checks))
        self.setIcon(icon(*judged(whole)))
        self._show_count()
        self.setProperty("state", "good" if whole else "bad")
        self.style().unpolish(self)
        self.style().polish(self)
        self.setToolTip(self.tr("Read the checks one by one"))
        blocked = self.blockSignals(True)
        self.setChecked(unfolded)
        self.blockSignals(blocked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._show_count()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The count, and at the right a sign that there is more of it."""
        super().paintEvent(event)
        side, gap = sizes().mark, sizes().gap
        with QPainter(self) as painter:
            place = QRectF(self.width() - side - gap, (self.height() - side) / 2, side, side)
            paint_icon(painter, place, "chevron" if self.isChecked() else "chevron-right", "ink")

    def _show_count(self) -> None:
        says = language.filled(self.tr("{0} of {1} in order"), *self._count)
        longer = language.filled(self.tr("{0} of {1} in order: nothing leaked"), *self._count)
        room = self.width() - 2 * sizes().mark - 4 * sizes().gap
        fits = self.fontMetrics().horizontalAdvance(longer) <= room
        self.setText(longer if self._whole and fits else says)
        self.setAccessibleName(longer if self._whole else says)
