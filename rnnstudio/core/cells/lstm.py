"""The LSTM, as the paper computes it (sections 2.1.2 and 2.1.3).

The paper's ``cct`` is the candidate, not a gate: it lies between -1 and 1.
"""

from rnnstudio.core.cells.symbols import Notation, Symbol, array_symbol
from rnnstudio.core.cells.table import BoxWords, Cell, DirectPath, Fault, row, running_sums
from rnnstudio.core.messages import Message

_WEIGHTS = ("n_a", "n_a+n_x")
_BIAS = ("n_a", "1")
_FORGET = BoxWords(Message("forget gate"), Message("forget"), Message("how much memory stays"))
_INPUT = BoxWords(
    Message("input gate"), Message("input"), Message("how much of the candidate is stored")
)
_CANDIDATE = BoxWords(Message("candidate"), purpose=Message("what could be stored"))
_OUTPUT = BoxWords(Message("output gate"), Message("output"), Message("how much memory is shown"))


def _array_symbols() -> dict[str, Symbol]:
    """Keras has one array for all gates; the paper's are blocks of it."""
    symbols = {"dc": Symbol("c", sub="t", before="d"), "dc_next": Symbol("c′", sub="t", before="d")}
    for gate in "fico":
        symbols[f"W{gate}"] = array_symbol("[recurrent_kernel; kernel]", gate)
        symbols[f"b{gate}"] = array_symbol("bias", gate, turned=False)
    return symbols


LSTM = Cell(
    name="lstm",
    label="LSTM",
    states=("a", "c"),
    parameters={
        "Wf": _WEIGHTS,
        "bf": _BIAS,
        "Wi": _WEIGHTS,
        "bi": _BIAS,
        "Wc": _WEIGHTS,
        "bc": _BIAS,
        "Wo": _WEIGHTS,
        "bo": _BIAS,
        "Wy": ("n_y", "n_a"),
        "by": ("n_y", "1"),
    },
    output=("Wy", "by"),
    forward=(
        row("concat", "stack(a_prev, xt)", "old hidden state over input"),
        row("ft", "sigmoid(Wf @ concat + bf)", "forget gate: how much memory stays", _FORGET),
        row(
            "it",
            "sigmoid(Wi @ concat + bi)",
            "input gate: how much of the candidate is stored",
            _INPUT,
        ),
        row("cct", "tanh(Wc @ concat + bc)", "candidate for the memory", _CANDIDATE),
        row("c_next", "ft * c_prev + it * cct", "new memory state"),
        row("ot", "sigmoid(Wo @ concat + bo)", "output gate: how much memory is shown", _OUTPUT),
        row("a_next", "ot * tanh(c_next)", "new hidden state"),
        row("yt_pred", "softmax(Wy @ a_next + by)", "prediction"),
    ),
    backward=(
        row("dot", "da_next * tanh(c_next) * ot * (1 - ot)", "gradient before the output gate"),
        row(
            "dc",
            "dc_next + da_next * ot * (1 - tanh(c_next) ** 2)",
            "gradient of the memory: from the step after and from this hidden state",
        ),
        row("dcct", "dc * it * (1 - cct ** 2)", "gradient before the candidate's tanh"),
        row("dit", "dc * cct * it * (1 - it)", "gradient before the input gate"),
        row("dft", "dc * c_prev * ft * (1 - ft)", "gradient before the forget gate"),
        row("dWf", "dft @ concat.T", "gradient of the forget gate's weights"),
        row("dWi", "dit @ concat.T", "gradient of the input gate's weights"),
        row("dWc", "dcct @ concat.T", "gradient of the candidate's weights"),
        row("dWo", "dot @ concat.T", "gradient of the output gate's weights"),
        row("dbf", "total(dft)", "gradient of the forget gate's bias"),
        row("dbi", "total(dit)", "gradient of the input gate's bias"),
        row("dbc", "total(dcct)", "gradient of the candidate's bias"),
        row("dbo", "total(dot)", "gradient of the output gate's bias"),
        row(
            "dconcat",
            "Wf.T @ dft + Wi.T @ dit + Wc.T @ dcct + Wo.T @ dot",
            "gradient of hidden state and input together",
        ),
        row("da_prev", "upper(dconcat, a_prev)", "message to the step before: hidden state"),
        row("dc_prev", "dc * ft", "message to the step before: memory"),
        row("dxt", "lower(dconcat, xt)", "gradient of the input"),
    ),
    gradients={
        "concat": "dconcat",
        "ft": "dft",
        "it": "dit",
        "cct": "dcct",
        "c_next": "dc",
        "ot": "dot",
        "a_next": "da_next",
    },
    sums=running_sums(("Wf", "bf", "Wi", "bi", "Wc", "bc", "Wo", "bo")),
    path=DirectPath("ft", bias="bf"),
    faults=(
        Fault(
            "memory",
            "the gradient of the memory from the step after is dropped",
            "dc",
            "da_next * ot * (1 - tanh(c_next) ** 2)",
        ),
        Fault("sum", "the sum over time is forgotten", "dWf_sum", "dWf"),
        Fault(
            "swap",
            "forget and input gate are swapped",
            "dconcat",
            "Wi.T @ dft + Wf.T @ dit + Wc.T @ dcct + Wo.T @ dot",
        ),
        Fault("tanh", "a wrong derivative of the tanh", "dcct", "dc * it * (1 - cct)"),
    ),
    symbols={
        # dc is the memory's gradient as a whole, dc_next the part from the step after.
        Notation.PAPER: {
            "dc": Symbol("c", sup="⟨t⟩", before="d"),
            "dc_next": Symbol("c′", sup="⟨t⟩", before="d"),
        },
        Notation.IFOG: {
            "dc": Symbol("c", sub="t", before="d"),
            "dc_next": Symbol("c′", sub="t", before="d"),
            "concat": Symbol("[h; x]", upright=True),
            "Wc": Symbol("W", sub="g"),
            "bc": Symbol("b", sub="g"),
        },
        Notation.KERAS: {"concat": Symbol("[h; x]", upright=True), **_array_symbols()},
    },
)
