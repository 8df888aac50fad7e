"""The GRU with the reset after the product, as Keras computes it (``reset_after=True``).

The paper has no GRU; the names follow its style: x and a in a weight's name say what it multiplies,
z is the update gate, r the reset gate, c the candidate.
"""

from dataclasses import replace

from rnnstudio.core.cells.symbols import Notation, Symbol, array_symbol
from rnnstudio.core.cells.table import (
    BoxWords,
    Cell,
    DirectPath,
    Fault,
    Operation,
    Table,
    Variant,
    row,
    running_sums,
)
from rnnstudio.core.messages import Message

_INPUT = ("n_a", "n_x")
_RECURRENT = ("n_a", "n_a")
_BIAS = ("n_a", "1")
_UPDATE = BoxWords(Message("update gate"), Message("update"), Message("how much stays"))
_RESET = BoxWords(
    Message("reset gate"), Message("reset"), Message("how much of the old state the candidate uses")
)
_HEARD = BoxWords(Message("old state"), purpose=Message("what the old hidden state says"))
_CANDIDATE = BoxWords(Message("candidate"), purpose=Message("what could be stored"))
_PARTS = [(kind, gate, source) for gate in "zrc" for kind in "Wb" for source in "xa"]


def _ifog_symbol(kind: str, gate: str, source: str) -> Symbol:
    return Symbol(kind, sub=("x" if source == "x" else "h") + ("g" if gate == "c" else gate))


def _array_symbol(kind: str, gate: str, source: str) -> Symbol:
    """Keras' block: the candidate is its h, each source has a bias of its own."""
    block, place = "h" if gate == "c" else gate, "xa".index(source)
    if kind == "b":
        return array_symbol(f"bias[{place}]", block, turned=False)
    return array_symbol(("kernel", "recurrent_kernel")[place], block)


GRU = Cell(
    name="gru",
    label="GRU",
    states=("a",),
    parameters={
        "Wzx": _INPUT,
        "Wza": _RECURRENT,
        "bzx": _BIAS,
        "bza": _BIAS,
        "Wrx": _INPUT,
        "Wra": _RECURRENT,
        "brx": _BIAS,
        "bra": _BIAS,
        "Wcx": _INPUT,
        "Wca": _RECURRENT,
        "bcx": _BIAS,
        "bca": _BIAS,
        "Wy": ("n_y", "n_a"),
        "by": ("n_y", "1"),
    },
    output=("Wy", "by"),
    forward=(
        row(
            "zt",
            "sigmoid(Wzx @ xt + bzx + Wza @ a_prev + bza)",
            "update gate: how much stays",
            _UPDATE,
        ),
        row("rt", "sigmoid(Wrx @ xt + brx + Wra @ a_prev + bra)", "reset gate", _RESET),
        row("mt", "Wca @ a_prev + bca", "what the old hidden state says", _HEARD),
        row(
            "cct",
            "tanh(Wcx @ xt + bcx + rt * mt)",
            "candidate for the hidden state",
            _CANDIDATE,
        ),
        row("a_next", "zt * a_prev + (1 - zt) * cct", "new hidden state"),
        row("yt_pred", "softmax(Wy @ a_next + by)", "prediction"),
    ),
    backward=(
        row("dzt", "da_next * (a_prev - cct) * zt * (1 - zt)", "gradient before the update gate"),
        row("dcct", "da_next * (1 - zt) * (1 - cct ** 2)", "gradient before the candidate's tanh"),
        row("drt", "dcct * mt * rt * (1 - rt)", "gradient before the reset gate"),
        row("dmt", "dcct * rt", "gradient of what the old hidden state says"),
        row("dWzx", "dzt @ xt.T", "gradient of the update gate's input weights"),
        row("dWza", "dzt @ a_prev.T", "gradient of the update gate's recurrent weights"),
        row("dbzx", "total(dzt)", "gradient of the update gate's input bias"),
        row("dbza", "total(dzt)", "gradient of the update gate's recurrent bias"),
        row("dWrx", "drt @ xt.T", "gradient of the reset gate's input weights"),
        row("dWra", "drt @ a_prev.T", "gradient of the reset gate's recurrent weights"),
        row("dbrx", "total(drt)", "gradient of the reset gate's input bias"),
        row("dbra", "total(drt)", "gradient of the reset gate's recurrent bias"),
        row("dWcx", "dcct @ xt.T", "gradient of the candidate's input weights"),
        row("dWca", "dmt @ a_prev.T", "gradient of the candidate's recurrent weights"),
        row("dbcx", "total(dcct)", "gradient of the candidate's input bias"),
        row("dbca", "total(dmt)", "gradient of the candidate's recurrent bias"),
        row(
            "da_prev",
            "da_next * zt + Wza.T @ dzt + Wra.T @ drt + Wca.T @ dmt",
            "message to the step before",
        ),
        row("dxt", "Wzx.T @ dzt + Wrx.T @ drt + Wcx.T @ dcct", "gradient of the input"),
    ),
    gradients={"zt": "dzt", "rt": "drt", "mt": "dmt", "cct": "dcct", "a_next": "da_next"},
    sums=running_sums(map("".join, _PARTS)),
    path=DirectPath("zt", bias="bzx"),
    faults=(
        Fault(
            "memory",
            "the direct path to the step before is dropped",
            "da_prev",
            "Wza.T @ dzt + Wra.T @ drt + Wca.T @ dmt",
        ),
        Fault("sum", "the sum over time is forgotten", "dWza_sum", "dWza"),
        Fault(
            "swap",
            "update and reset gate are swapped",
            "dxt",
            "Wrx.T @ dzt + Wzx.T @ drt + Wcx.T @ dcct",
        ),
        Fault("tanh", "a wrong derivative of the tanh", "dcct", "da_next * (1 - zt) * (1 - cct)"),
    ),
    symbols={
        Notation.IFOG: {"".join(part): _ifog_symbol(*part) for part in _PARTS},
        Notation.KERAS: {"".join(part): _array_symbol(*part) for part in _PARTS},
    },
)


def _in_place(table: Table, *rows: Operation) -> Table:
    """The table with these rows in the place of those of the same names, in the old order."""
    new = {each.name: each for each in rows}
    return tuple(new.get(each.name, each) for each in table)


GRU_RESET_BEFORE = replace(
    GRU,
    variant=Variant(reset_before=True),
    forward=_in_place(
        GRU.forward,
        row("mt", "rt * a_prev", "what the reset gate lets through of the old state", _HEARD),
        row(
            "cct",
            "tanh(Wcx @ xt + bcx + Wca @ mt + bca)",
            "candidate for the hidden state",
            _CANDIDATE,
        ),
    ),
    backward=(
        *GRU.backward[:2],
        row("dmt", "Wca.T @ dcct", "gradient of what the reset gate lets through"),
        row("drt", "dmt * a_prev * rt * (1 - rt)", "gradient before the reset gate"),
        *_in_place(
            GRU.backward[4:],
            row("dWca", "dcct @ mt.T", "gradient of the candidate's recurrent weights"),
            row("dbca", "total(dcct)", "gradient of the candidate's recurrent bias"),
            row(
                "da_prev",
                "da_next * zt + Wza.T @ dzt + Wra.T @ drt + dmt * rt",
                "message to the step before",
            ),
        ),
    ),
    faults=(
        replace(GRU.faults[0], formula="Wza.T @ dzt + Wra.T @ drt + dmt * rt"),
        *GRU.faults[1:],
    ),
)
"""The GRU with the reset before the product, as it was published (``reset_after=False``)."""
