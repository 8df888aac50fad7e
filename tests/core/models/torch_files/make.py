# ruff: noqa: TID253 - it runs in an environment of its own, which has torch
"""Writes the small PyTorch models beside this file, and what PyTorch makes of an input.

Run by hand, in an environment of its own with torch 2.13.0 and safetensors 0.8:

    python tests/core/models/torch_files/make.py

For every model there is NAME.safetensors, written with the two lines of docs/opening-models.md
(``bare`` models without the model's text), and NAME.npz: ``x`` (T_x, n_x), ``y`` (T_x, n_y), and of
each recurrent layer and direction ``PLACE.DIRECTION.VALUE`` (T_x, units), in the order in which it
reads. Hidden states and memories are torch's own; gates come from torch's sigmoid, tanh and linear.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

HERE = Path(__file__).parent
T, N = 6, 3


class Network(nn.Module):
    """Modules one after the other; of a recurrent one the hidden states of every step go on."""

    def __init__(self, **modules: nn.Module) -> None:
        super().__init__()
        for name, module in modules.items():
            self.add_module(name, module)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for module in self.children():
            x = module(x)[0] if isinstance(module, nn.RNNBase) else module(x)
        return x


def networks() -> dict[str, tuple[nn.Module, dict[str, str] | None]]:
    """Each model, and the metadata that are written beside its text; None for no metadata."""
    both = {"batch_first": True, "bidirectional": True}
    return {
        "lstm": (Network(lstm=nn.LSTM(N, 4, batch_first=True), fc=nn.Linear(4, 2)), {}),
        "lstm_bare": (Network(lstm=nn.LSTM(N, 4, batch_first=True), fc=nn.Linear(4, 2)), None),
        "gru_two_layers": (
            Network(gru=nn.GRU(N, 4, 2, batch_first=True), fc=nn.Linear(4, 1)),
            None,
        ),
        "rnn_tanh": (Network(rnn=nn.RNN(N, 5, batch_first=True), fc=nn.Linear(5, 1)), None),
        "rnn_relu": (
            Network(rnn=nn.RNN(N, 5, nonlinearity="relu", batch_first=True), fc=nn.Linear(5, 1)),
            {"nonlinearity": "relu"},
        ),
        "no_bias": (Network(rnn=nn.LSTM(N, 4, bias=False, batch_first=True)), None),
        "both_ways": (
            Network(
                first=nn.LSTM(N, 4, 2, **both),
                second=nn.GRU(8, 3, **both),
                norm=nn.LayerNorm(6),
                head=nn.Sequential(
                    nn.Linear(6, 5), nn.LeakyReLU(0.2), nn.Dropout(0.3), nn.Linear(5, 2)
                ),
                out=nn.Softmax(dim=-1),
            ),
            {},
        ),
        "tokens": (
            Network(
                embedding=nn.Embedding(9, N),
                gru=nn.GRU(N, 4, batch_first=True),
                fc=nn.Linear(4, 9),
            ),
            None,
        ),
        "bfloat16": (Network(gru=nn.GRU(N, 4, batch_first=True), fc=nn.Linear(4, 1)), None),
    }


def gates(layer: nn.RNNBase, end: str, x: torch.Tensor, h: torch.Tensor) -> dict[str, torch.Tensor]:
    """The gates of one step by PyTorch's own functions; x (n,), h (u,)."""
    parts = [
        functional.linear(value, getattr(layer, f"weight_{source}_{end}"),
                 getattr(layer, f"bias_{source}_{end}", None))
        for source, value in (("ih", x), ("hh", h))
    ]  # fmt: skip
    if isinstance(layer, nn.LSTM):
        i, f, g, o = (parts[0] + parts[1]).chunk(4)
        return {"it": i.sigmoid(), "ft": f.sigmoid(), "cct": g.tanh(), "ot": o.sigmoid()}
    if isinstance(layer, nn.GRU):
        (r_x, z_x, n_x), (r_h, z_h, n_h) = parts[0].chunk(3), parts[1].chunk(3)
        r = (r_x + r_h).sigmoid()
        return {"rt": r, "zt": (z_x + z_h).sigmoid(), "cct": (n_x + r * n_h).tanh()}
    return {}


def one_direction(layer: nn.RNNBase, end: str, x: torch.Tensor) -> dict[str, torch.Tensor]:
    """States and gates of every step of one layer in one direction, in its own order."""
    backwards = end.endswith("_reverse")
    alone = type(layer)(
        x.shape[-1], layer.hidden_size, bias=layer.bias, batch_first=True,
        **({"nonlinearity": layer.nonlinearity} if isinstance(layer, nn.RNN) else {}),
    )  # fmt: skip
    kinds = ("weight_ih", "weight_hh", *(("bias_ih", "bias_hh") if layer.bias else ()))
    alone.load_state_dict({f"{kind}_l0": getattr(layer, f"{kind}_{end}") for kind in kinds})
    states, found = None, {}
    for step in x.flip(0) if backwards else x:
        h = torch.zeros(layer.hidden_size) if states is None else _hidden(states)
        values = gates(layer, end, step, h)
        y, states = alone(step[None, None], states)
        values["a_next"] = y[0, 0]
        if isinstance(layer, nn.LSTM):
            values["c_next"] = states[1][0, 0]
        for name, value in values.items():
            found.setdefault(name, []).append(value)
    return {name: torch.stack(steps) for name, steps in found.items()}


def _hidden(states: torch.Tensor | tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    return states[0][0, 0] if isinstance(states, tuple) else states[0, 0]


def recurrent_values(network: nn.Module, x: torch.Tensor) -> dict[str, np.ndarray]:
    """What every recurrent layer computes, by its place among all layers."""
    found: dict[str, np.ndarray] = {}
    place, given = 0, x
    for module in network.children():
        if isinstance(module, nn.RNNBase):
            for number in range(module.num_layers):
                outputs = []
                for end in ("", "_reverse")[: 2 if module.bidirectional else 1]:
                    values = one_direction(module, f"l{number}{end}", given)
                    direction = "backward" if end else "forward"
                    for name, value in values.items():
                        found[f"{place}.{direction}.{name}"] = value.numpy()
                    outputs.append(values["a_next"].flip(0) if end else values["a_next"])
                given, place = torch.cat(outputs, dim=-1), place + 1
            whole = module(x[None])[0][0]
            torch.testing.assert_close(given, whole, rtol=1e-5, atol=1e-6)
        else:
            inner = list(module.children()) or [module]
            given, place = module(given), place + len(inner)
        x = given
    return found


def main() -> None:
    """Write all files."""
    torch.manual_seed(0)
    for name, (network, metadata) in networks().items():
        network.eval()
        if name == "bfloat16":
            network.load_state_dict(
                {key: value.bfloat16().float() for key, value in network.state_dict().items()}
            )
        x = torch.randn(T, N) if name != "tokens" else torch.tensor([3, 8, 0, 1, 7, 7])
        with torch.no_grad():
            values = recurrent_values(network, x)
            y = network(x[None])[0].numpy()
        np.savez(HERE / f"{name}.npz", x=x.numpy(), y=y, **values)
        kept = {key: value.contiguous() for key, value in network.state_dict().items()}
        if name == "bfloat16":
            kept = {key: value.bfloat16() for key, value in kept.items()}
        said = None if metadata is None else {"layers": str(network), **metadata}
        save_file(kept, HERE / f"{name}.safetensors", metadata=said)


if __name__ == "__main__":
    main()
