"""What a session keeps of the inspector."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.cursor import Cursor
from rnnstudio.core.cells.diagnosis.bug_findings import BugSearch
from rnnstudio.core.cells.flow import REMEMBERING, FlowSpec
from rnnstudio.core.cells.quiz import GuessVerdict, Votes
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.scene_spec import SceneSpec


@dataclass(frozen=True)
class SceneInWork:
    """A scene as it is now, and as it was when it came."""

    scene: Scene
    chosen: Scene


@dataclass(frozen=True)
class InspectorWork:
    """What the inspector shows: one scene or two, where in them, the settings, the class's votes.

    ``bug`` is what somebody handed in to find a mistake in. ``pages`` are the names of the pages in
    front, outermost first.
    """

    side: SceneInWork
    beside: SceneInWork | None = None
    swapped: bool = False
    cursor: Cursor = field(default_factory=Cursor)
    spec: SceneSpec = field(default_factory=SceneSpec)
    flow: FlowSpec = REMEMBERING
    clip: ClipSpec = field(default_factory=ClipSpec)
    verdict: GuessVerdict | None = None
    votes: Votes = field(default_factory=Votes)
    bug: BugSearch = field(default_factory=BugSearch)
    pages: tuple[str, ...] = ()

    def without_view(self) -> InspectorWork:
        """The same, whatever of it is looked at."""
        return replace(self, cursor=Cursor(), bug=replace(self.bug, place=0), pages=())
