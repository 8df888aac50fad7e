import pytest

from rnnstudio.core.cells import published
from rnnstudio.core.cells.published import Figure


@pytest.mark.parametrize(
    "figure", published.verify(), ids=lambda figure: f"{figure.function}:{figure.name}"
)
def test_that_the_printed_figure_reproduces(figure: Figure) -> None:
    assert figure.ok, f"printed {figure.printed}, computed {figure.computed}"


def test_that_every_function_of_the_document_is_covered() -> None:
    functions = [example.function for example in published.examples()]
    assert functions == [
        "rnn_cell_forward",
        "rnn_forward",
        "lstm_cell_forward",
        "lstm_forward",
        "rnn_cell_backward",
        "rnn_backward",
        "lstm_cell_backward",
    ]


def test_that_a_figure_beyond_its_tolerance_is_not_ok() -> None:
    whole = published._compare("f", "dxt[1][2]", 1.0, 1.0 + 1e-11)
    decimals = published._compare("f", "a[4]", [1.0, 2.0], [1.0, 2.0 + 2e-8])
    assert not whole.ok
    assert not decimals.ok
    assert decimals.difference == pytest.approx(2e-8)
