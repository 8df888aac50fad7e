"""``rnnstudio cells scene`` hands out numbers; ``cells diagnose`` says where they go wrong."""

from __future__ import annotations

import argparse
import io
from typing import Any

import numpy as np

from rnnstudio.cli.console import Commands, print_json, say
from rnnstudio.cli.output_files import Reads, Writes
from rnnstudio.core import language
from rnnstudio.core.cells.diagnosis.diagnose import Diagnosis, diagnose
from rnnstudio.core.cells.diagnosis.diagnosis_words import describe_diagnosis
from rnnstudio.core.cells.diagnosis.known_scenes import (
    FURTHER,
    RESULTS,
    known_scene,
    require_seed,
    scene_for,
)
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.given_file import given_of, read_given


def add_parsers(actions: Commands) -> None:
    """Add both commands."""
    scene = actions.add_parser(
        "scene",
        help="hand out the inputs and parameters of a scene, to compute with",
        description="Writes the arrays of a scene (x, a0, the parameters, da) to an .npz file. "
        "What somebody computes of them can be given to cells diagnose.",
    )
    scene.add_argument(
        "scene",
        metavar="SCENE",
        help="a cell and a seed, such as lstm-3, or a function of the source document, such as "
        "lstm_cell_backward, for its example",
    )
    scene.add_argument(
        "--out", metavar="FILE", type=Writes(), required=True, help="the .npz file to write"
    )
    scene.set_defaults(run=run_scene)
    action = actions.add_parser(
        "diagnose",
        help="name the first operation that goes wrong in somebody's numbers, and the mistake",
        description="Compares gradients or cell values that somebody computed with the right "
        "ones, names the first operation that goes wrong and the known mistake that explains it.",
    )
    action.add_argument(
        "file",
        metavar="FILE",
        type=Reads(),
        help="numbers as .npz, .csv or the text that NumPy prints; or a .py file with functions "
        "of the source document, with --run",
    )
    action.add_argument(
        "--scene",
        metavar="SCENE",
        help="what they were computed for, as in cells scene (default: the example of the source "
        "document that gives values of these names)",
    )
    action.add_argument(
        "--run",
        dest="run_file",
        action="store_true",
        help="run the .py file, in a process of its own with limits of time and memory; "
        "docs/diagnosis.md says what the process is kept from on which system (default: off)",
    )
    action.add_argument("--json", action="store_true", help="print one JSON object (default: off)")
    action.set_defaults(run=run)


def run_scene(options: argparse.Namespace) -> int:
    """Write the scene's arrays."""
    scene = known_scene(options.scene)
    buffer = io.BytesIO()
    arrays = {name: scene.array(name) for name in scene.array_names}
    arrays |= {f"d{state}_next": array for state, array in scene.last.items()}
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    write_atomically(options.out, buffer.getvalue())
    say(
        Message(
            "{path} holds {names}. Load it with np.load, compute values or gradients, save them "
            "with np.savez under the names of the cell's operations (a, dx, dWf and so on), and "
            "give the file to cells diagnose --scene {scene}.",
            {"path": options.out, "names": ", ".join(arrays), "scene": options.scene},
        )
    )
    return 0


def run(options: argparse.Namespace) -> int:
    """Diagnose the file and print what is found."""
    if options.file.suffix.lower() == ".py":
        return _run_file(options)
    numbers = read_given(options.file)
    name = options.scene or scene_for(numbers)
    scene = known_scene(name)
    diagnosis = diagnose(scene, numbers)
    if diagnosis.explanation is None and not diagnosis.right:
        require_seed(name, numbers)
    if options.json:
        print_json({"scene": name, **_fields(scene, diagnosis)})
    else:
        say(describe_diagnosis(scene, diagnosis))
    return 0


def _fields(scene: Scene, diagnosis: Diagnosis) -> dict[str, Any]:
    node, explanation = diagnosis.first_wrong, diagnosis.explanation
    return {
        "first_wrong": None if node is None else node.name,
        "pass": None if node is None else node.way,
        "step": None if node is None else node.step + 1,
        "mistake": None if explanation is None else explanation.mistake.key,
        "explains": None if node is None else diagnosis.best,
        "also": [each.mistake.key for each in diagnosis.explanations[1:]],
        "wrong": list(diagnosis.wrong),
        "right": list(diagnosis.right),
        "sentence": language.text(describe_diagnosis(scene, diagnosis)),
    }


def _run_file(options: argparse.Namespace) -> int:
    if not options.run_file:
        raise UserError(
            "{path} is a program. To have its functions called, say --run: it runs in a process "
            "of its own, with limits of time and memory.",
            path=options.file.name,
        )
    from rnnstudio.workers.student_file import call_file  # noqa: PLC0415 - only for this

    called = call_file(options.file)
    results = []
    for name in (*RESULTS, *FURTHER):
        if name in called.arrays:
            scene = known_scene(name)
            diagnosis = diagnose(scene, given_of(called.arrays[name]))
            results.append({"function": name, **_fields(scene, diagnosis)})
        elif name in called.failures:
            nothing = dict.fromkeys(("first_wrong", "pass", "step", "mistake", "explains"))
            results.append({"function": name, **nothing, "failed": called.failures[name]})
    if not results:
        raise _nothing(options.file.name, called.failures.get(""))
    wrong = [result for result in results if result.get("failed") or result["first_wrong"]]
    if options.json:
        print_json({**(wrong or results)[0], "functions": results})
    else:
        for result in results:
            failed = Message("It stopped: {reason}", {"reason": result.get("failed", "")})
            said = result.get("sentence") or failed
            say(Message("{function}: {said}", {"function": result["function"], "said": said}))
    return 0


def _nothing(path: str, failure: str | None) -> UserError:
    if failure is not None:
        return UserError("{path} stopped: {reason}", path=path, reason=failure)
    return UserError(
        "{path} defines none of the functions that can be checked: {names}.",
        path=path,
        names=", ".join((*RESULTS, *FURTHER)),
    )
