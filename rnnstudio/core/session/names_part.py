"""The names generator's part of a session's document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import msgspec

from rnnstudio.core.documents.damage import require
from rnnstudio.core.documents.fields import Count, DocumentFields, plain, read_fields, read_settings
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import read_corpus
from rnnstudio.core.names.document import KIND, VERSION, is_finite, names_document, names_from
from rnnstudio.core.names.recipes import RECIPES, RecipeName, recipe_of
from rnnstudio.core.names.replay import PastNetwork
from rnnstudio.core.names.report import ReadOptions
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.sampling_job import Drawn
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.data_file import file_of
from rnnstudio.core.session.kept_names import NamesWork, OpenedList
from rnnstudio.core.session.names_evaluation import (
    EvaluationFields,
    pack_evaluation,
    unpack_evaluation,
)
from rnnstudio.core.session.names_moments import (
    DRAWN_KIND,
    PAST_KIND,
    drawn_document,
    drawn_from,
    is_moment_of,
    past_document,
    past_from,
)
from rnnstudio.core.session.names_moments import VERSION as MOMENTS
from rnnstudio.core.session.session_networks import kept_networks
from rnnstudio.core.session.session_parts import DataFields, NewParts, Pages, SavedParts
from rnnstudio.core.training import stop_point

_Typed = Annotated[str, msgspec.Meta(max_length=100)]
_Names = Annotated[tuple[_Typed, ...], msgspec.Meta(max_length=20)]


class ListFields(DocumentFields, frozen=True):
    """An ``OpenedList``: its file, and how it was read."""

    data: DataFields
    options: ReadOptions


class NamesFields(DocumentFields, frozen=True):
    """A ``NamesWork``; networks by their place in ``networks``."""

    opened: ListFields | None
    recipe: RecipeName
    spec: dict[str, Any]
    networks: Annotated[list[str], msgspec.Meta(max_length=100)]
    runs: list[Count]
    trained: Count | None
    sampling: Sampling
    recipes: _Names
    seeds: Count
    clipping: tuple[_Typed, _Typed]
    pages: Pages
    past: str | None = None
    drawn: str | None = None
    example: _Typed | None = None
    evaluation: EvaluationFields | None = None


def pack_names(work: NamesWork, parts: NewParts) -> Any:
    """The work as plain data, its networks and its list among ``parts``.

    A network whose numbers are not finite any more is left out: there is nothing to go on from, and
    what is looked at beside it goes with it.
    """
    networks = [network for network in kept_networks(work) if is_finite(network)]

    def place(network: TrainedNames | None) -> int | None:
        return next((at for at, each in enumerate(networks) if each is network), None)

    opened, past, drawn = work.opened, work.past, work.drawn
    front = None if place(work.trained) is None else work.trained
    return plain(
        NamesFields(
            opened=None
            if opened is None
            else ListFields(
                data=parts.put_data("names.list", opened.data), options=opened.corpus.options
            ),
            recipe=recipe_of(work.spec),
            spec=asdict(work.spec),
            networks=[
                parts.put(f"names.{at}", network, names_document)
                for at, network in enumerate(networks)
            ],
            runs=[at for run in work.runs if (at := place(run)) is not None],
            trained=place(work.trained),
            sampling=work.sampling,
            recipes=work.recipes,
            seeds=work.seeds,
            clipping=work.clipping,
            pages=work.pages,
            past=parts.put("names.past", past, past_document)
            if past is not None and is_moment_of(past.trained, front)
            else None,
            drawn=parts.put("names.drawn", drawn, drawn_document)
            if drawn is not None and is_moment_of(drawn.trained, front)
            else None,
            example=work.example,
            evaluation=None if work.evaluation is None else pack_evaluation(work.evaluation),
        )
    )


def unpack_names(content: Any, parts: SavedParts) -> NamesWork:
    """The work that ``pack_names`` packed; raises UserError and DamageError."""
    fields = read_fields(content, NamesFields, "names")
    networks = [_network(name, parts) for name in fields.networks]
    places = [*fields.runs, fields.trained]
    require(
        all(at is None or at < len(networks) for at in places),
        Message("a network that is not there"),
    )
    trained = None if fields.trained is None else networks[fields.trained]
    past, drawn = _moments(fields, trained, parts)
    return NamesWork(
        opened=None if fields.opened is None else _opened(fields.opened, parts),
        spec=read_settings(fields.spec, RECIPES[fields.recipe], "names.spec"),
        trained=trained,
        runs=tuple(networks[at] for at in fields.runs),
        sampling=fields.sampling,
        recipes=fields.recipes,
        seeds=fields.seeds,
        clipping=fields.clipping,
        pages=fields.pages,
        past=past,
        drawn=drawn,
        example=fields.example,
        evaluation=None if fields.evaluation is None else unpack_evaluation(fields.evaluation),
    )


def _moments(
    fields: NamesFields, trained: TrainedNames | None, parts: SavedParts
) -> tuple[PastNetwork | None, Drawn | None]:
    """What is looked at beside the training ``trained``."""
    if trained is None:
        require((fields.past, fields.drawn) == (None, None), Message("a network that is not there"))
        return None, None
    past, drawn = fields.past, fields.drawn
    return (
        None
        if past is None
        else past_from(parts.document(past, PAST_KIND, MOMENTS), trained, parts.path),
        None
        if drawn is None
        else drawn_from(parts.document(drawn, DRAWN_KIND, MOMENTS), trained, parts.path),
    )


def _network(name: str, parts: SavedParts) -> TrainedNames:
    stop_point()
    return names_from(parts.document(name, KIND, VERSION), parts.path)


def _opened(fields: ListFields, parts: SavedParts) -> OpenedList | None:
    data = parts.data(fields.data)
    if data is None:
        return None
    with file_of(data) as path:
        return OpenedList(data, read_corpus(path, fields.options))
