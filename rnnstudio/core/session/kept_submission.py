"""What somebody handed in to find a bug, as a document of a session.

Arrays are float64 and have no unit. The document may be damaged or forged.
"""

from __future__ import annotations

import math
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Annotated

import numpy as np
from msgspec import Meta

from rnnstudio.core.cells.diagnosis.bug_findings import MOST_ARRAYS, Submission
from rnnstudio.core.cells.diagnosis.given import Given
from rnnstudio.core.cells.diagnosis.known_scenes import known_scene
from rnnstudio.core.documents.damage import from_stranger, require
from rnnstudio.core.documents.document_file import Document
from rnnstudio.core.documents.fields import (
    AtLeastZero,
    Count,
    DocumentFields,
    plain,
    read_fields,
    readable,
)
from rnnstudio.core.messages import Message

SUBMISSION_KIND, SUBMISSION_VERSION = "submission", 1
_Word = Annotated[str, Meta(max_length=300)]
_Places = Annotated[tuple[Count, ...], Meta(max_length=8)]
_NUMBERS = "numbers"


class _GivenFields(DocumentFields, frozen=True):
    """A ``Given`` without its numbers, and the scene that it is for."""

    scene: _Word
    name: _Word
    index: _Places
    shape: _Places
    tolerance: AtLeastZero


class _SubmissionFields(DocumentFields, frozen=True):
    """A ``Submission`` without its numbers."""

    source: _Word
    given: Annotated[tuple[_GivenFields, ...], Meta(max_length=MOST_ARRAYS)]
    failures: Annotated[dict[str, Annotated[str, Meta(max_length=1_000)]], Meta(max_length=20)]
    is_program: bool
    text: str


def submission_document(submission: Submission) -> Document:
    """The submission as a document; all its numbers stand in one array, one after the other."""
    held = [(scene, each) for scene, given in submission.numbers.items() for each in given]
    fields = _SubmissionFields(
        readable(submission.source),
        tuple(
            _GivenFields(scene, each.name, each.index, each.array.shape, each.tolerance)
            for scene, each in held
        ),
        dict(submission.failures),
        submission.is_program,
        readable(submission.text),
    )
    flat = [np.ravel(each.array) for _, each in held]
    numbers = np.concatenate([np.zeros(0), *flat])
    return Document(SUBMISSION_KIND, SUBMISSION_VERSION, plain(fields), {_NUMBERS: numbers})


def submission_in(document: Document, path: Path) -> Submission:
    """The submission in a document of ``path``; raises UserError if it is damaged."""
    with from_stranger(path):
        fields = read_fields(document.content, _SubmissionFields)
        numbers = document.arrays[_NUMBERS]
        ends = list(accumulate((math.prod(each.shape) for each in fields.given), initial=0))
        whole = numbers.dtype == np.float64 and numbers.shape == (ends[-1],)
        require(whole, Message("other numbers than its arrays have"))
        by_scene: dict[str, list[Given]] = {}
        for each, (start, end) in zip(fields.given, pairwise(ends), strict=True):
            array = numbers[start:end].reshape(each.shape)
            given = Given(each.name, array, each.index, each.tolerance)
            by_scene.setdefault(each.scene, []).append(given)
        for scene in (*by_scene, *fields.failures):
            known_scene(scene)
        found = {scene: tuple(given) for scene, given in by_scene.items()}
        return Submission(fields.source, found, fields.failures, fields.is_program, fields.text)
