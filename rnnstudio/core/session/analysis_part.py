"""The forecaster's pages beyond one split in a session's document."""

from __future__ import annotations

from itertools import accumulate
from typing import Annotated

import msgspec

from rnnstudio.core.documents.damage import require
from rnnstudio.core.documents.fields import Count, DocumentFields
from rnnstudio.core.messages import Message
from rnnstudio.core.session.analysis_work import ClaimWork, LeaksWork, SearchWork, WalkWork
from rnnstudio.core.session.drawing_part import require_day
from rnnstudio.core.session.fold_outcomes import (
    SEARCH_KIND,
    VERSION,
    WALK_KIND,
    search_document,
    search_from,
    walk_document,
    walk_from,
)
from rnnstudio.core.session.session_parts import NewParts, SavedParts
from rnnstudio.core.stocks.data.batch_read import UnreadableFile
from rnnstudio.core.stocks.evaluation.claims import MEASURES
from rnnstudio.core.stocks.files.serialization import Moment
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.teaching.leaks import Leak
from rnnstudio.core.stocks.validation.multi_ticker import Shares
from rnnstudio.core.stocks.validation.walk_forward import Walk
from rnnstudio.core.training import stop_point

_Text = Annotated[str, msgspec.Meta(max_length=10_000)]
_Processes = Annotated[int, msgspec.Meta(ge=1, le=1_000)]


class SharesFields(DocumentFields, frozen=True):
    """``Shares`` by the names of their files: each a document, or the sentence that refused it."""

    names: tuple[_Text, ...]
    walks: tuple[str, ...]
    refused: tuple[tuple[_Text, _Text], ...]


class WalkWorkFields(DocumentFields, frozen=True):
    """A ``WalkWork``; ``walked`` names the document of a walk over one share."""

    every: Count
    processes: _Processes | None
    walked: str | None
    shares: SharesFields | None
    asked: ForecastSpec | None


class SearchWorkFields(DocumentFields, frozen=True):
    """A ``SearchWork``; ``table`` names a document."""

    tried: tuple[_Text, ...] | None
    texts: dict[str, _Text]
    folds: Count
    gap: Count | None
    draws: Count
    at_random: bool
    processes: _Processes | None
    table: str | None


class ClaimFields(DocumentFields, frozen=True):
    """A ``ClaimWork``."""

    measure: _Text
    value: _Text
    day: Moment | None


class LeaksFields(DocumentFields, frozen=True):
    """The settings of a ``LeaksWork``."""

    leaks: tuple[Leak, ...]
    random_walk: bool
    guessing: bool


def pack_walk(work: WalkWork, parts: NewParts) -> WalkWorkFields:
    """The settings, and what is done, among ``parts``."""
    walked, shares = work.walked, None
    if isinstance(walked, Shares):
        shares = SharesFields(
            names=walked.names,
            walks=tuple(
                parts.put(f"stocks.walk.{at}", walk, walk_document)
                for at, walk in enumerate(walked.parts)
            ),
            refused=tuple((each.file, str(each.sentence)) for each in walked.refused),
        )
    return WalkWorkFields(
        every=work.every,
        processes=work.processes,
        walked=parts.put("stocks.walk", walked, walk_document)
        if isinstance(walked, Walk)
        else None,
        shares=shares,
        asked=work.asked,
    )


def unpack_walk(fields: WalkWorkFields, parts: SavedParts) -> WalkWork:
    """The work that ``pack_walk`` packed; raises UserError and DamageError."""
    walked = None if fields.walked is None else _walk(fields.walked, parts)
    shares = None if fields.shares is None else _shares(fields.shares, parts)
    return WalkWork(fields.every, fields.processes, shares or walked, fields.asked)


def pack_search(work: SearchWork, parts: NewParts) -> SearchWorkFields:
    """The settings, and what is done, among ``parts``."""
    return SearchWorkFields(
        tried=work.tried,
        texts=dict(work.texts),
        folds=work.folds,
        gap=work.gap,
        draws=work.draws,
        at_random=work.at_random,
        processes=work.processes,
        table=None
        if work.table is None
        else parts.put("stocks.search", work.table, search_document),
    )


def unpack_search(fields: SearchWorkFields, parts: SavedParts) -> SearchWork:
    """The work that ``pack_search`` packed; raises UserError and DamageError."""
    table = None
    if fields.table is not None:
        table = search_from(parts.document(fields.table, SEARCH_KIND, VERSION))
    return SearchWork(
        fields.tried,
        fields.texts,
        fields.folds,
        fields.gap,
        fields.draws,
        fields.at_random,
        fields.processes,
        table,
    )


def pack_leaks(work: LeaksWork) -> LeaksFields:
    """The settings: a comparison is made again on demand."""
    return LeaksFields(leaks=work.leaks, random_walk=work.random_walk, guessing=work.guessing)


def unpack_leaks(fields: LeaksFields) -> LeaksWork:
    """The work that ``pack_leaks`` packed."""
    return LeaksWork(fields.leaks, fields.random_walk, fields.guessing)


def _walk(name: str, parts: SavedParts) -> Walk:
    stop_point()
    return walk_from(parts.document(name, WALK_KIND, VERSION))


def _shares(fields: SharesFields, parts: SavedParts) -> Shares[Walk]:
    fits = 0 < len(fields.names) == len(fields.walks) and len(set(fields.names)) == len(
        fields.names
    )
    require(fits, Message("no such shares"))
    walks = tuple(_walk(name, parts) for name in fields.walks)
    refused = tuple(
        UnreadableFile(file, Message("{reason}", {"reason": reason}))
        for file, reason in fields.refused
    )
    return Shares(
        fields.names, walks, tuple(accumulate(len(walk.folds) for walk in walks)), refused
    )


def pack_claim(work: ClaimWork) -> ClaimFields:
    """What is typed."""
    return ClaimFields(measure=work.measure, value=work.value, day=work.day or None)


def unpack_claim(fields: ClaimFields) -> ClaimWork:
    """What ``pack_claim`` packed; raises DamageError if there is no such measure or day."""
    require(fields.measure in MEASURES, Message("a measure that is not known"))
    if fields.day is not None:
        require_day(fields.day)
    return ClaimWork(fields.measure, fields.value, fields.day or "")
