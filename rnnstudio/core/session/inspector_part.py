"""The inspector's part of a session's document."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import msgspec

from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.cursor import Cursor
from rnnstudio.core.cells.diagnosis.bug_findings import BugSearch
from rnnstudio.core.cells.diagnosis.known_scenes import known_scene
from rnnstudio.core.cells.flow import FlowSpec
from rnnstudio.core.cells.published import examples
from rnnstudio.core.cells.quiz import GuessVerdict, Votes
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes
from rnnstudio.core.cells.scene_spec import SceneSpec, Source
from rnnstudio.core.documents.damage import require
from rnnstudio.core.documents.fields import Count, DocumentFields, plain, read_fields
from rnnstudio.core.messages import Message
from rnnstudio.core.models.scene_file import KIND, VERSION, scene_document, scene_from
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork
from rnnstudio.core.session.kept_submission import (
    SUBMISSION_KIND,
    SUBMISSION_VERSION,
    submission_document,
    submission_in,
)
from rnnstudio.core.session.session_parts import NewParts, Pages, SavedParts

_Text = Annotated[str, msgspec.Meta(max_length=10_000)]
_MOST_CHOICES = 10


class SceneFields(DocumentFields, frozen=True):
    """A ``SceneInWork``: its files, and whose numbers they are."""

    scene: str
    chosen: str
    origin: _Text
    chosen_origin: _Text


class SpecFields(DocumentFields, frozen=True):
    """A ``SceneSpec``; ``source`` is the name of one, or of an example of the document."""

    cells: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=2)]
    source: str
    sizes: Sizes
    seed: int
    text: _Text
    word: _Text


class BugFields(DocumentFields, frozen=True):
    """A ``BugSearch``; ``submission`` names its part."""

    scene: _Text
    submission: str | None
    place: Count


class InspectorFields(DocumentFields, frozen=True):
    """An ``InspectorWork``; files of earlier versions have no ``bug``."""

    side: SceneFields
    beside: SceneFields | None
    swapped: bool
    cursor: Cursor
    spec: SpecFields
    flow: FlowSpec
    clip: ClipSpec
    verdict: GuessVerdict | None
    votes: Votes
    pages: Pages
    bug: BugFields = BugFields("lstm-3", None, 0)


def pack_inspector(work: InspectorWork, parts: NewParts) -> Any:
    """The work as plain data, its scenes among ``parts``."""
    spec, source = work.spec, work.spec.source
    return plain(
        InspectorFields(
            side=_put(work.side, "side", parts),
            beside=None if work.beside is None else _put(work.beside, "beside", parts),
            swapped=work.swapped,
            cursor=replace(work.cursor, playing=False),
            spec=SpecFields(
                cells=spec.cells,
                source=source.value if isinstance(source, Source) else source.function,
                sizes=spec.sizes,
                seed=spec.seed,
                text=spec.text,
                word=spec.word,
            ),
            flow=work.flow,
            clip=work.clip,
            verdict=work.verdict,
            votes=work.votes,
            pages=work.pages,
            bug=_put_bug(work.bug, parts),
        )
    )


def unpack_inspector(content: Any, parts: SavedParts) -> InspectorWork:
    """The work that ``pack_inspector`` packed; raises UserError and DamageError."""
    fields = read_fields(content, InspectorFields, "inspector")
    side = _scenes(fields.side, parts)
    _require_places(fields, side.scene)
    return InspectorWork(
        side=side,
        beside=None if fields.beside is None else _scenes(fields.beside, parts),
        swapped=fields.swapped,
        cursor=fields.cursor,
        spec=_spec(fields.spec),
        flow=fields.flow,
        clip=fields.clip,
        verdict=fields.verdict,
        votes=fields.votes,
        bug=_bug(fields.bug, parts),
        pages=fields.pages,
    )


def _put_bug(bug: BugSearch, parts: NewParts) -> BugFields:
    name = None
    if bug.submission is not None:
        name = parts.put("inspector.bug", bug.submission, submission_document)
    return BugFields(bug.scene, name, bug.place)


def _bug(fields: BugFields, parts: SavedParts) -> BugSearch:
    if fields.scene:
        known_scene(fields.scene)
    if fields.submission is None:
        return BugSearch(fields.scene)
    document = parts.document(fields.submission, SUBMISSION_KIND, SUBMISSION_VERSION)
    return BugSearch(fields.scene, submission_in(document, parts.path), fields.place)


def _put(side: SceneInWork, name: str, parts: NewParts) -> SceneFields:
    same = side.chosen is side.scene
    scene = parts.put(f"inspector.{name}", side.scene, scene_document)
    return SceneFields(
        scene=scene,
        chosen=scene
        if same
        else parts.put(f"inspector.{name}.chosen", side.chosen, scene_document),
        origin=str(side.scene.origin),
        chosen_origin=str(side.chosen.origin),
    )


def _scenes(fields: SceneFields, parts: SavedParts) -> SceneInWork:
    scene = _scene(fields.scene, fields.origin, parts)
    same = fields.chosen == fields.scene
    return SceneInWork(scene, scene if same else _scene(fields.chosen, fields.chosen_origin, parts))


def _scene(name: str, origin: str, parts: SavedParts) -> Scene:
    scene = scene_from(parts.document(name, KIND, VERSION), parts.path)
    return replace(scene, origin=origin)


def _require_places(fields: InspectorFields, scene: Scene) -> None:
    """What counts from 0 is not below it, and a guess is at a row of the cell."""
    cursor, votes = fields.cursor, fields.votes
    places = (cursor.time, cursor.operation, *cursor.entry, votes.question, *votes.hands)
    require(all(0 <= place < 2**31 for place in places), Message("a place below 0"))
    counted = 0 <= votes.score.right <= votes.score.total < 2**53
    require(counted and len(votes.hands) <= _MOST_CHOICES, Message("no such votes"))
    rows = {row.name for row in (*scene.cell.forward, *scene.cell.backward, *scene.cell.sums)}
    guess = fields.verdict
    require(guess is None or guess.operation in rows, Message("a guess at no row"))
    faults = {"", *(fault.key for fault in scene.cell.faults)}
    require(guess is None or guess.fault in faults, Message("a guess at no fault"))


def _spec(fields: SpecFields) -> SceneSpec:
    named = {example.function: example for example in examples()}
    sources = {source.value: source for source in Source}
    require(set(fields.cells) <= set(CELLS), Message("no such cell"))
    require(fields.source in {*named, *sources}, Message("no such scene"))
    source = named[fields.source] if fields.source in named else sources[fields.source]
    return SceneSpec(fields.cells, source, fields.sizes, fields.seed, fields.text, fields.word)
