"""``rnnstudio models``: what is in the file of a trained model, and whether it opens."""

from __future__ import annotations

import argparse

from rnnstudio.cli.console import Commands, plain, print_json, say
from rnnstudio.cli.output_files import Reads
from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.models.inspection import InspectedLayer, InspectedModel, inspect_model
from rnnstudio.core.text_table import text_table


def add_parser(commands: Commands) -> None:
    """Add ``models`` and its commands."""
    parser = commands.add_parser("models", help="trained models in files of Keras, PyTorch, NumPy")
    actions = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    inspect = actions.add_parser(
        "inspect",
        help="list the layers of a trained model, or say why it does not open",
        description="Lists the layers of a trained model in a .keras, .h5, .safetensors or .npz "
        "file. Nothing in the file is executed. One that does not open is no failure: the answer "
        "says which layer is not read, and why.",
    )
    inspect.add_argument("model", metavar="FILE", type=Reads(), help="the model's file")
    inspect.add_argument("--json", action="store_true", help="print one JSON object (default: off)")
    inspect.set_defaults(run=run_inspect)


def run_inspect(options: argparse.Namespace) -> int:
    """Print the layers of the model, or why it does not open."""
    found = inspect_model(options.model)
    if options.json:
        print_json(
            {
                "opens": found.opens,
                "layers": [_json(layer) for layer in found.layers],
                "recurrent": found.recurrent,
                "why": None if found.why is None else language.text(found.why),
            }
        )
    else:
        _print(options.model.name, found)
    return 0


def _json(layer: InspectedLayer) -> dict[str, object]:
    return {
        "name": layer.name,
        "class": layer.kind,
        "units": layer.units,
        "weights": layer.weights,
        "recurrent": layer.recurrent,
    }


def _print(name: str, found: InspectedModel) -> None:
    if found.why is not None:
        say(plain(language.text(found.why)))
        return
    say(
        Message.counted(
            "{name} opens; it has {n} recurrent layer.",
            "{name} opens; it has {n} recurrent layers.",
            found.recurrent,
            name=name,
        )
    )
    if found.assumed is not None:
        say(Message("Assumed: {assumed}.", {"assumed": found.assumed}))
    columns = (
        Message("layer"),
        Message("name"),
        Message("class"),
        Message("units"),
        Message("weights"),
    )
    rows = [
        (str(number), plain(layer.name), plain(layer.kind), _count(layer.units), str(layer.weights))
        for number, layer in enumerate(found.layers, start=1)
    ]
    say(text_table(columns, rows))


def _count(units: int | None) -> str:
    return "" if units is None else str(units)
