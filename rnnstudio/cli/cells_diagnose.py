"""``rnnstudio cells scene`` hands out numbers; ``cells diagnose`` says where they go wrong."""

from __future__ import annotations

import argparse
from typing import Any

from rnnstudio.cli.console import Commands, print_json, say
from rnnstudio.cli.output_files import Reads, Writes
from rnnstudio.core import language
from rnnstudio.core.cells.diagnosis.bug_findings import BugFinding, findings_in, submission_of
from rnnstudio.core.cells.diagnosis.diagnosis_words import describe_finding
from rnnstudio.core.cells.diagnosis.known_scenes import known_scene
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.given_file import read_given
from rnnstudio.core.models.values_file import save_inputs


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
    names = save_inputs(options.out, known_scene(options.scene))
    say(
        Message(
            "{path} holds {names}. Load it with np.load, compute values or gradients, save them "
            "with np.savez under the names of the cell's operations (a, dx, dWf and so on), and "
            "give the file to cells diagnose --scene {scene}.",
            {"path": options.out, "names": ", ".join(names), "scene": options.scene},
        )
    )
    return 0


def run(options: argparse.Namespace) -> int:
    """Diagnose the file and print what is found."""
    if options.file.suffix.lower() == ".py":
        return _run_file(options)
    numbers = read_given(options.file)
    (finding,) = findings_in(submission_of(numbers, options.file.name, options.scene or ""))
    if options.json:
        print_json({"scene": finding.name, **_fields(finding)})
    else:
        say(describe_finding(finding))
    return 0


def _fields(finding: BugFinding) -> dict[str, Any]:
    diagnosis = finding.diagnosis
    if diagnosis is None:
        nothing = dict.fromkeys(("first_wrong", "pass", "step", "mistake", "explains"))
        return {**nothing, "failed": finding.failure}
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
        "sentence": language.text(describe_finding(finding)),
    }


def _run_file(options: argparse.Namespace) -> int:
    if not options.run_file:
        raise UserError(
            "{path} is a program. To have its functions called, say --run: it runs in a process "
            "of its own, with limits of time and memory.",
            path=options.file.name,
        )
    from rnnstudio.workers.student_file import submission_from  # noqa: PLC0415 - only for this

    findings = findings_in(submission_from(options.file))
    if options.json:
        results = [{"function": finding.name, **_fields(finding)} for finding in findings]
        wrong = [result for result, found in zip(results, findings, strict=True) if found.is_wrong]
        print_json({**(wrong or results)[0], "functions": results})
    else:
        for finding in findings:
            said = {"function": finding.name, "said": describe_finding(finding)}
            say(Message("{function}: {said}", said))
    return 0
