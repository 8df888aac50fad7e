"""Answers to questions that classes ask: scenes, and sentences with numbers computed from them.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from rnnstudio.core.cells import clip_lab, unroll
from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.flow import REMEMBERING, Flow, FlowSpec, flow_of, flows
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gates import over_time, saturation
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes, Trace, trace
from rnnstudio.core.cells.scenes import random_scene, sine_scene
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import plain

Show = FlowSpec | ClipSpec | Scene
"""What to look at: a gradient's flow, a clipped training, or a scene."""

STEPS = 30
"""The length of the truncated gradient's sequence."""
_KEEPING = FlowSpec(forget_bias=3.0)
_FORGETTING = FlowSpec(forget_bias=0.0, weight_scale=0.5)


@dataclass(frozen=True, eq=False)
class Explanation:
    """The answer: one sentence with its numbers, what to look at, and where a scene shows it."""

    sentence: Message
    show: Show
    page: Literal["cell", "sums", "gates"] = "cell"


def bigger(_: int) -> Explanation:
    """Equal parameters, unequal gradients."""
    spec = replace(_KEEPING, matched=True)
    found = flows(spec)
    rnn, lstm = found["rnn"], found["lstm"]
    sentence = Message(
        "No: with {rnn_count} numbers in the RNN ({rnn_units} units) and {lstm_count} in the LSTM "
        "({lstm_units} units), {lstm_left:.3g} of the gradient is left after {steps} steps in the "
        "LSTM and {rnn_left:.3g} in the RNN.",
        {
            "rnn_count": rnn.count,
            "rnn_units": rnn.units,
            "rnn_left": rnn.norms[0],
            "lstm_count": lstm.count,
            "lstm_units": lstm.units,
            "lstm_left": lstm.norms[0],
            "steps": spec.steps,
        },
    )
    return Explanation(sentence, spec)


def vanishing(_: int) -> Explanation:
    """The updates from early steps vanish, the weights do not."""
    scene = vanishing_scene()
    parts = update_lengths(trace(scene), "Waa")
    weight = float(np.linalg.norm(scene.parameters["Waa"]))
    sentence = Message(
        "No, the updates do: W_aa keeps its length of {weight:.3g}, but of its gradient step 2 "
        "gives only {share:.3g} of what the last step gives.",
        {"weight": weight, "share": parts[1] / parts[-1]},
    )
    return Explanation(sentence, scene, page="sums")


def half_open(_: int) -> Explanation:
    """An LSTM whose forget gate is a half vanishes too."""
    flow = _lstm(_FORGETTING)
    kept = _lstm(_KEEPING)
    sentence = Message(
        "Yes: with f near {forgetting:.3g} only {left:.3g} of the gradient is left after {steps} "
        "steps; with f near {keeping:.3g} it is {kept:.3g}.",
        {
            "forgetting": flow.direct.mean(),
            "left": flow.norms[0],
            "steps": _FORGETTING.steps,
            "keeping": kept.direct.mean(),
            "kept": kept.norms[0],
        },
    )
    return Explanation(sentence, _FORGETTING)


def slope(_: int) -> Explanation:
    """The memory's path is multiplied by f, not by the slope of sigma."""
    f = _lstm(_KEEPING).direct
    sentence = Message(
        "Because the memory's gradient is multiplied by f itself, here {gate:.3g} a step, and not "
        "by sigma's slope f (1 - f), here {slope:.3g}: the slope only meets what goes through a "
        "gate.",
        {"gate": f.mean(), "slope": (f * (1 - f)).mean()},
    )
    return Explanation(sentence, _KEEPING)


def clipping_vanishing(_: int) -> Explanation:
    """Clipping only shortens; it makes nothing longer."""
    scene = vanishing_scene()
    raw = {"da0": trace(scene).gradients["da0"]}
    clipped = clip_lab.clip_by_norm(raw, 1.0)
    sentence = Message(
        "No: clipping only shortens, and the gradient that reaches the first step, {raw:.3g} long, "
        "is still {clipped:.3g} long when clipped to at most 1.",
        {"raw": clip_lab.norm(raw), "clipped": clip_lab.norm(clipped)},
    )
    return Explanation(sentence, scene, page="sums")


def direction(_: int) -> Explanation:
    """By norm keeps the direction, by value turns it."""
    spec = ClipSpec()
    by_value, by_norm = (clip_lab.train(spec, how).largest_angle for how in ("value", "norm"))
    sentence = Message(
        "Only clipping by norm: in this training it turns the gradient by {by_norm:.1f}° and "
        "clipping by value by up to {by_value:.1f}°.",
        {"by_norm": by_norm, "by_value": by_value},
    )
    return Explanation(sentence, spec)


def sum_over_time(_: int) -> Explanation:
    """The gradient of a weight is the sum of what every step gives."""
    scene = random_scene(CELLS["rnn"], Sizes(T_x=6), 1)
    traced = trace(scene)
    entries = [float(step["dWaa"][0, 1]) for step in traced.backward]
    total = float(traced.gradients["dWaa"][0, 1])
    terms = " + ".join(f"({entry:.3g})" if entry < 0 else f"{entry:.3g}" for entry in entries)
    sentence = Message(
        "From all of them, added up: dW_aa[1,2] = {terms} = {total:.3g}.",
        {"terms": terms, "total": total},
    )
    return Explanation(sentence, scene, page="sums")


