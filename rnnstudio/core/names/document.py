"""A training on names as a file that can be reopened, sampled from, inspected and continued.

The file may be damaged or forged: what is inconsistent is refused before it is used.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.documents.bounded_json import MOST_BYTES, MOST_VALUES
from rnnstudio.core.documents.document_file import Document, has_type, load, readable, save, shortly
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import END, LARGEST_VOCABULARY, MOST_NAMES, Corpus, require_list
from rnnstudio.core.names.history import NamesCheckpoint
from rnnstudio.core.names.recipes import RECIPES, PaperSpec, Spec, recipe_of
from rnnstudio.core.names.report import LONGEST_NAME, ReadOptions
from rnnstudio.core.names.sampler import LONGEST_SAMPLE, SAMPLES
from rnnstudio.core.names.trained import TrainedNames, Tuned
from rnnstudio.core.training import Sampled, Tuning

KIND = "names"
VERSION = 2
"""Since version 2 a document holds checkpoints; one of version 1 opens with none."""
_HANDLED = ("capitals", "accents")
_HANDLINGS = ("keep", "fold", "refuse")
_CHECKPOINTS, _CHECKPOINT_STEPS = "checkpoints.", "checkpoints.step"
_SAMPLE_BYTES = 24
"""Of a sample and of a text, around its letters."""
_OTHER_BYTES, _OTHER_VALUES = 4 * 2**20, 100_000
"""Kept free for vocabulary, held-out losses and tunings."""


class _DamageError(Exception):
    """Something in the document does not fit; ``what`` says what."""

    def __init__(self, what: Message | str) -> None:
        super().__init__(what)
        self.what = what


def require_savable(spec: Spec, corpus: Corpus) -> None:
    """Raise UserError if a whole training would draw more samples than a file can hold."""
    done = (
        spec.iterations if isinstance(spec, PaperSpec) else spec.epochs * spec.epoch_steps(corpus)
    )
    letter = max(len(json.dumps(symbol)) - 2 for symbol in corpus.vocabulary)
    sample = _SAMPLE_BYTES + SAMPLES * (LONGEST_SAMPLE * letter + _SAMPLE_BYTES)
    free = MOST_BYTES - len(json.dumps(corpus.names)) - _OTHER_BYTES
    values = MOST_VALUES - len(corpus.names) - _OTHER_VALUES
    most = max(1, min(free // sample, values // (SAMPLES + 3)))
    if -(-done // spec.sample_every) > most:
        raise UserError(
            "Samples every {every:n} iterations would be more than a file of this training can "
            "hold; draw them every {least:n} iterations or more.",
            every=spec.sample_every,
            least=-(-done // most),
        )


def save_names(path: Path, trained: TrainedNames) -> None:
    """Write a training to ``path``, whole or not at all.

    Raises UserError when it cannot be written, or the network's numbers are not finite any more.
    """
    save(path, names_document(trained))


def names_document(trained: TrainedNames) -> Document:
    """The training as a document; raises UserError if its numbers are not finite any more."""
    numbers = (*trained.parameters.values(), *trained.memory.values())
    if not all(np.isfinite(part).all() for part in numbers):
        raise UserError(
            "The training ran away: the network's numbers are not finite any more, so there is "
            "nothing to save. Train again with a lower learning rate."
        )
    content = {
        "recipe": recipe_of(trained.spec),
        "spec": asdict(trained.spec),
        "source": trained.corpus.source,
        "names": list(trained.corpus.names),
        "vocabulary": list(trained.vocabulary),
        "reading": {each: getattr(trained.corpus.options, each) for each in _HANDLED},
        "held_out": [list(point) for point in trained.held_out],
        "samples": [[sample.step, list(sample.texts)] for sample in trained.samples],
        "tunings": [[tuned.step, *astuple(tuned.tuning)] for tuned in trained.tunings],
        "seconds": trained.seconds,
    }
    arrays = {"losses": trained.losses, "smoothed": trained.smoothed}
    arrays |= {f"parameters.{name}": part for name, part in trained.parameters.items()}
    arrays |= {f"memory.{name}": part for name, part in trained.memory.items()}
    arrays |= _packed_checkpoints(trained.checkpoints)
    return Document(KIND, VERSION, content, arrays)


def _packed_checkpoints(checkpoints: Sequence[NamesCheckpoint]) -> dict[str, Array]:
    """Each array of all checkpoints in one: (checkpoints, ...); none where there are none."""
    if not checkpoints:
        return {}
    return {
        _CHECKPOINT_STEPS: np.array([each.step for each in checkpoints], np.int64),
        **{
            f"{_CHECKPOINTS}{name}": np.stack([each.memory[name] for each in checkpoints])
            for name in checkpoints[0].memory
        },
    }


def load_names(path: Path) -> TrainedNames:
    """Read a training; raises UserError when there is no such file, or it is damaged."""
    return names_from(load(path, KIND, VERSION), path)


def names_from(document: Document, path: Path) -> TrainedNames:
    """The training in a document of ``path``; raises UserError if it is inconsistent."""
    try:
        return _trained(document)
    except _DamageError as error:
        raise UserError(
            "{path} is damaged or was made by another program ({what}); choose another file.",
            path=path.name,
            what=error.what,
        ) from error
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UserError(
            "{path} is damaged or was made by another program (a part is missing or misshapen); "
            "choose another file.",
            path=path.name,
        ) from error


def _trained(document: Document) -> TrainedNames:
    content, arrays = document.content, document.arrays
    spec = _spec(content)
    corpus = _corpus(content)
    steps = len(arrays["losses"])
    _check_steps(spec, corpus, steps)
    shapes = CELLS[spec.cell].parameter_shapes(
        len(corpus.vocabulary), spec.units, len(corpus.vocabulary)
    )
    memory, dtype = _memory_shapes(spec, shapes), "f8" if isinstance(spec, PaperSpec) else "f4"
    names = {"losses", "smoothed", *(f"parameters.{name}" for name in shapes)}
    names |= {f"memory.{name}" for name in memory}
    kept = {**{f"now.{name}": shape for name, shape in shapes.items()}, **memory}
    if _CHECKPOINT_STEPS in arrays:
        names |= {_CHECKPOINT_STEPS, *(f"{_CHECKPOINTS}{name}" for name in kept)}
    _require(set(arrays) == names, Message("other arrays than its recipe has"))
    return TrainedNames(
        spec,
        corpus,
        _numbers(arrays, "parameters.", shapes, "f8"),
        _numbers(arrays, "memory.", memory, dtype),
        _array(arrays, "losses", (steps,), "f8"),
        _array(arrays, "smoothed", (steps,), "f8"),
        _held_out(spec, corpus, content["held_out"], steps),
        tuple(_sample(each, steps) for each in _few(content["samples"], steps)),
        tuple(_tuned(each, steps) for each in _few(content["tunings"], steps)),
        _number(content["seconds"], least=0.0),
        _checkpoints(arrays, kept, dtype, steps),
    )


def _spec(content: Mapping[str, Any]) -> Spec:
    kind, given = RECIPES[content["recipe"]], content["spec"]
    defaults = asdict(kind())
    _require(
        isinstance(given, dict) and set(given) == set(defaults),
        Message("other settings than known"),
    )
    for name, default in defaults.items():
        types = (int, float) if isinstance(default, float) else (type(default),)
        found = Message("{setting} is {value}", {"setting": name, "value": shortly(given[name])})
        _require(has_type(given[name], types), found)
    return kind(**given)


def _corpus(content: Mapping[str, Any]) -> Corpus:
    vocabulary, names = _strings(content["vocabulary"]), _strings(content["names"])
    _require(
        len(vocabulary) <= LARGEST_VOCABULARY
        and vocabulary[:1] == (END,)
        and all(len(symbol) == 1 and symbol != END for symbol in vocabulary[1:])
        and list(vocabulary[1:]) == sorted(set(vocabulary[1:])),
        Message("no such vocabulary"),
    )
    _require(len(names) <= MOST_NAMES, Message("more names than a list has"))
    letters = set(vocabulary[1:])
    fits = all(1 <= len(name) <= LONGEST_NAME and letters.issuperset(name) for name in names)
    _require(fits, Message("names that its vocabulary cannot write"))
    source = content["source"]
    _require(type(source) is str, Message("no such source"))
    source = readable(source)
    require_list(source, names)
    return Corpus(source, names, vocabulary, options=_options(content.get("reading"), letters))


def _options(given: Any, letters: set[str]) -> ReadOptions:
    """How the list was read; older files do not say it, but for the capitals they have."""
    if given is None:
        small = all(letter == letter.lower() for letter in letters)
        return ReadOptions("fold" if small else "keep")
    _require(type(given) is dict and set(given) == set(_HANDLED), Message("no such reading"))
    _require(all(each in _HANDLINGS for each in given.values()), Message("no such reading"))
    return ReadOptions(**given)


def _check_steps(spec: Spec, corpus: Corpus, steps: int) -> None:
    if isinstance(spec, PaperSpec):
        total = spec.iterations
    else:
        total = spec.epochs * spec.epoch_steps(corpus)
    what = Message("{done} iterations of {total}", {"done": steps, "total": total})
    _require(steps <= total, what)


def _memory_shapes(spec: Spec, shapes: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    if isinstance(spec, PaperSpec):
        return {"a_prev": (spec.units, 1)}
    return {f"{key}.{name}": shape for key in ("now", "m", "v") for name, shape in shapes.items()}


def _checkpoints(
    arrays: Mapping[str, Array],
    shapes: Mapping[str, tuple[int, int]],
    dtype: str,
    steps: int,
) -> tuple[NamesCheckpoint, ...]:
    if _CHECKPOINT_STEPS not in arrays:
        return ()
    taken = arrays[_CHECKPOINT_STEPS]
    _require(taken.ndim == 1 and taken.dtype == np.int64, Message("no steps of checkpoints"))
    listed = [0, *taken.tolist(), steps + 1]
    _require(
        all(before < after for before, after in pairwise(listed)),
        Message("checkpoints in no order"),
    )
    stacked = _numbers(arrays, _CHECKPOINTS, shapes, dtype, (len(taken),))
    return tuple(
        NamesCheckpoint(step, {name: part[place] for name, part in stacked.items()})
        for place, step in enumerate(listed[1:-1])
    )


def _numbers(
    arrays: Mapping[str, Array],
    prefix: str,
    shapes: Mapping[str, tuple[int, int]],
    dtype: str,
    many: tuple[int, ...] = (),
) -> dict[str, Array]:
    """The arrays that belong together, of these shapes behind the axes ``many``."""
    found = {
        name: _array(arrays, f"{prefix}{name}", (*many, *shape), dtype)
        for name, shape in shapes.items()
    }
    squares = (part for name, part in found.items() if name.startswith("v."))
    _require(all((part >= 0).all() for part in squares), Message("a mean of squares below 0"))
    return found


def _array(arrays: Mapping[str, Array], name: str, shape: tuple[int, ...], dtype: str) -> Array:
    array = arrays[name]
    what = Message(
        "{name} is {found} of {found_type}, not {shape} of {type}",
        {
            "name": name,
            "found": array.shape,
            "found_type": str(array.dtype),
            "shape": shape,
            "type": str(np.dtype(dtype)),
        },
    )
    _require(array.shape == shape and array.dtype == np.dtype(dtype), what)
    what = Message("{name} holds a number that is not finite", {"name": name})
    _require(bool(np.isfinite(array).all()), what)
    return array


def _held_out(spec: Spec, corpus: Corpus, points: Any, steps: int) -> tuple[tuple[int, float], ...]:
    held_out = tuple((_step(at, steps), _number(loss, least=0.0)) for at, loss in _list(points))
    if isinstance(spec, PaperSpec):
        _require(not held_out, Message("held-out losses of a recipe that holds nothing out"))
    else:
        size = spec.epoch_steps(corpus)
        ends = [size * epoch - 1 for epoch in range(1, steps // size + 1)]
        _require([at for at, _ in held_out] == ends, Message("not one held-out loss an epoch"))
    return held_out


def _few(value: Any, steps: int) -> list[Any]:
    """A list of what may have happened once an iteration."""
    listed = _list(value)
    _require(len(listed) <= steps, Message("more samples or tunings than iterations"))
    return listed


def _sample(given: Any, steps: int) -> Sampled:
    step, texts = _list(given)
    names = _strings(texts)
    _require(
        len(names) == SAMPLES and all(len(name) <= LONGEST_SAMPLE for name in names),
        Message("a sample of another size than is drawn"),
    )
    return Sampled(_step(step, steps), names)


def _tuned(given: Any, steps: int) -> Tuned:
    step, learning_rate, clip = _list(given)
    return Tuned(_step(step, steps), Tuning(_number(learning_rate), _number(clip)))


def _step(value: Any, steps: int) -> int:
    if not (type(value) is int and 0 <= value < steps):
        what = {"value": shortly(value), "last": steps - 1}
        raise _DamageError(Message("iteration {value} is outside 0 to {last}", what))
    return int(value)


def _number(value: Any, least: float = -math.inf) -> float:
    if not (type(value) in (int, float) and math.isfinite(value) and value >= least):
        raise _DamageError(shortly(value))
    return float(value)


def _strings(value: Any) -> tuple[str, ...]:
    texts = _list(value)
    _require(all(type(each) is str for each in texts), Message("no text where one must be"))
    "".join(texts).encode("utf-8")  # JSON can hold halves of letters, which no file takes
    return tuple(texts)


def _list(value: Any) -> list[Any]:
    _require(type(value) is list, Message("no list where one must be"))
    return list(value)


def _require(condition: bool, what: Message) -> None:
    if not condition:
        raise _DamageError(what)
