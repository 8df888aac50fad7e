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
from rnnstudio.core.names.report import ReadOptions
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.data_file import file_of
from rnnstudio.core.session.session import NamesWork, OpenedList
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


def pack_names(work: NamesWork, parts: NewParts) -> Any:
    """The work as plain data, its networks and its list among ``parts``.

    A network whose numbers are not finite any more is left out: there is nothing to go on from.
    """
    networks = [network for network in kept_networks(work) if is_finite(network)]

    def place(network: TrainedNames | None) -> int | None:
        return next((at for at, each in enumerate(networks) if each is network), None)

    opened = work.opened
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
    return NamesWork(
        opened=None if fields.opened is None else _opened(fields.opened, parts),
        spec=read_settings(fields.spec, RECIPES[fields.recipe], "names.spec"),
        trained=None if fields.trained is None else networks[fields.trained],
        runs=tuple(networks[at] for at in fields.runs),
        sampling=fields.sampling,
        recipes=fields.recipes,
        seeds=fields.seeds,
        clipping=fields.clipping,
        pages=fields.pages,
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
