"""HTML as text that escapes itself: what is not ``Html`` already becomes text of the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from rnnstudio.core import language
from rnnstudio.core.messages import Message

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, marks that turn the direction of what follows, halves of characters."""
_VOID = ("meta",)
"""Elements that have no end."""

Text = Message | str
Attribute = Text | int | float


class Html(str):
    """Markup, in which every text that came from elsewhere is escaped."""

    __slots__ = ()


def escaped(text: Text) -> Html:
    """``text`` as the page's text; what cannot be shown, or would garble the rest, becomes �."""
    if isinstance(text, Message):
        text = language.text(text)
    return text if isinstance(text, Html) else Html(html.escape(_UNSEEN.sub("\ufffd", text)))


def element(name: str, /, *children: Text, **attributes: Attribute) -> Html:
    """``<name attributes>children</name>``.

    An underscore in an attribute's name stands for a hyphen, one at its end for nothing
    (``class_``).
    """
    given = (
        f' {_name(key)}="{escaped(value if isinstance(value, Message) else str(value))}"'
        for key, value in attributes.items()
    )
    start = f"<{name}{''.join(given)}>"
    return Html(start if name in _VOID else f"{start}{join(children)}</{name}>")


def join(parts: Iterable[Text], between: str = "") -> Html:
    """The parts one after the other."""
    return Html(escaped(between).join(map(escaped, parts)))


def section(place: str, title: Text, *content: Text) -> Html:
    """A part of the page under a heading that ``#place`` leads to."""
    heading = element("h2", title, id=place)
    return element("section", heading, *content, aria_labelledby=place)


def paragraphs(sentences: Iterable[Text]) -> Html:
    """Each sentence on a line of its own."""
    return join(element("p", sentence) for sentence in sentences)


def table(
    caption: Text, header: Sequence[Text], rows: Iterable[Sequence[Text]], kind: str = "figures"
) -> Html:
    """A table whose first column names its rows; it can be scrolled where it is too wide.

    ``kind`` is "figures", which stand right, or "words".
    """
    head = element("tr", *(element("th", name, scope="col") for name in header))
    body = (
        element("tr", element("th", first, scope="row"), *(element("td", cell) for cell in rest))
        for first, *rest in rows
    )
    inner = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", *body),
        class_=kind,
    )
    return element("div", inner, class_="scroll", role="region", tabindex=0, aria_label=caption)


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
