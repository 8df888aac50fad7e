"""Colours and sizes: the one place where they are chosen.

Each colour has one role. Text keeps a contrast of at least 4.5 : 1 on its ground, and an outline
that carries meaning 3 : 1. No two things differ by hue alone: a letter, a sign, a hatch or a dash
goes with each, because a projector washes hues out.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

LIVE_PEN = 1
"""Width of a curve that moves, in pixels: wider ones are drawn many times slower."""


@dataclass(frozen=True)
class Colours:
    """Each role's colour as ``#rrggbb``; a name on ``_soft`` is the ground of what it marks."""

    window: str = "#f4f0e8"
    panel: str = "#fffdf8"
    sunken: str = "#eae4d8"
    cover: str = "#e4dccd"
    hairline: str = "#d8cfbf"
    outline: str = "#857b6c"
    ink: str = "#211d18"
    muted: str = "#5c5449"
    you: str = "#5a3bc2"
    you_soft: str = "#eae4fa"
    on_you: str = "#ffffff"
    forget: str = "#b0285f"
    input: str = "#0b6e5f"
    candidate: str = "#6e6100"
    output: str = "#1768a6"
    plus: str = "#965200"
    minus: str = "#2f4fa8"
    network: str = "#b93a0d"
    network_soft: str = "#f6d9cb"
    yesterday: str = "#4c6580"
    held_out: str = "#0c6f78"
    held_out_soft: str = "#d3e7e6"
    good: str = "#1e6b38"
    good_soft: str = "#dff0e2"
    bad: str = "#a62018"
    bad_soft: str = "#fae3df"
    heat_pale: str = "#000000"
    """Numbers on a pale cell of a heat map, and ``heat_strong`` those on a strong one."""
    heat_strong: str = "#fefefe"


LIGHT = Colours()
DARK = Colours(
    window="#1b1916",
    panel="#25221e",
    sunken="#131210",
    cover="#312c26",
    hairline="#433d35",
    outline="#91887a",
    ink="#f4efe6",
    muted="#bdb4a6",
    you="#b9a5ff",
    you_soft="#362e57",
    on_you="#1b1333",
    forget="#f291b8",
    input="#5ecbb5",
    candidate="#d8c25a",
    output="#82c0f4",
    plus="#efaa50",
    minus="#96b2f7",
    network="#ff8f63",
    network_soft="#5a2e1d",
    yesterday="#a3b9d1",
    held_out="#56c6cc",
    held_out_soft="#173f42",
    good="#7fd69c",
    good_soft="#1d3b28",
    bad="#ffa096",
    bad_soft="#4c211c",
)


_ROLES = {
    getattr(each, field.name): field.name for each in (LIGHT, DARK) for field in fields(Colours)
}
"""The role of every colour: no two roles share one, in whichever theme."""


@dataclass(frozen=True)
class TypeScale:
    """Heights of letters and lengths in pixels, all multiplied by one factor."""

    label: int = 12
    table: int = 12
    text: int = 14
    heading: int = 18
    formula: int = 25
    sentence: int = 24
    name: int = 34
    verdict: int = 44
    gap: int = 8
    """The step of all spacing: halved, doubled or tripled where more or less room is due."""
    margin: int = 24
    radius: int = 6
    card_radius: int = 9
    control: int = 36
    bar: int = 48
    mark: int = 16
    target: int = 24
    rail: int = 72
    rail_narrow: int = 52
    drawer: int = 316

    @property
    def half_gap(self) -> int:
        """Half a step."""
        return max(1, self.gap // 2)

    @property
    def quarter_gap(self) -> int:
        """A quarter of a step, between things that belong together."""
        return max(1, self.gap // 4)

    def times(self, factor: float) -> TypeScale:
        """All sizes multiplied by ``factor``, as whole pixels, at least one each."""
        return TypeScale(
            **{
                field.name: max(1, round(getattr(self, field.name) * factor))
                for field in fields(self)
            }
        )


DESK = TypeScale()
"""What is read at a desk."""
CLASS = TypeScale(
    label=20,
    table=24,
    text=24,
    heading=32,
    formula=40,
    sentence=44,
    name=57,
    verdict=66,
    gap=12,
    margin=40,
    radius=9,
    card_radius=13,
    control=56,
    mark=26,
    target=44,
    drawer=540,
)
"""What is read from the last row of a class, on a screen of 1080 lines."""
CLASS_PEN = 1.5
"""How many times as wide lines are in front of a class."""


@dataclass(frozen=True)
class Theme:
    """What is chosen of colours and sizes: ``theme()`` gives what holds now."""

    colours: Colours = LIGHT
    sizes: TypeScale = DESK
    in_class: bool = False
    """Whether a class looks on: nothing but what it is to see, and that large."""
    class_factor: float = 1.0
    """How many times as large as in a window of 1920 x 1080 everything is in front of a class."""

    @property
    def dark(self) -> bool:
        """Whether it is light on dark."""
        return self.colours is DARK

    def pen_width(self, width: float) -> float:
        """The width of a line in pixels that is ``width`` pixels wide at a desk."""
        return CLASS_PEN * self.class_factor * width if self.in_class else width


class _Chosen:
    theme = Theme()


def theme() -> Theme:
    """The theme that holds now. Ask when painting, never when a module is imported."""
    return _Chosen.theme


def choose(chosen: Theme) -> None:
    """Let ``chosen`` hold from now on; who has painted already is not told."""
    _Chosen.theme = chosen


def colours() -> Colours:
    """The colours that hold now."""
    return _Chosen.theme.colours


def colour(role: str) -> str:
    """The colour that a role has now, under the name of its field."""
    found: str = getattr(_Chosen.theme.colours, role)
    return found


def colour_now(painted: str) -> str:
    """What the role of a colour that was painted in any theme has now; another stays as it is."""
    role = _ROLES.get(painted)
    return painted if role is None else colour(role)


def sizes() -> TypeScale:
    """The sizes that hold now."""
    return _Chosen.theme.sizes


def scaled(length: float) -> float:
    """A length that is drawn, in pixels beside text of its usual size, beside text as it is now."""
    return length * _Chosen.theme.sizes.text / DESK.text
