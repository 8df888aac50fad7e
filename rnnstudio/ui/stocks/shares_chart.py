"""A chart of the forecaster: one card for the place in sight, and one line in focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import Slot

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import plain
from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.chart_overlay import PlaceCard
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.labelled_chart import TO_END, LabelledChart, LabelledLine
from rnnstudio.ui.widgets.page_keys import PageKey

CardRow = tuple[str, str]
"""The name of the line that a row of a card is about, empty where it is about all, and the row."""


class SharesChart(LabelledChart):
    """Lines over a panel; ``line_in_focus`` has the name of one of them, empty where none is.

    The arrow keys up and down turn to the line above or below, by their names at the right. The
    line in focus lies over the others, its name and its dot are ringed and its row of the card is
    bold. ``heading(place)`` is the first row of the card.
    """

    def __init__(self, x_title: str = "", y_title: str = "") -> None:
        super().__init__(x_title, y_title)
        self.setBackground(colours().panel)
        self.line_in_focus = ""
        self.heading: Callable[[int], str] = lambda _: ""
        self.line_stepped.connect(self.step_line)

    def show_lines(
        self,
        lines: Sequence[LabelledLine],
        y_range: tuple[float, float],
        names: Sequence[tuple[float, str]] = (),
    ) -> None:
        """The same; a line in focus stays so while there is one of its name."""
        if self.line_in_focus not in [line.name for line in lines]:
            self.line_in_focus = ""
        super().show_lines(lines, y_range, names)
        self.focus_line(self.line_in_focus)

    def show_place(self, place: int | None) -> None:
        """Look at that place in one card, with a dot on each line."""
        super().show_place(place)
        if self.place is not None:
            self.overlay.show_cards(self._cards(self.place))
        self.setAccessibleDescription(self._description())

    def card_rows(self, place: int) -> list[CardRow]:
        """What the card says of a place."""
        heading = self.heading(place)
        rows = [("", heading)] if heading else []
        for line in reversed(self._at(place)):
            values = {"name": line.name, "value": plain(float(line.y[place]))}
            rows.append((line.name, language.text(Message("{name} {value}", values))))
        return rows

    def keys(self) -> tuple[PageKey, ...]:
        """The same, and those that turn to another line."""
        return (*super().keys(), *self.line_keys())

    def line_keys(self) -> tuple[PageKey, ...]:
        """The keys that turn to another line."""
        line = self.tr("The line above or below: it is in focus.")
        return (
            PageKey(("Up",), line, partial(self.step_line, -1)),
            PageKey(("Down",), line, partial(self.step_line, 1)),
        )

    @Slot(int)
    def step_line(self, by: int) -> None:
        """Turn to the line whose name stands below (1) or above (-1) that of the one in focus."""
        labels = zip(self.overlay.labels, self.overlay.label_boxes(), strict=True)
        names = [label.name for label, _ in sorted(labels, key=lambda each: each[1].top())]
        if not names:
            return
        if self.line_in_focus in names:
            at = min(max(names.index(self.line_in_focus) + by, 0), len(names) - 1)
        else:
            at = 0 if by > 0 else -1
        self.focus_line(names[at])
        self.show_place(TO_END if self.place is None else self.place)

    def focus_line(self, name: str) -> None:
        """Bring the line of that name to the front; empty: none is in focus."""
        self.line_in_focus = name
        for place, (line, curve) in enumerate(zip(self.lines, self.curves, strict=False)):
            in_focus = bool(name) and line.name == name
            curve.setZValue(len(self.lines) if in_focus else place)
        self.overlay.show_focus(name)
        self.show_place(self.place)

    def _at(self, place: int) -> list[LabelledLine]:
        """The lines with a name that have a number at that place."""
        return [
            line
            for line in self.lines
            if line.name and place < len(line.y) and np.isfinite(line.y[place])
        ]

    def _cards(self, place: int) -> list[PlaceCard]:
        """The words at the line in focus, or else at the uppermost, and dots on the others.

        Yesterday's price has a dot only in focus: a copy of it would be hidden by that.
        """
        rows, focus = self.card_rows(place), self.line_in_focus
        dotted = [
            line for line in self._at(place) if line.role != "yesterday" or line.name == focus
        ]
        dotted.sort(key=lambda line: (line.name != focus, line.role != "ink"))
        strong = next((at for at, (name, _) in enumerate(rows) if focus and name == focus), 0)
        words = "\n".join(row for _, row in rows)
        return [
            PlaceCard(
                "" if at else words,
                (float(line.x[place]), float(line.y[place])),
                line.role,
                strong,
                ringed=line.name == focus,
            )
            for at, line in enumerate(dotted)
        ]

    def _description(self) -> str:
        """What is in focus, what the card says, and what there is to be seen."""
        said = []
        if self.line_in_focus:
            said.append(language.filled(self.tr("Line in focus: {0}."), self.line_in_focus))
        if self.place is not None:
            said += [row for _, row in self.card_rows(self.place)]
        return "\n".join([*said, described_chart(self.lines)])
