"""The vanilla RNN over symbols, one sequence at a time: what stochastic descent needs, made fast.

The arithmetic is that of ``cells.rnn_forward`` and ``cells.rnn_backward`` with one-hot inputs and
the cross-entropy of the next symbol as loss, in float64. What makes it fast: the three parameters
of a step stand in one matrix, so that a step is one product and one tanh; the output layer and
all weight gradients are computed for all steps at once; every array and every view of one is made
once per sequence length; parameters and gradients are flat vectors, updated in place.

Parameters have no unit; symbols are intp, places in the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Symbols = npt.NDArray[np.intp]

NOTHING = -1
"""The input before the first symbol: a zero vector."""


class OnlineRnn:
    """A vanilla RNN with softmax outputs that learns from one sequence at a time.

    a_next = tanh(Wax xt + Waa a_prev + ba); yt_pred = softmax(Wya a_next + by), where xt is one-hot
    or zero. The hidden state is carried over from one sequence to the next.

    Parameters
    ----------
    parameters
        Wax (n_a, n_x), Waa (n_a, n_a), Wya (n_x, n_a), ba (n_a, 1), by (n_x, 1); they are copied.

    Attributes
    ----------
    weights
        All parameters, one flat vector, changed in place by ``descend``.
    gradient
        The loss's gradient for each of them, in the same order.
    a_prev
        The hidden state (n_a,) that the next sequence begins with; zeros at first.
    """

    def __init__(self, parameters: Mapping[str, npt.NDArray[np.floating[Any]]]) -> None:
        self.n_a, self.n_x = parameters["Wax"].shape
        size = (self.n_x + self.n_a + 1) * self.n_a + (self.n_a + 1) * self.n_x
        self.weights = np.empty(size)
        self.gradient = np.zeros(size)
        self.a_prev = np.zeros(self.n_a)
        for name, part in self._split(self.weights).items():
            part[...] = parameters[name]
        # One product serves a step: the rows of _W meet [xt, a_prev, 1], those of _Wy [a_next, 1].
        self._W, self._Wy = self._matrices(self.weights)
        self._dW, self._dWy = self._matrices(self.gradient)
        self._Waa_T = self._W[self.n_x : -1]
        self._Wya = self._Wy[:-1].T
        # The last row is the input for NOTHING, an index of -1.
        self._one_hot = np.vstack([np.eye(self.n_x), np.zeros(self.n_x)])
        self._tapes: dict[int, _Tape] = {}

    @property
    def parameters(self) -> dict[str, Array]:
        """Copies of the parameters, under the names and in the shapes they were given in."""
        return self.named(self.weights)

    def named(self, vector: Array) -> dict[str, Array]:
        """``vector`` (weights,), laid out as ``weights``, as copies in the parameters' shapes."""
        return {name: part.copy() for name, part in self._split(vector).items()}

    def loss_and_gradient(self, x: Symbols, y: Symbols) -> float:
        """The cross-entropy of predicting ``y`` (T,) from ``x`` (T,), in nats, over all steps.

        Leaves the gradient in ``gradient`` and the last hidden state in ``a_prev``; changes no
        parameter. An overflow gives a loss that is not finite.
        """
        tape = self._tapes.get(len(x))
        if tape is None:
            tape = self._tapes[len(x)] = _Tape(len(x), self.n_x, self.n_a)
        tape.one_hot[...] = self._one_hot[x]
        self._forward(tape)
        loss = self._loss(tape, y)
        self._backward(tape)
        return loss

    def descend(self, learning_rate: float, clip: float) -> None:
        """One step of gradient descent, each entry of the gradient held within +-``clip``."""
        self.gradient.clip(-clip, clip, out=self.gradient)
        self.gradient *= learning_rate
        self.weights -= self.gradient

    def _forward(self, tape: _Tape) -> None:
        tanh, W = np.tanh, self._W
        tape.a_first[...] = self.a_prev
        for times, z, a_next in tape.forward:
            times(W, z)
            tanh(z, a_next)
        self.a_prev[...] = tape.a_last

    def _loss(self, tape: _Tape, y: Symbols) -> float:
        """The loss; leaves its gradient for the output layer's logits in ``tape.dy``."""
        dy, column, right = tape.dy, tape.column, tape.row_starts + y
        np.matmul(tape.outputs, self._Wy, dy)
        np.maximum.reduce(dy, axis=1, keepdims=True, out=column)
        dy -= column
        loss = -np.add.reduce(tape.dy_flat[right])
        np.exp(dy, dy)
        np.add.reduce(dy, axis=1, keepdims=True, out=column)
        dy /= column
        tape.dy_flat[right] -= 1.0
        return float(loss + np.add.reduce(np.log(column, column), axis=None))

    def _backward(self, tape: _Tape) -> None:
        """Backpropagation through time from ``tape.dy``, as in ``cells.rnn_backward``."""
        np.matmul(tape.outputs_T, tape.dy, self._dWy)
        np.matmul(tape.dy, self._Wya, tape.da)
        np.multiply(tape.a, tape.a, tape.slope)
        np.subtract(1.0, tape.slope, tape.slope)
        add, multiply, through_Waa = np.add, np.multiply, self._Waa_T.dot
        from_later = np.zeros(self.n_a)
        for da, slope, dz in tape.backward:
            add(da, from_later, da)
            multiply(da, slope, dz)
            through_Waa(dz, from_later)
        np.matmul(tape.inputs_T, tape.dz, self._dW)

    def _matrices(self, vector: Array) -> tuple[Array, Array]:
        """Views of a flat vector: (n_x + n_a + 1, n_a) and (n_a + 1, n_x)."""
        rows = self.n_x + self.n_a + 1
        inner, outer = vector[: rows * self.n_a], vector[rows * self.n_a :]
        return inner.reshape(rows, self.n_a), outer.reshape(self.n_a + 1, self.n_x)

    def _split(self, vector: Array) -> dict[str, Array]:
        """Views of a flat vector in the paper's layout."""
        inner, outer = self._matrices(vector)
        return {
            "Wax": inner[: self.n_x].T,
            "Waa": inner[self.n_x : -1].T,
            "ba": inner[-1:].T,
            "Wya": outer[:-1].T,
            "by": outer[-1:].T,
        }


class _Tape:
    """All that is written down on the way through a sequence of ``T`` steps, and views of it.

    Row t of the rows is [xt, a_prev, 1] of step t; the last row only holds the last hidden state.
    """

    def __init__(self, T: int, n_x: int, n_a: int) -> None:
        rows = np.zeros((T + 1, n_x + n_a + 1))
        rows[:, -1] = 1.0
        states = rows[:, n_x:-1]
        self.one_hot = rows[:-1, :n_x]
        self.inputs_T = rows[:-1].T
        self.outputs = rows[1:, n_x:]
        self.outputs_T = self.outputs.T
        self.a = states[1:]
        self.a_first, self.a_last = states[0], states[-1]
        self.dy = np.empty((T, n_x))
        self.dy_flat = self.dy.reshape(-1)
        self.row_starts = np.arange(T) * n_x
        self.column = np.empty((T, 1))
        self.da, self.dz, self.slope = (np.empty((T, n_a)) for _ in range(3))
        z = np.empty(n_a)
        # Looking a method or a view up costs as much as the product: they are looked up here.
        self.forward = [(rows[t].dot, z, states[t + 1]) for t in range(T)]
        self.backward = [(self.da[t], self.slope[t], self.dz[t]) for t in reversed(range(T))]
