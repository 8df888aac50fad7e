"""What a report's page is made of, and the templates of ``resources/templates/`` filled with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import DayText, NumberText
from rnnstudio.paths import resource_file

if TYPE_CHECKING:
    from jinja2 import Environment

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, marks that turn the direction of what follows, halves of characters."""

Text = Message | str


class Block(Protocol):
    """A part of a section: the data that its ``template`` shows."""

    template: ClassVar[str]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``kind`` is its class in the style sheet."""

    text: Text
    kind: str = ""
    template: ClassVar = "paragraph.html"


@dataclass(frozen=True)
class Marked:
    """A table's cell of the class ``kind``."""

    text: Text
    kind: str


Cell = Text | Marked


@dataclass(frozen=True)
class TableBlock:
    """A table whose first column names its rows; it can be scrolled where it is too wide.

    ``kind`` is "figures", which stand right, or "words".
    """

    caption: Message
    header: Sequence[Text]
    rows: Sequence[Sequence[Cell]]
    kind: str = "figures"
    template: ClassVar = "table.html"


@dataclass(frozen=True)
class Section:
    """A part of the page under a heading that ``#place`` leads to."""

    place: str
    title: Message
    blocks: Sequence[Block]


def page(title: Message, top: Sequence[Block], sections: Sequence[Section]) -> str:
    """The whole document: ``top`` under the title, then ``sections``."""
    return filled(
        "report.html",
        title=title,
        top=top,
        sections=sections,
        contents=Message("Contents"),
        language=language.code(),
    )


def filled(template: str, **values: Any) -> str:
    """The text of a template; every text in ``values`` is worded and escaped."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resource_file("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: Any) -> Any:
    """A value as the page's text; what cannot be shown, or would garble the rest, becomes �."""
    if isinstance(value, Message | NumberText | DayText):
        value = language.shown(value)
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return _UNSEEN.sub("\ufffd", value)
    return value
