"""The errors of the network and of 'tomorrow = today', and what they say.

``python -m rnnstudio.ui.stocks.figures_view`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from rnnstudio.core.stocks.forecast import Forecast
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme import THEME


class FiguresView(QWidget):
    """Two errors side by side, and one sentence in plain words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.network = _heading()
        self.persistence = _heading()
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.fitted = _note("")
        self.fitted.setWordWrap(True)
        self._lay_out()
        self.show_state(StocksState())

    def show_state(self, state: StocksState) -> None:
        """Show the last forecast's figures."""
        forecast = state.forecast
        if forecast is None:
            self.network.setText("–")
            self.persistence.setText("–")
            self.verdict.setText(self.tr("Train the network to see whether it beats yesterday."))
            self.fitted.setText("")
            return
        self.network.setText(f"{forecast.rmse:.4g}")
        self.persistence.setText(f"{forecast.rmse_persistence:.4g}")
        self.verdict.setText(self._verdict(forecast))
        self.fitted.setText(self._fitted(forecast))

    def _verdict(self, forecast: Forecast) -> str:
        days, close = forecast.split.rows_test, forecast.rmse_close
        if forecast.rmse >= forecast.rmse_persistence:
            return self.tr(
                "On these {0} test days the network does not beat yesterday's price."
            ).format(days)
        below = 1 - forecast.rmse / forecast.rmse_persistence
        if close is not None and close <= forecast.rmse:
            return self.tr(
                "On these {0} test days the network's error is {1:.1%} below that of yesterday's "
                "opening price, but yesterday's close, known by then too, has {2:.4g}."
            ).format(days, below, close)
        return self.tr(
            "On these {0} test days the network's error is {1:.1%} below that of yesterday's "
            "price. One training on one span does not prove that it will be on others."
        ).format(days, below)

    def _fitted(self, forecast: Forecast) -> str:
        scaler, dates = forecast.trained.scaling.features, forecast.split.table.dates
        return self.tr(
            "Scaler fitted on {0:,} training rows, {1} to {2}; {3} engine, seed {4}."
        ).format(
            len(scaler.rows),
            dates[scaler.rows.start],
            dates[scaler.rows.stop - 1],
            {"numpy": "NumPy", "keras": "Keras"}[forecast.spec.engine],
            forecast.spec.seed,
        )

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(THEME.spacing)
        for name, value in (
            (self.tr("RMSE of the network"), self.network),
            (self.tr("RMSE of tomorrow = today"), self.persistence),
        ):
            figures.addWidget(_note(name))
            figures.addWidget(value)
            figures.addSpacing(2 * THEME.spacing)
        figures.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(THEME.spacing // 2)
        layout.addLayout(figures)
        layout.addWidget(self.verdict)
        layout.addWidget(self.fitted)


def _heading() -> QLabel:
    label = QLabel()
    label.setProperty("role", "heading")
    return label


def _note(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    return label


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.alone import open_alone

    open_alone(FiguresView, finished_state())
