"""A student's programs in plain NumPy, as text in which mistakes can be made."""

from __future__ import annotations

from typing import Any

import numpy as np

from rnnstudio.core.cells.diagnosis.given import Given
from rnnstudio.core.cells.diagnosis.known_scenes import known_scene

RNN = """
a, y, caches = np.zeros_like(da), [], []
prev = a0
for t in range(T):
    xt = x[:, :, t]
    z = p["Wax"] @ xt + p["Waa"] @ prev + p["ba"]
    a_next = np.tanh(z)
    y.append(softmax(p["Wya"] @ a_next + p["by"]))
    a[:, :, t] = a_next
    caches.append((xt, prev, a_next))
    keep("forward")
    prev = a_next
dx, dWax, dWaa, dba = np.zeros_like(x), 0, 0, np.zeros_like(p["ba"])
da_prevt = np.zeros_like(a0)
for t in reversed(range(T)):
    xt, prev, a_next = caches[t]
    da_next = da[:, :, t] + da_prevt
    slope = 1 - a_next ** 2
    dz = da_next * slope
    dx[:, :, t] = p["Wax"].T @ dz
    da_prevt = p["Waa"].T @ dz
    dWax = dWax + dz @ xt.T
    dWaa = dWaa + dz @ prev.T
    dba = dba + np.sum(dz, axis=1, keepdims=True)
    keep("backward")
result = dict(a=a, y=np.stack(y, -1), dx=dx, da0=da_prevt, dWax=dWax, dWaa=dWaa, dba=dba)
"""
LSTM = """
a, c, y, caches = np.zeros_like(da), np.zeros_like(da), [], []
prev, c_prev = a0, np.zeros_like(a0)
for t in range(T):
    xt = x[:, :, t]
    concat = np.vstack([prev, xt])
    ft = sigmoid(p["Wf"] @ concat + p["bf"])
    it = sigmoid(p["Wi"] @ concat + p["bi"])
    cct = np.tanh(p["Wc"] @ concat + p["bc"])
    c_next = ft * c_prev + it * cct
    ot = sigmoid(p["Wo"] @ concat + p["bo"])
    a_next = ot * np.tanh(c_next)
    y.append(softmax(p["Wy"] @ a_next + p["by"]))
    a[:, :, t], c[:, :, t] = a_next, c_next
    caches.append((concat, c_prev, c_next, ft, it, cct, ot, a_next))
    keep("forward")
    prev, c_prev = a_next, c_next
dx, d = np.zeros_like(x), {name: np.zeros_like(p[name]) for name in p if name[1] in "fico"}
da_prevt, dc_prevt = np.zeros_like(a0), np.zeros_like(a0)
for t in reversed(range(T)):
    concat, c_prev, c_next, ft, it, cct, ot, a_next = caches[t]
    da_next, dc_next = da[:, :, t] + da_prevt, dc_prevt
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dc = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dcct = dc * it * (1 - cct ** 2)
    dit = dc * cct * it * (1 - it)
    dft = dc * c_prev * ft * (1 - ft)
    for gate, dg in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        d["W" + gate] = d["W" + gate] + dg @ concat.T
        d["b" + gate] = d["b" + gate] + np.sum(dg, axis=1, keepdims=True)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    da_prevt = dconcat[:5]
    dc_prevt = dc * ft
    dx[:, :, t] = dconcat[5:]
    keep("backward")
result = dict(a=a, y=np.stack(y, -1), c=c, dx=dx, da0=da_prevt, dc0=dc_prevt)
result |= {"d" + name: value for name, value in d.items()}
"""
GRU = """
a, y, caches = np.zeros_like(da), [], []
prev = a0
for t in range(T):
    xt = x[:, :, t]
    zt = sigmoid(p["Wzx"] @ xt + p["bzx"] + p["Wza"] @ prev + p["bza"])
    rt = sigmoid(p["Wrx"] @ xt + p["brx"] + p["Wra"] @ prev + p["bra"])
    mt = p["Wca"] @ prev + p["bca"]
    cct = np.tanh(p["Wcx"] @ xt + p["bcx"] + rt * mt)
    a_next = zt * prev + (1 - zt) * cct
    y.append(softmax(p["Wy"] @ a_next + p["by"]))
    a[:, :, t] = a_next
    caches.append((xt, prev, zt, rt, mt, cct, a_next))
    keep("forward")
    prev = a_next
dx, d = np.zeros_like(x), {name: np.zeros_like(p[name]) for name in p if len(name) == 3}
da_prevt = np.zeros_like(a0)
for t in reversed(range(T)):
    xt, prev, zt, rt, mt, cct, a_next = caches[t]
    da_next = da[:, :, t] + da_prevt
    dzt = da_next * (prev - cct) * zt * (1 - zt)
    dcct = da_next * (1 - zt) * (1 - cct ** 2)
    drt = dcct * mt * rt * (1 - rt)
    dmt = dcct * rt
    for gate, dx_g, da_g in (("z", dzt, dzt), ("r", drt, drt), ("c", dcct, dmt)):
        for source, dg, read in (("x", dx_g, xt), ("a", da_g, prev)):
            d["W" + gate + source] = d["W" + gate + source] + dg @ read.T
            d["b" + gate + source] = d["b" + gate + source] + dg.sum(1, keepdims=True)
    da_prevt = da_next * zt + p["Wza"].T @ dzt + p["Wra"].T @ drt + p["Wca"].T @ dmt
    dx[:, :, t] = p["Wzx"].T @ dzt + p["Wrx"].T @ drt + p["Wcx"].T @ dcct
    keep("backward")
result = dict(a=a, y=np.stack(y, -1), dx=dx, da0=da_prevt)
result |= {"d" + name: value for name, value in d.items()}
"""
PROGRAMS = {"rnn": RNN, "lstm": LSTM, "gru": GRU}


def softmax(z: Any) -> Any:
    return np.exp(z) / np.exp(z).sum(axis=0)


def run_program(
    cell: str, seed: int, *changes: tuple[str, str], steps: bool = False
) -> dict[str, Any]:
    """What the program of a cell computes for the scene of that seed, with these lines changed.

    Its results, or with ``steps`` the values of every step that it has a variable for.
    """
    source = PROGRAMS[cell]
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new)
    scene = known_scene(f"{cell}-{seed}")
    kept: dict[str, list[Any]] = {}
    rows = {"forward": scene.cell.forward, "backward": scene.cell.backward}

    def keep(way: str) -> None:
        for row in rows[way]:
            if row.name in names:
                at = 0 if way == "backward" else len(kept.setdefault(row.name, []))
                kept.setdefault(row.name, []).insert(at, np.array(names[row.name]))

    names: dict[str, Any] = {
        "np": np,
        "softmax": softmax,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "x": scene.x,
        "a0": scene.initial["a"],
        "da": scene.da,
        "p": scene.parameters,
        "T": scene.x.shape[-1],
        "keep": keep,
    }
    exec(source, names)  # noqa: S102
    if steps:
        summed = {f"d{name}" for name in scene.cell.learned}  # over the steps so far
        return {name: np.stack(v, -1) for name, v in kept.items() if name not in summed}
    result: dict[str, Any] = names["result"]
    return result


def numbers_of(cell: str, seed: int, *changes: tuple[str, str], steps: bool = False) -> list[Given]:
    """The same as somebody gives them: nothing but the arrays."""
    arrays = run_program(cell, seed, *changes, steps=steps)
    return [Given(name, array) for name, array in arrays.items()]
