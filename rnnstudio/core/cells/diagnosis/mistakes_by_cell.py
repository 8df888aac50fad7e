"""The mistakes that belong to one cell's formulas.

``OWN`` has them by the cell's name; ``OWN_BIAS`` the ways of getting a bias wrong in its forward
pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

from rnnstudio.core.cells.diagnosis.mistake import Mistake, WrongRows
from rnnstudio.core.messages import Message

Rows = Mapping[str, str]


def _any(*rows: Rows) -> tuple[WrongRows, ...]:
    return tuple(map(WrongRows, rows))


_RNN = (
    Mistake(
        "tanh-argument",
        Message("the slope of the tanh is taken at the wrong argument"),
        _any(
            {"dtanh": "1 - tanh(a_next) ** 2"},
            {"dtanh": "1 - a_prev ** 2"},
            {"dtanh": "1 - a_next"},
            {"dtanh": "a_next * (1 - a_next)"},
        ),
    ),
    Mistake(
        "tanh-slope",
        Message("the slope of the tanh, 1 - tanh², is missing"),
        _any({"dz": "da_next"}, {"dz": "dtanh"}),
    ),
    Mistake(
        "transpose",
        Message("a transpose is forgotten"),
        _any({"da_prev": "Waa @ dz"}),
    ),
    Mistake(
        "state-now",
        Message("the gradient of the recurrent weights uses a_next instead of a_prev"),
        _any({"dWaa": "dz @ a_next.T"}),
    ),
    Mistake(
        "slope-twice",
        Message("the slope of the tanh is multiplied in twice"),
        _any({"dz": "da_next * dtanh * dtanh"}, {"da_prev": "Waa.T @ (dz * dtanh)"}),
    ),
    Mistake(
        "tanh-forward",
        Message("another activation than tanh makes the hidden state"),
        _any(
            {"a_next": "sigmoid(Wax @ xt + Waa @ a_prev + ba)"},
            {"a_next": "relu(Wax @ xt + Waa @ a_prev + ba)"},
            {"a_next": "Wax @ xt + Waa @ a_prev + ba"},
        ),
    ),
)

_SLOPE = "dc_next + da_next * ot"
_LSTM_GATES = {"f": "dft", "i": "dit", "c": "dcct", "o": "dot"}
_LSTM_BARE = {
    "dot": "da_next * tanh(c_next)",
    "dit": "dc * cct",
    "dft": "dc * c_prev",
}
_LSTM_GATE_OF = {"dot": "ot", "dit": "it", "dft": "ft"}
_LSTM = (
    Mistake(
        "dc-chain",
        Message("the gradient of the memory from the step after (dc_next) is dropped"),
        _any({"dc": "da_next * ot * (1 - tanh(c_next) ** 2)"}, {"dc_next": "0 * dc_next_arrived"}),
    ),
    Mistake(
        "dc-prev-part",
        Message("dc_prev hands on only a part of the memory's gradient"),
        _any(
            {"dc_prev": "dc_next * ft"},
            {"dc_prev": "da_next * ot * (1 - tanh(c_next) ** 2) * ft"},
        ),
    ),
    Mistake(
        "dc-prev-gate",
        Message("dc_prev is not multiplied by the forget gate"),
        _any({"dc_prev": "dc"}, {"dc_prev": "dc * it"}, {"dc_prev": "dc * ot"}),
    ),
    Mistake(
        "dconcat-slice",
        Message("the wrong rows of dconcat are taken for da_prev and dxt"),
        _any(
            {"da_prev": "lower(dconcat, a_prev)", "dxt": "upper(dconcat, xt)"},
            {"da_prev": "lower(dconcat, a_prev)"},
            {"dxt": "upper(dconcat, xt)"},
        ),
    ),
    Mistake(
        "bias-gate",
        Message("the gradient of a bias is taken from another gate"),
        _any(
            *(
                {f"db{one}": f"total({_LSTM_GATES[other]})"}
                for one, other in permutations(_LSTM_GATES, 2)
            ),
            {"dbf": "total(dit)", "dbi": "total(dft)"},
        ),
    ),
    Mistake(
        "tanh-argument",
        Message("a tanh of the memory is taken of the wrong argument, or left out"),
        _any(
            {"dc": f"{_SLOPE} * (1 - c_next ** 2)"},
            {"dc": f"{_SLOPE} * (1 - tanh(a_next) ** 2)"},
            {"dc": f"{_SLOPE} * (1 - a_next ** 2)"},
            {"dc": f"{_SLOPE} * (1 - tanh(c_prev) ** 2)"},
            {"dot": "da_next * c_next * ot * (1 - ot)"},
            {"dot": "da_next * tanh(c_prev) * ot * (1 - ot)"},
            {"dot": "da_next * a_next * ot * (1 - ot)"},
        ),
    ),
    Mistake(
        "tanh-slope",
        Message("the slope of the memory's tanh, 1 - tanh², is missing or lacks its square"),
        _any(
            {"dc": _SLOPE},
            {"dc": f"{_SLOPE} * tanh(c_next)"},
            {"dc": f"{_SLOPE} * (1 - tanh(c_next))"},
        ),
    ),
    Mistake(
        "output-gate",
        Message("the output gate is missing in the gradient of the memory"),
        _any({"dc": "dc_next + da_next * (1 - tanh(c_next) ** 2)"}),
    ),
    Mistake(
        "candidate-slope",
        Message("a wrong derivative of the candidate's tanh"),
        _any(
            {"dcct": "dc * it * cct * (1 - cct)"},
            {"dcct": "dc * it * (1 - cct)"},
            {"dcct": "dc * it * (1 - tanh(cct) ** 2)"},
            {"dcct": "dc * it"},
        ),
    ),
    Mistake(
        "gate-slope",
        Message("the slope of a gate's sigmoid is missing or another function's"),
        _any(
            _LSTM_BARE,
            *({name: formula} for name, formula in _LSTM_BARE.items()),
            *(
                {name: f"{formula} * (1 - {_LSTM_GATE_OF[name]} ** 2)"}
                for name, formula in _LSTM_BARE.items()
            ),
        ),
    ),
    Mistake(
        "memory-now",
        Message("the gradient of the forget gate uses c_next instead of c_prev"),
        _any({"dft": "dc * c_next * ft * (1 - ft)"}),
    ),
    Mistake(
        "gate-factors",
        Message("input gate and candidate have each other's factor"),
        _any(
            {"dit": "dc * it * it * (1 - it)", "dcct": "dc * cct * (1 - cct ** 2)"},
            {"dit": "dc * it * it * (1 - it)"},
            {"dcct": "dc * cct * (1 - cct ** 2)"},
        ),
    ),
    Mistake(
        "gate-left-out",
        Message("a gate's share is left out of the gradient of hidden state and input"),
        _any(*({"dconcat": f"dconcat - W{gate}.T @ {name}"} for gate, name in _LSTM_GATES.items())),
    ),
    Mistake(
        "gates-swapped",
        Message("two gates' weights are swapped in the gradient of hidden state and input"),
        _any(
            *(
                {
                    "dconcat": f"dconcat + (W{one} - W{other}).T @ "
                    f"({_LSTM_GATES[other]} - {_LSTM_GATES[one]})"
                }
                for one, other in ("fi", "fc", "fo", "ic", "io", "co")
            )
        ),
    ),
    Mistake(
        "memory-not-carried",
        Message("every step starts from the initial memory instead of the step before it"),
        _any({"c_prev": "c_prev_first"}),
    ),
    Mistake(
        "candidate-sigmoid",
        Message("the candidate goes through a sigmoid instead of a tanh"),
        _any({"cct": "sigmoid(Wc @ concat + bc)"}),
    ),
    Mistake(
        "forget-input",
        Message("forget and input gate are swapped in the memory"),
        _any({"c_next": "it * c_prev + ft * cct"}),
    ),
    Mistake(
        "stack-order",
        Message("the input is stacked over the hidden state instead of under it"),
        _any({"concat": "stack(xt, a_prev)"}),
    ),
    Mistake(
        "memory-tanh",
        Message("the hidden state is not the output gate times tanh of the new memory"),
        _any(
            {"a_next": "ot * c_next"},
            {"a_next": "ot * tanh(c_prev)"},
            {"a_next": "ot * tanh(cct)"},
            {"a_next": "tanh(ot * c_next)"},
        ),
    ),
)

_GRU_PREV = {
    "z": "Wza.T @ dzt",
    "r": "Wra.T @ drt",
    "c": "Wca.T @ dmt",
}
_GRU_SOURCES = {"z": "dzt", "r": "drt", "c": "dcct"}
_GRU_BARE = {"dzt": "da_next * (a_prev - cct)", "drt": "dcct * mt"}
_GRU = (
    Mistake(
        "direct-path",
        Message("the direct path to the step before, through the update gate, is dropped"),
        _any({"da_prev": "da_prev - da_next * zt"}),
    ),
    Mistake(
        "update-turned",
        Message("the update gate is turned around: z and 1 - z are swapped"),
        _any(
            {"a_next": "(1 - zt) * a_prev + zt * cct"},
            {"dzt": "da_next * (cct - a_prev) * zt * (1 - zt)"},
            {"dcct": "da_next * zt * (1 - cct ** 2)"},
            {"da_prev": "da_prev + da_next * (1 - zt) - da_next * zt"},
        ),
    ),
    Mistake(
        "candidate-slope",
        Message("a wrong derivative of the candidate's tanh"),
        _any(
            {"dcct": "da_next * (1 - zt) * cct * (1 - cct)"},
            {"dcct": "da_next * (1 - zt) * (1 - cct)"},
            {"dcct": "da_next * (1 - zt) * (1 - tanh(cct) ** 2)"},
        ),
    ),
    Mistake(
        "tanh-slope",
        Message("the slope of the candidate's tanh, 1 - tanh², is missing"),
        _any({"dcct": "da_next * (1 - zt)"}),
    ),
    Mistake(
        "gate-slope",
        Message("the slope of a gate's sigmoid is missing or another function's"),
        _any(
            _GRU_BARE,
            *({name: formula} for name, formula in _GRU_BARE.items()),
            {"dzt": "da_next * (a_prev - cct) * (1 - zt ** 2)"},
            {"drt": "dcct * mt * (1 - rt ** 2)"},
        ),
    ),
    Mistake(
        "reset-forgotten",
        Message("the reset gate is forgotten on the way through the candidate"),
        _any({"dmt": "dcct"}, {"cct": "tanh(Wcx @ xt + bcx + mt)"}),
    ),
    Mistake(
        "reset-before",
        Message("the reset gate is applied before the product instead of after it"),
        _any({"mt": "Wca @ (rt * a_prev) + bca", "cct": "tanh(Wcx @ xt + bcx + mt)"}),
    ),
    Mistake(
        "reset-argument",
        Message(
            "the gradient of the reset gate uses the hidden state instead of the gate's own factor"
        ),
        _any(
            {"drt": "dcct * a_prev * rt * (1 - rt)"},
            {"drt": "dcct * (Wca @ a_prev) * rt * (1 - rt)"},
        ),
    ),
    Mistake(
        "bias-gate",
        Message("the gradient of a bias is taken from another gate"),
        _any(
            *(
                {f"db{one}{source}": f"total({_GRU_SOURCES[other]})"}
                for one, other in permutations(_GRU_SOURCES, 2)
                for source in "xa"
            ),
            *(
                {f"db{one}{source}": f"total({_GRU_SOURCES[other]})" for source in "xa"}
                for one, other in permutations(_GRU_SOURCES, 2)
            ),
            {"dbca": "total(dcct)"},
            {"dbcx": "total(dmt)"},
        ),
    ),
    Mistake(
        "state-now",
        Message("a gradient of recurrent weights uses a_next instead of a_prev"),
        _any(
            {"dWza": "dzt @ a_next.T", "dWra": "drt @ a_next.T", "dWca": "dmt @ a_next.T"},
            {"dWza": "dzt @ a_next.T"},
            {"dWra": "drt @ a_next.T"},
            {"dWca": "dmt @ a_next.T"},
        ),
    ),
    Mistake(
        "gate-left-out",
        Message(
            "a gate's share is left out of the gradient of the old hidden state or of the input"
        ),
        _any(
            *({"da_prev": f"da_prev - {term}"} for term in _GRU_PREV.values()),
            *({"dxt": f"dxt - W{gate}x.T @ {name}"} for gate, name in _GRU_SOURCES.items()),
        ),
    ),
    Mistake(
        "candidate-sigmoid",
        Message("the candidate goes through a sigmoid instead of a tanh"),
        _any({"cct": "sigmoid(Wcx @ xt + bcx + rt * mt)"}),
    ),
)

_LSTM_FORWARD = {
    "ft": ("sigmoid", "f"),
    "it": ("sigmoid", "i"),
    "cct": ("tanh", "c"),
    "ot": ("sigmoid", "o"),
}
OWN: Mapping[str, tuple[Mistake, ...]] = {"rnn": _RNN, "lstm": _LSTM, "gru": _GRU}
OWN_BIAS: Mapping[str, tuple[Rows, ...]] = {
    "rnn": ({"a_next": "tanh(Wax @ xt + Waa @ a_prev)"},),
    "lstm": tuple(
        {name: f"{function}(W{own} @ concat{bias})"}
        for name, (function, own) in _LSTM_FORWARD.items()
        for bias in ("", *(f" + b{other}" for other in "fico" if other != own))
    ),
    "gru": (
        {"zt": "sigmoid(Wzx @ xt + Wza @ a_prev)"},
        {"rt": "sigmoid(Wrx @ xt + Wra @ a_prev)"},
        {"mt": "Wca @ a_prev"},
        {"cct": "tanh(Wcx @ xt + rt * mt)"},
    ),
}
