"""The dinosaur recipe as it is usually written: a dictionary of arrays and a loop over the letters.

One-hot vectors, one matrix product after the other, a new array for every result. The recipe is
described in docs/benchmarks.md; the published losses follow from it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Arrays = dict[str, Array]

LEARNING_RATE, CLIP, UNITS = 0.01, 5.0, 50


def train(names: list[str], iterations: int) -> list[float]:
    """The smoothed loss of every iteration on ``names``, which are in the order of their file."""
    letters = sorted({"\n", *"".join(names)})
    index = {letter: i for i, letter in enumerate(letters)}
    examples = list(names)
    np.random.seed(0)
    np.random.shuffle(examples)
    parameters = initial_parameters(len(letters))
    a_prev = np.zeros((UNITS, 1))
    smoothed, losses = np.log(len(letters)) * 7, []
    for j in range(iterations):
        codes = [index[letter] for letter in examples[j % len(examples)]]
        X, Y = [None, *codes], [*codes, index["\n"]]
        loss, cache = forward(X, Y, a_prev, parameters)
        gradients, a_prev = backward(Y, parameters, cache)
        for name, gradient in gradients.items():
            np.clip(gradient, -CLIP, CLIP, out=gradient)
            parameters[name] -= LEARNING_RATE * gradient
        smoothed = 0.999 * smoothed + 0.001 * loss
        losses.append(float(smoothed))
    return losses


def initial_parameters(n_x: int) -> Arrays:
    """Wax, Waa, Wya from seed 1, in this order; zero biases."""
    np.random.seed(1)
    return {
        "Wax": np.random.randn(UNITS, n_x) * 0.01,
        "Waa": np.random.randn(UNITS, UNITS) * 0.01,
        "Wya": np.random.randn(n_x, UNITS) * 0.01,
        "ba": np.zeros((UNITS, 1)),
        "by": np.zeros((n_x, 1)),
    }


Cache = tuple[dict[int, Array], dict[int, Array], dict[int, Array]]


def forward(
    X: list[int | None], Y: list[int], a0: Array, parameters: Arrays
) -> tuple[float, Cache]:
    """The loss of predicting ``Y`` from ``X``; predictions, hidden states and inputs by step."""
    Wax, Waa, Wya, ba, by = (parameters[name] for name in ("Wax", "Waa", "Wya", "ba", "by"))
    x: dict[int, Array] = {}
    y_hat: dict[int, Array] = {}
    a, loss = {-1: a0}, 0.0
    for t, letter in enumerate(X):
        x[t] = np.zeros((len(by), 1))
        if letter is not None:
            x[t][letter] = 1
        a[t] = np.tanh(np.dot(Wax, x[t]) + np.dot(Waa, a[t - 1]) + ba)
        y_hat[t] = softmax(np.dot(Wya, a[t]) + by)
        loss -= np.log(y_hat[t][Y[t], 0])
    return loss, (y_hat, a, x)


def backward(Y: list[int], parameters: Arrays, cache: Cache) -> tuple[Arrays, Array]:
    """The gradient of every parameter, and the last hidden state."""
    y_hat, a, x = cache
    gradients = {name: np.zeros_like(parameter) for name, parameter in parameters.items()}
    da_next = np.zeros_like(a[0])
    for t in reversed(range(len(Y))):
        dy = np.copy(y_hat[t])
        dy[Y[t]] -= 1
        gradients["Wya"] += np.dot(dy, a[t].T)
        gradients["by"] += dy
        da = np.dot(parameters["Wya"].T, dy) + da_next
        dz = (1 - a[t] * a[t]) * da
        gradients["ba"] += dz
        gradients["Wax"] += np.dot(dz, x[t].T)
        gradients["Waa"] += np.dot(dz, a[t - 1].T)
        da_next = np.dot(parameters["Waa"].T, dz)
    return gradients, a[len(Y) - 1]


def softmax(z: Array) -> Array:
    """Softmax over axis 0, stabilised by the maximum."""
    e = np.exp(z - np.max(z))
    probabilities: Array = e / e.sum(axis=0)
    return probabilities
