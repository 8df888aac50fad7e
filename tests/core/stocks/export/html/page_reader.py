"""Reads a report back with the standard library's parser, and refuses what is not well-formed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import numpy as np

VOID = {"meta"}


@dataclass
class Node:
    """An element with its attributes, the elements in it, and its own text."""

    tag: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    own: str = ""

    def all(self, tag: str = "", kind: str = "") -> Iterator[Node]:
        """Every element inside, or those of a tag or of classes, in order."""
        for child in self.children:
            kinds = child.attributes.get("class", "").split()
            if (not tag or child.tag == tag) and set(kind.split()) <= set(kinds):
                yield child
            yield from child.all(tag, kind)

    def one(self, tag: str = "", kind: str = "") -> Node:
        found = list(self.all(tag, kind))
        assert len(found) == 1, f"{len(found)} elements {tag} {kind}"
        return found[0]

    def at(self, place: str) -> Node:
        """The element with that id."""
        found = [each for each in self.all() if each.attributes.get("id") == place]
        assert len(found) == 1, f"{len(found)} elements with the id {place}"
        return found[0]

    @property
    def text(self) -> str:
        return " ".join([self.own, *(child.text for child in self.children)]).strip()

    @property
    def shape(self) -> tuple[object, ...]:
        """Tags and attributes' names, without what they say."""
        return (self.tag, tuple(self.attributes), tuple(child.shape for child in self.children))


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"an attribute twice in {tag}"
        assert all(value is not None for _, value in attrs)
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"{tag} ends what it did not begin"

    def handle_data(self, data: str) -> None:
        self.open[-1].own += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def read_page(text: str) -> Node:
    """The whole document as a tree; fails where a tag is not closed."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    assert len(parser.open) == 1, f"not closed: {[node.tag for node in parser.open[1:]]}"
    return parser.open[0]


def chart_of(page: Node, place: str) -> Node:
    """The drawing whose title has the id ``place``-title."""
    [found] = [
        svg
        for svg in page.all("svg", "chart")
        if svg.attributes["aria-labelledby"].startswith(f"{place}-title ")
    ]
    return found


def points(path: Node) -> np.ndarray:
    """The places that a path goes through, (points, 2)."""
    pairs = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.attributes["d"])
    return np.array(pairs, dtype=np.float64)


def y_values(chart: Node, places: np.ndarray) -> np.ndarray:
    """What the heights ``places`` stand for, by what is written at the axis."""
    axis = chart.one("g", "y")
    ticks = [float(path.attributes["d"].split()[1].split("H")[0]) for path in axis.all("path")]
    texts = list(axis.all("text"))[-len(ticks) :]
    labels = [float(text.own.replace("−", "-")) for text in texts]
    assert len(labels) == len(ticks) >= 2
    slope, offset = np.polyfit(ticks, labels, 1)
    return slope * places + offset


def x_values(chart: Node, places: np.ndarray, rows: dict[str, int]) -> np.ndarray:
    """The rows that ``places`` stand for; ``rows`` are those of what is written at the axis."""
    axis = chart.one("g", "x")
    marks = [float(text.attributes["x"]) for text in axis.all("text") if text.own in rows]
    labels = [rows[text.own] for text in axis.all("text") if text.own in rows]
    assert len(labels) >= 2
    slope, offset = np.polyfit(marks, labels, 1)
    return slope * places + offset
