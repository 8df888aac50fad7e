"""A training on names as a file that can be reopened, sampled from, inspected and continued.

The file may be damaged or forged: what is inconsistent is refused before it is used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from msgspec import Meta

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.documents.bounded_json import MOST_BYTES, MOST_VALUES
from rnnstudio.core.documents.damage import from_stranger, require
from rnnstudio.core.documents.document_file import Document, load, save
from rnnstudio.core.documents.fields import (
    AtLeastZero,
    Count,
    DocumentFields,
    plain,
    read_fields,
    read_settings,
    readable,
)
from rnnstudio.core.engine.environment import Environment
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import END, LARGEST_VOCABULARY, MOST_NAMES, Corpus, require_list
from rnnstudio.core.names.network_arrays import (
    CHECKPOINT_STEPS,
    CHECKPOINTS,
    memory_arrays,
    network_arrays,
    newest_shapes,
    packed_checkpoints,
    read_array,
    read_checkpoints,
    read_numbers,
)
from rnnstudio.core.names.recipes import RECIPES, PaperSpec, RecipeName, Spec, recipe_of
from rnnstudio.core.names.report import LONGEST_NAME, Handling, ReadOptions
from rnnstudio.core.names.sampler import LONGEST_SAMPLE, SAMPLES
from rnnstudio.core.names.trained import TrainedNames, Tuned
from rnnstudio.core.training import Sampled, Tuning

KIND = "names"
VERSION = 2
"""Since version 2 a document holds checkpoints; one of version 1 opens with none."""
_SAMPLE_BYTES = 24
"""Of a sample and of a text, around its letters."""
_OTHER_BYTES, _OTHER_VALUES = 4 * 2**20, 100_000
"""Kept free for vocabulary, held-out losses and tunings."""


class _ReadingFields(DocumentFields, frozen=True, forbid_unknown_fields=True):
    """How the list was read."""

    capitals: Handling
    accents: Handling


SampleTexts = Annotated[
    tuple[Annotated[str, Meta(max_length=LONGEST_SAMPLE)], ...],
    Meta(min_length=SAMPLES, max_length=SAMPLES),
]


class _NamesFields(DocumentFields, frozen=True, kw_only=True, omit_defaults=True):
    """A training; what stands in ``held_out``, ``samples`` and ``tunings`` begins with its step.

    Behind the step are a loss, texts, a learning rate and a limit of clipping. Older files do not
    say how their list was read, nor where they were trained.
    """

    recipe: RecipeName
    spec: dict[str, Any]
    source: str
    names: Annotated[tuple[str, ...], Meta(max_length=MOST_NAMES)]
    vocabulary: Annotated[tuple[str, ...], Meta(max_length=LARGEST_VOCABULARY)]
    reading: _ReadingFields | None = None
    held_out: tuple[tuple[Count, AtLeastZero], ...]
    samples: tuple[tuple[Count, SampleTexts], ...]
    tunings: tuple[tuple[Count, float, float], ...]
    seconds: AtLeastZero
    environments: tuple[Environment, ...] = ()


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


def is_finite(trained: TrainedNames) -> bool:
    """Whether all numbers of the network are finite: it did not run away."""
    numbers = (*trained.parameters.values(), *trained.memory.values())
    return all(bool(np.isfinite(part).all()) for part in numbers)


def names_document(trained: TrainedNames) -> Document:
    """The training as a document; raises UserError if its numbers are not finite any more."""
    if not is_finite(trained):
        raise UserError(
            "The training ran away: the network's numbers are not finite any more, so there is "
            "nothing to save. Train again with a lower learning rate."
        )
    options = trained.corpus.options
    tunings = ((each.step, each.tuning) for each in trained.tunings)
    fields = _NamesFields(
        recipe=recipe_of(trained.spec),
        spec=asdict(trained.spec),
        source=trained.corpus.source,
        names=trained.corpus.names,
        vocabulary=trained.vocabulary,
        reading=_ReadingFields(options.capitals, options.accents),
        held_out=trained.held_out,
        samples=tuple((sample.step, sample.texts) for sample in trained.samples),
        tunings=tuple((step, tuning.learning_rate, tuning.clip) for step, tuning in tunings),
        seconds=trained.seconds,
        environments=trained.environments,
    )
    arrays = {"losses": trained.losses, "smoothed": trained.smoothed, **network_arrays(trained)}
    arrays |= packed_checkpoints(trained.checkpoints)
    return Document(KIND, VERSION, plain(fields), arrays)


def load_names(path: Path) -> TrainedNames:
    """Read a training; raises UserError when there is no such file, or it is damaged."""
    return names_from(load(path, KIND, VERSION), path)


def names_from(document: Document, path: Path) -> TrainedNames:
    """The training in a document of ``path``; raises UserError if it is inconsistent."""
    with from_stranger(path):
        return _trained(read_fields(document.content, _NamesFields), document.arrays)


def _trained(fields: _NamesFields, arrays: Mapping[str, Array]) -> TrainedNames:
    spec = read_settings(fields.spec, RECIPES[fields.recipe], "spec")
    corpus = _corpus(fields)
    steps = arrays["losses"].size
    _check_steps(spec, corpus, steps)
    shapes = CELLS[spec.cell].parameter_shapes(
        len(corpus.vocabulary), spec.units, len(corpus.vocabulary)
    )
    memory, dtype = memory_arrays(spec, shapes)
    names = {"losses", "smoothed", *(f"parameters.{name}" for name in shapes)}
    names |= {f"memory.{name}" for name in memory}
    kept = newest_shapes(shapes) | memory
    if CHECKPOINT_STEPS in arrays:
        names |= {CHECKPOINT_STEPS, *(f"{CHECKPOINTS}{name}" for name in kept)}
    require(set(arrays) == names, Message("other arrays than its recipe has"))
    losses = read_array(arrays, "losses", (steps,), "f8")
    smoothed = read_array(arrays, "smoothed", (steps,), "f8")
    _check_places(fields, steps)
    return TrainedNames(
        spec,
        corpus,
        read_numbers(arrays, "parameters.", shapes, "f8"),
        read_numbers(arrays, "memory.", memory, dtype),
        losses,
        smoothed,
        _held_out(spec, corpus, fields.held_out, steps),
        tuple(Sampled(step, texts) for step, texts in fields.samples),
        tuple(Tuned(step, Tuning(*numbers)) for step, *numbers in fields.tunings),
        fields.seconds,
        read_checkpoints(arrays, kept, dtype, steps),
        fields.environments,
    )


def _corpus(fields: _NamesFields) -> Corpus:
    vocabulary, names = fields.vocabulary, fields.names
    texts = (text for _, sample in fields.samples for text in sample)
    "".join((*vocabulary, *texts)).encode("utf-8")  # JSON can hold halves of letters
    require(
        vocabulary[:1] == (END,)
        and all(len(symbol) == 1 and symbol != END for symbol in vocabulary[1:])
        and list(vocabulary[1:]) == sorted(set(vocabulary[1:])),
        Message("no such vocabulary"),
    )
    letters = set(vocabulary[1:])
    fits = all(1 <= len(name) <= LONGEST_NAME and letters.issuperset(name) for name in names)
    require(fits, Message("names that its vocabulary cannot write"))
    source = readable(fields.source)
    require_list(source, names)
    return Corpus(source, names, vocabulary, options=_options(fields.reading, letters))


def _options(reading: _ReadingFields | None, letters: set[str]) -> ReadOptions:
    """How the list was read; older files do not say it, but for the capitals they have."""
    if reading is None:
        small = all(letter == letter.lower() for letter in letters)
        return ReadOptions("fold" if small else "keep")
    return ReadOptions(reading.capitals, reading.accents)


def _check_steps(spec: Spec, corpus: Corpus, steps: int) -> None:
    if isinstance(spec, PaperSpec):
        total = spec.iterations
    else:
        total = spec.epochs * spec.epoch_steps(corpus)
    what = Message("{done} iterations of {total}", {"done": steps, "total": total})
    require(steps <= total, what)


def _check_places(fields: _NamesFields, steps: int) -> None:
    """Raise DamageError if something happened outside the iterations, or too often."""
    for listed in (fields.held_out, fields.samples, fields.tunings):
        require(len(listed) <= steps, Message("more of something than iterations"))
        for step, *_ in listed:
            what = {"value": step, "last": steps - 1}
            require(step < steps, Message("iteration {value} is outside 0 to {last}", what))


def _held_out(
    spec: Spec, corpus: Corpus, points: tuple[tuple[int, float], ...], steps: int
) -> tuple[tuple[int, float], ...]:
    if isinstance(spec, PaperSpec):
        require(not points, Message("held-out losses of a recipe that holds nothing out"))
    else:
        size = spec.epoch_steps(corpus)
        ends = [size * epoch - 1 for epoch in range(1, steps // size + 1)]
        require([at for at, _ in points] == ends, Message("not one held-out loss an epoch"))
    return points
