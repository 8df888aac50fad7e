"""The vanilla RNN, as the paper computes it (sections 2.1.1 and 2.1.3)."""

from rnnstudio.core.cells.symbols import Notation, Symbol, array_symbol
from rnnstudio.core.cells.table import BoxWords, Cell, DirectPath, Fault, row, running_sums
from rnnstudio.core.messages import Message

_SLOPE = Symbol("tanh′", upright=True)
_INSIDE = Symbol("z", before="d")
_SUM = BoxWords(short=Message("sum"))

RNN = Cell(
    name="rnn",
    label="RNN",
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
        row("dz", "da_next * dtanh", "gradient before the tanh", _SUM),
        row("dxt", "Wax.T @ dz", "gradient of the input"),
        row("dWax", "dz @ xt.T", "gradient of the input weights"),
        row("da_prev", "Waa.T @ dz", "message to the step before"),
        row("dWaa", "dz @ a_prev.T", "gradient of the recurrent weights"),
        row("dba", "total(dz)", "gradient of the bias"),
    ),
    gradients={"a_next": "da_next"},
    sums=running_sums(("Wax", "Waa", "ba")),
    path=DirectPath("dtanh", matrix="Waa"),
    faults=(
        Fault("tanh", "a wrong derivative of the tanh", "dtanh", "1 - a_next"),
        Fault("sum", "the sum over time is forgotten", "dWaa_sum", "dWaa"),
        Fault("message", "the message to the step before is dropped", "da_prev", "0 * da_next"),
        Fault("transpose", "a transpose is forgotten", "da_prev", "Waa @ dz"),
    ),
    symbols={
        Notation.PAPER: {"dtanh": _SLOPE, "dz": _INSIDE},
        Notation.IFOG: {
            "dtanh": _SLOPE,
            "dz": _INSIDE,
            "Wax": Symbol("W", sub="xh"),
            "Waa": Symbol("W", sub="hh"),
            "Wya": Symbol("W", sub="hy"),
            "ba": Symbol("b", sub="h"),
        },
        Notation.KERAS: {
            "dtanh": _SLOPE,
            "dz": _INSIDE,
            "Wax": array_symbol("kernel"),
            "Waa": array_symbol("recurrent_kernel"),
            "Wya": array_symbol("dense.kernel"),
            "ba": array_symbol("bias", turned=False),
        },
    },
)