def reused(_: int) -> Explanation:
    """One cell, used at every step."""
    scenes = [random_scene(CELLS["rnn"], Sizes(T_x=steps), 1) for steps in (1, 50)]
    counts = [sum(array.size for array in scene.parameters.values()) for scene in scenes]
    sentence = Message(
        "One: over 1 step it has {one} weights and biases, over 50 steps {fifty}; only the numbers "
        "that go through it change.",
        {"one": counts[0], "fifty": counts[1]},
    )
    return Explanation(sentence, scenes[1])


def sizes(_: int) -> Explanation:
    """h is not c; units are not steps are not features."""
    scene = sine_scene(CELLS["lstm"], Sizes(n_x=1, n_a=50, n_y=1, T_x=60), 1)
    scene = scene.with_array("bf", scene.parameters["bf"] + 3)
    traced = trace(scene)
    a, c = (float(np.abs(over_time(traced, name, 0)).max()) for name in ("a_next", "c_next"))
    learned = scene.cell.parameter_count(1, 50)
    sentence = Message(
        "h = o tanh(c) stays between -1 and 1 (here up to {h:.3g}), c does not (up to {c:.3g}); 50 "
        "units on 1 feature have 4 · (50 · (50 + 1) + 50) = {learned:n} parameters, over 60 steps "
        "or any other number.",
        {"h": a, "c": c, "learned": learned},
    )
    return Explanation(sentence, scene, page="gates")


def truncated(k: int) -> Explanation:
    """A gradient cut after k steps is another one."""
    scene = truncation_scene()
    whole, cut = cut_gradient(scene, STEPS), cut_gradient(scene, k)
    missing = clip_lab.norm({"W": whole - cut}) / clip_lab.norm({"W": whole})
    turned = clip_lab.angle({"W": whole}, {"W": cut})
    sentence = Message(
        "Cut after {k} of {steps} steps, the gradient of W_aa misses {missing:.1%} of its length "
        "and points {turned:.1f}° away: it is blind to all that came earlier, however long the "
        "training.",
        {"k": k, "steps": STEPS, "missing": missing, "turned": turned},
    )
    return Explanation(sentence, scene, page="sums")


def unscaled(_: int) -> Explanation:
    """Prices in rupiah close or open every gate for good."""
    scaled = sine_scene(CELLS["lstm"], Sizes(n_x=1, n_a=8, n_y=1, T_x=40), 1)
    raw = scaled.with_array("x", 9000 + 500 * scaled.x)
    shares = [_saturated(trace(scene)) for scene in (scaled, raw)]
    sentence = Message(
        "They get stuck: with inputs from -1 to 1 {scaled:.1%} of the gates' values lie beyond "
        "0.05 and 0.95, with the same inputs around 9,000 it is {raw:.1%}, and there a gate's "
        "slope is nearly nothing.",
        {"scaled": shares[0], "raw": shares[1]},
    )
    return Explanation(sentence, raw, page="gates")


def forget_bias(_: int) -> Explanation:
    """Without a bias for its forget gate the LSTM loses its gradient faster than the RNN."""
    spec = replace(REMEMBERING, forget_bias=0.0)
    found = flows(spec)
    rnn, lstm = found["rnn"], found["lstm"]
    sentence = Message(
        "The LSTM: {steps} steps back it has {lstm} of its gradient and the RNN {rnn}, because its "
        "forget gate is near {gate:.2f} and multiplies the memory's gradient at every step.",
        {
            "steps": spec.steps - 1,
            "lstm": plain(lstm.norms[0]),
            "rnn": plain(rnn.norms[0]),
            "gate": lstm.direct.mean(),
        },
    )
    return Explanation(sentence, spec)


def vanishing_scene() -> Scene:
    """An RNN over 20 steps with small recurrent weights; only the last step has a loss."""
    scene = random_scene(CELLS["rnn"], Sizes(n_x=1, n_a=5, n_y=1, T_x=20), 1)
    return _last_only(scene.with_array("Waa", 0.5 * scene.parameters["Waa"]))


def truncation_scene() -> Scene:
    """An RNN over ``STEPS`` steps that remembers a while; only the last step has a loss."""
    scene = random_scene(CELLS["rnn"], Sizes(n_x=1, n_a=5, n_y=1, T_x=STEPS), 3)
    turning = np.linalg.qr(scene.parameters["Waa"])[0]
    return _last_only(scene.with_array("Waa", turning).with_array("x", 0.3 * scene.x))


def update_lengths(traced: Trace, name: str) -> Array:
    """The length of what each step gives to the gradient of ``name``: (T_x,)."""
    return np.array([np.linalg.norm(step[f"d{name}"]) for step in traced.backward])


def cut_gradient(scene: Scene, k: int) -> Array:
    """The gradient of W_aa, (n_a, n_a), when it goes back through the last ``k`` steps only."""
    steps = unroll.forward(scene.cell, scene.x, scene.parameters, scene.initial)
    return unroll.backward(scene.cell, steps[-k:], scene.da[..., -k:]).gradients["dWaa"]


def _last_only(scene: Scene) -> Scene:
    da = np.zeros_like(scene.da)
    da[..., -1] = scene.da[..., -1]
    return scene.with_array("da", da)


def _lstm(spec: FlowSpec) -> Flow:
    return flow_of(CELLS["lstm"], spec, spec.units)


def _saturated(traced: Trace) -> float:
    """The fraction of all gates' values that is saturated."""
    values = np.concatenate([over_time(traced, name, 0) for name in traced.cell.gates])
    found = saturation(values)
    return found.closed + found.open
