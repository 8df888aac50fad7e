"""What is looked at beside a training, as documents: an iteration of it, and names drawn from it.

Their networks are those of the training at some moment. The losses until then, its settings and its
names are the training's own, so a document has the weights alone. It may be damaged or forged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import msgspec

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.documents.damage import from_stranger, require
from rnnstudio.core.documents.document_file import Document
from rnnstudio.core.documents.fields import AtLeastZero, Count, DocumentFields, plain, read_fields
from rnnstudio.core.messages import Message
from rnnstudio.core.names.document import SampleTexts, is_finite
from rnnstudio.core.names.history import NamesCheckpoint
from rnnstudio.core.names.network_arrays import network_arrays, read_network
from rnnstudio.core.names.novelty import NoveltyVerdict
from rnnstudio.core.names.replay import PastNetwork
from rnnstudio.core.names.sampler import MOST_SAMPLES, Sampling
from rnnstudio.core.names.sampling_job import Drawn
from rnnstudio.core.names.trained import TrainedNames

PAST_KIND, DRAWN_KIND, VERSION = "past network", "drawn names", 1


class MomentFields(DocumentFields, frozen=True):
    """After how many iterations of its training a network was, and how long they took."""

    step: Count
    seconds: AtLeastZero


class PastFields(DocumentFields, frozen=True):
    """A ``PastNetwork`` without its weights."""

    moment: MomentFields
    names: SampleTexts
    redone: Count
    same: bool


class DrawnFields(DocumentFields, frozen=True):
    """A ``Drawn`` without the network's weights."""

    moment: MomentFields
    sampling: Sampling
    verdicts: Annotated[tuple[NoveltyVerdict, ...], msgspec.Meta(max_length=MOST_SAMPLES)]


def is_moment_of(network: TrainedNames, training: TrainedNames | None) -> bool:
    """Whether ``network`` can be kept beside ``training``: it is a moment of it, and finite."""
    return (
        training is not None
        and network.same_training(training)
        and network.step <= training.step
        and training.step > 0
        and is_finite(network)
    )


def past_document(past: PastNetwork) -> Document:
    """The network of an earlier iteration, to be kept beside its training."""
    fields = PastFields(_moment(past.trained), past.names, past.redone, past.same)
    return Document(PAST_KIND, VERSION, plain(fields), network_arrays(past.trained))


def drawn_document(drawn: Drawn) -> Document:
    """Drawn names and the network they are from, to be kept beside its training."""
    fields = DrawnFields(_moment(drawn.trained), drawn.sampling, drawn.verdicts)
    return Document(DRAWN_KIND, VERSION, plain(fields), network_arrays(drawn.trained))


def past_from(document: Document, training: TrainedNames, path: Path) -> PastNetwork:
    """What ``past_document`` packed; raises UserError where it does not fit its training."""
    with from_stranger(path):
        fields = read_fields(document.content, PastFields)
        network = _network(fields.moment, document.arrays, training)
        iteration = network.step - 1
        what = {"value": iteration, "last": training.step - 1}
        require(iteration >= 0, Message("iteration {value} is outside 0 to {last}", what))
        _require_letters(fields.names, training)
        return PastNetwork(iteration, network, fields.names, fields.redone, fields.same)


def drawn_from(document: Document, training: TrainedNames, path: Path) -> Drawn:
    """What ``drawn_document`` packed; raises UserError where it does not fit its training."""
    with from_stranger(path):
        fields = read_fields(document.content, DrawnFields)
        _require_drawable(fields, training)
        network = _network(fields.moment, document.arrays, training)
        return Drawn(network, fields.sampling, fields.verdicts)


def _moment(network: TrainedNames) -> MomentFields:
    return MomentFields(network.step, network.seconds)


def _network(
    fields: MomentFields, arrays: Mapping[str, Array], training: TrainedNames
) -> TrainedNames:
    """The training at the moment of ``fields``, with the weights among ``arrays``."""
    what = {"value": fields.step, "last": training.step}
    within = training.step > 0 and fields.step <= training.step
    require(within, Message("iteration {value} is outside 0 to {last}", what))
    parameters, memory = read_network(arrays, training.spec, training.vocabulary)
    then = training.until(NamesCheckpoint(fields.step, memory))
    return replace(then, parameters=parameters, seconds=fields.seconds)


def _require_drawable(fields: DrawnFields, training: TrainedNames) -> None:
    """Raise DamageError unless the names may have been drawn from the training as it is said."""
    verdicts, listed = fields.verdicts, set(training.corpus.names)
    sampling = fields.sampling.for_list(training.corpus)
    _require_letters((sampling.beginning, *(each.name for each in verdicts)), training)
    require(
        len(verdicts) <= sampling.count
        and all(len(each.name) <= sampling.most_letters for each in verdicts)
        and all(each.nearest in listed and each.distance >= 0 for each in verdicts),
        Message("names that cannot be drawn so"),
    )


def _require_letters(texts: Iterable[str], training: TrainedNames) -> None:
    letters = set(training.vocabulary[1:])
    require(
        all(letters.issuperset(text) for text in texts),
        Message("names that its vocabulary cannot write"),
    )
