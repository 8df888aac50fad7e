"""The page around a report's sections: one file that asks for nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.export.html.markup import Html, element, section
from rnnstudio.paths import resource_file

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may do with the page: use its own style, and load or run nothing."""


@dataclass(frozen=True)
class Section:
    """A part of the page: its place in it, its heading, what stands there."""

    place: str
    title: Message
    content: Html


def page(title: Message, top: Html, sections: Sequence[Section]) -> str:
    """The whole document: ``top`` under the title, then ``sections``."""
    contents = (element("li", element("a", each.title, href=f"#{each.place}")) for each in sections)
    body = element(
        "main",
        element("header", element("h1", title), top),
        element("nav", element("ul", *contents), aria_label=Message("Contents")),
        *(section(each.place, each.title, each.content) for each in sections),
    )
    whole = element("html", _head(title), element("body", body), lang=language.code())
    return "\n".join(("<!DOCTYPE html>", whole, ""))


def _head(title: Message) -> Html:
    style = resource_file("report/report.css").read_text("utf-8")
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", Html(style)),
    )
