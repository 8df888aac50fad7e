"""The page around a report's sections: one file that asks for nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rnnstudio.core.stocks.export.html.markup import Html, element, join, section
from rnnstudio.paths import resource_file

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may do with the page: use its own style, and load or run nothing."""


def page(title: Sequence[str], top: Html, sections: Mapping[str, Html]) -> str:
    """The whole document: ``top`` under the title, then ``sections`` by their headings.

    No line is broken inside a part of the title if there is room for it on one.
    """
    places = {name: name.lower().replace(" ", "-").replace(",", "") for name in sections}
    contents = (element("li", element("a", name, href=f"#{at}")) for name, at in places.items())
    heading = element("h1", join((element("span", part) for part in title), " "))
    body = element(
        "main",
        element("header", heading, top),
        element("nav", element("ul", *contents), aria_label="Contents"),
        *(section(places[name], name, content) for name, content in sections.items()),
    )
    whole = element("html", _head(" ".join(title)), element("body", body), lang="en")
    return f"<!DOCTYPE html>\n{whole}\n"


def _head(title: str) -> Html:
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
