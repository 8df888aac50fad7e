"""What the steps of a lesson make of the cell inspector: its scene, and where one looks.

The window shows this, the checker computes with it; so a lesson's numbers are those on the
screen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

import msgspec

from rnnstudio.core import language
from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.cursor import Cursor, PassDirection
from rnnstudio.core.cells.flow import FlowSpec
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.misconception_answers import Explanation
from rnnstudio.core.cells.misconceptions import QUESTIONS, explained
from rnnstudio.core.cells.published import examples
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes, Trace, trace
from rnnstudio.core.cells.scene_spec import SceneSpec, Source, opening_scene, scenes
from rnnstudio.core.cells.table import Cell, Operation
from rnnstudio.core.errors import UserError
from rnnstudio.core.lessons.lesson import CellSettings, FlowSettings, Hold, Lesson
from rnnstudio.core.messages import Message
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork

NUMBER = re.compile(r"\{(\w+)\[(\d+)\](?:@(\d+))?(?::(\d))?\}")
"""A number of the scene in a text: the value, its unit, its time step, and its decimals.

Unit and step count from 1; without a step it is the one in sight, without decimals they are two.
"""
ANSWER = "{answer}"
"""In the words after a ready question: its answer, with the numbers that it is computed from."""
_Choice = TypeVar("_Choice")


@dataclass(frozen=True, eq=False)
class LessonScene:
    """The inspector at a step of a lesson.

    ``scene`` and ``beside`` are looked at on ``page`` at ``step`` and the row ``value`` of the pass
    (``backward`` or not), all from 0. ``flow`` has the settings of the page on gradient flow.
    """

    spec: SceneSpec = field(default_factory=SceneSpec)
    scene: Scene = field(default_factory=opening_scene)
    beside: Scene | None = None
    page: str = "cell"
    section: str = ""
    backward: bool = False
    step: int = 0
    value: str = "ft"
    unit: int = 0
    covered: bool = True
    flow: FlowSpec = field(default_factory=FlowSpec)
    clip: ClipSpec = field(default_factory=ClipSpec)
    explanation: Explanation | None = None
    """What answers the ready question that was set last."""

    @cached_property
    def traced(self) -> Trace:
        """All values of the scene."""
        return trace(self.scene)

    @property
    def table(self) -> tuple[Operation, ...]:
        """The rows of the pass that is looked at."""
        cell = self.traced.cell
        return (*cell.backward, *cell.sums) if self.backward else cell.forward

    @property
    def work(self) -> InspectorWork:
        """What the inspector is given to show."""
        rows = [operation.name for operation in self.table]
        cursor = Cursor(
            PassDirection.BACKWARD if self.backward else PassDirection.FORWARD,
            self.step,
            rows.index(self.value),
            (self.unit, 0),
            covered=self.covered,
        )
        kept = [SceneInWork(each, each) for each in (self.scene, self.beside) if each is not None]
        return InspectorWork(
            kept[0],
            kept[1] if self.beside is not None else None,
            cursor=cursor,
            spec=self.spec,
            flow=self.flow,
            clip=self.clip,
            pages=(self.page, self.section),
        )

    def after(self, settings: CellSettings | None) -> LessonScene:
        """The inspector once ``settings`` are set.

        Raises UserError with what would be right where one of them is not to be had.
        """
        if settings is None:
            return self
        view = _with_place(self._with_scene(settings), settings)
        scene = view.scene
        if settings.hold is not None:
            held = tuple(_held(scene.cell, hold) for hold in settings.hold)
            scene = replace(scene, interventions=held, marks=())
        if settings.fault:
            faults = {fault.key: fault for fault in scene.cell.faults}
            scene = scene.with_fault(_known(settings.fault, faults, Message("fault")))
        if scene is not view.scene:
            view = replace(view, scene=scene)
        if settings.flow is not None:
            view = replace(view, flow=_flow(view.flow, settings.flow))
        return view

    def filled(self, text: str) -> str:
        """``text`` with its numbers, as the language that is spoken writes them.

        Raises UserError where the scene has no such number.
        """
        if self.explanation is not None:
            text = text.replace(ANSWER, language.text(self.explanation.sentence))
        return NUMBER.sub(self._written, text)

    def number(self, name: str) -> float:
        """The number called ``name``, such as ``ft[1]@3``; raises UserError if there is none."""
        found = NUMBER.fullmatch("{" + name + "}")
        if found is None:
            raise UserError("{name} is no number of a scene, such as ft[1]@3", name=name)
        value, unit = found[1], int(found[2]) - 1
        step = self.step if found[3] is None else int(found[3]) - 1
        steps = self.scene.sizes.T_x
        if not 0 <= step < steps:
            raise UserError("{name}: the scene has the steps 1 to {steps}", name=name, steps=steps)
        values = self.traced.forward[step]
        if value not in values:
            values = self.traced.backward[step]
        array = _known(value, values, Message("value of the scene"))
        column = array.reshape(len(array), -1)
        if not 0 <= unit < len(column):
            raise UserError(
                "{name}: {value} has the units 1 to {units}",
                name=name,
                value=value,
                units=len(column),
            )
        return float(column[unit, 0])

    def shows(self, name: str) -> bool:
        """Whether the number called ``name`` is in sight, or could be by going back."""
        found = NUMBER.fullmatch("{" + name + "}")
        rows = [operation.name for operation in self.table]
        if found is None or found[1] not in rows:
            return False
        step = self.step if found[3] is None else int(found[3]) - 1
        here, there = (self.step, rows.index(self.value)), (step, rows.index(found[1]))
        if self.backward:
            here, there = (-here[0], here[1]), (-there[0], there[1])
        return not self.covered or there <= here

    def _written(self, found: re.Match[str]) -> str:
        name, decimals = found[0].strip("{}").partition(":")[0], found[4] or "2"
        values = {"number": self.number(name), "decimals": decimals}
        text = language.text(Message("{number:.{decimals}f}", values))
        return text.replace("-", "−")

    def _with_scene(self, settings: CellSettings) -> LessonScene:
        if settings.question:
            keys = {question.key: question for question in QUESTIONS}
            _known(settings.question, keys, Message("ready question"))
            return self._answered(explained(settings.question))
        if not any(
            (settings.cell, settings.beside, settings.source, settings.word, settings.text)
        ) and (settings.seed, settings.units, settings.inputs, settings.steps) == 4 * (None,):
            return self
        spec = self._spec(settings)
        scene, *others = scenes(spec)
        return replace(self._at(scene), spec=spec, beside=others[0] if others else None)

    def _answered(self, found: Explanation) -> LessonScene:
        """What answers a ready question, on the page that shows it."""
        if isinstance(found.show, FlowSpec):
            return replace(self, page="flow", flow=found.show, explanation=found)
        if isinstance(found.show, ClipSpec):
            return replace(self, page="clipping", clip=found.show, explanation=found)
        there = replace(self._at(found.show), page=found.page, explanation=found, covered=False)
        if found.page != "sums":
            return there
        there = replace(there, backward=True)  # sums are whole at the end of the backward pass
        return replace(there, value=there.table[-1].name)

    def _at(self, scene: Scene) -> LessonScene:
        """Another scene, looked at from its beginning."""
        first = scene.cell.forward[0].name
        return replace(
            self, scene=scene, beside=None, backward=False, step=0, value=first, unit=0, page="cell"
        )

    def _spec(self, settings: CellSettings) -> SceneSpec:
        spec = self.spec
        cell = settings.cell or spec.cells[0]
        cells = (cell, settings.beside) if settings.beside else (cell,)
        for name in cells:
            _known(name, CELLS, Message("cell"))
        sources = {source.value: source for source in Source if source is not Source.TYPED}
        sources |= {example.function: example for example in examples()}  # type: ignore[misc]
        source = (
            _known(settings.source, sources, Message("source of a scene"))
            if settings.source
            else spec.source
        )
        given = {
            "n_a": settings.units,
            "n_x": settings.inputs,
            "T_x": settings.steps,
        }
        sizes = replace(spec.sizes, **{name: n for name, n in given.items() if n is not None})
        return SceneSpec(
            cells,
            source,
            Sizes(**vars(sizes)),
            spec.seed if settings.seed is None else settings.seed,
            settings.text or spec.text,
            settings.word or spec.word,
        )


def scene_at(lesson: Lesson, step: int, *, revealed: bool) -> LessonScene:
    """The inspector at a step, from 0, of ``lesson``, before or after its reveal.

    Raises UserError where one of the settings on the way is not to be had.
    """
    view = LessonScene()
    for place, each in enumerate(lesson.steps[: step + 1]):
        view = view.after(each.cell)
        if each.question is not None and (place < step or revealed):
            view = view.after(each.question.cell)
    return view


def _with_place(view: LessonScene, settings: CellSettings) -> LessonScene:
    """Where one looks."""
    if settings.page:
        view = replace(view, page=settings.page)
    if settings.section is not None:
        view = replace(view, section=settings.section)
    if settings.covered is not None:
        view = replace(view, covered=settings.covered)
    if settings.direction:
        view = replace(view, backward=settings.direction == "backward")
        view = replace(view, value=view.table[0].name)
    if settings.step is not None:
        steps = view.scene.sizes.T_x
        if not 1 <= settings.step <= steps:
            raise UserError(
                "step {step}: the scene has the steps 1 to {steps}",
                step=settings.step,
                steps=steps,
            )
        view = replace(view, step=settings.step - 1)
    if settings.value:
        rows = {operation.name: operation for operation in view.table}
        _known(settings.value, rows, Message("row of the table"))
        view = replace(view, value=settings.value)
    if settings.unit is not None:
        view = replace(view, unit=settings.unit - 1)
    return view


def _held(cell: Cell, hold: Hold) -> Intervention:
    rows = {operation.name: operation for operation in cell.forward}
    _known(hold.value, rows, Message("row of the table"))
    return Intervention(
        hold.value,
        hold.at,
        None if hold.step is None else hold.step - 1,
        None if hold.unit is None else hold.unit - 1,
    )


def _flow(spec: FlowSpec, settings: FlowSettings) -> FlowSpec:
    given = msgspec.structs.asdict(settings)
    return replace(spec, **{name: value for name, value in given.items() if value is not None})


def _known(name: str, choices: Mapping[str, _Choice], kind: Message) -> _Choice:
    """The choice called ``name``; raises UserError with the others where there is none."""
    if name not in choices:
        raise UserError(
            "there is no {kind} {name!r}; choose one of {names}",
            kind=kind,
            name=name,
            names=", ".join(choices),
        )
    return choices[name]
