"""The vanilla RNN, as the paper computes it (sections 2.1.1 and 2.1.3)."""

from rnnstudio.core.cells.table import Cell, row, running_sums

RNN = Cell(
    name="rnn",
    states=("a",),
    parameters={
        "Wax": ("n_a", "n_x"),
        "Waa": ("n_a", "n_a"),
        "ba": ("n_a", "1"),
        "Wya": ("n_y", "n_a"),
        "by": ("n_y", "1"),
    },
    output=("Wya", "by"),
    forward=(
        row("a_next", "tanh(Wax @ xt + Waa @ a_prev + ba)", "new hidden state"),
        row("yt_pred", "softmax(Wya @ a_next + by)", "prediction"),
    ),
    backward=(
        row("dtanh", "1 - a_next ** 2", "slope of the tanh"),
        row("dz", "da_next * dtanh", "gradient before the tanh"),
        row("dxt", "Wax.T @ dz", "gradient of the input"),
        row("dWax", "dz @ xt.T", "gradient of the input weights"),
        row("da_prev", "Waa.T @ dz", "message to the step before"),
        row("dWaa", "dz @ a_prev.T", "gradient of the recurrent weights"),
        row("dba", "total(dz)", "gradient of the bias"),
    ),
    gradients={"a_next": "da_next"},
    sums=running_sums(("Wax", "Waa", "ba")),
)
