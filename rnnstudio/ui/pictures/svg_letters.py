"""Letters of a drawing as paths: it looks the same where the application's fonts are not there.

A viewer without a font takes another one, whose words are wider: they lie over each other. Each
word is still there as the ``aria-label`` of its path, at the place where it stood as text.
"""

from __future__ import annotations

from xml.etree import ElementTree

from PySide6.QtGui import QFont, QPainterPath

_SVG = "http://www.w3.org/2000/svg"
_PLACES = 2
"""Decimals of a pixel to which letters are drawn."""
_COMMANDS = {
    QPainterPath.ElementType.MoveToElement: "M",
    QPainterPath.ElementType.LineToElement: "L",
    QPainterPath.ElementType.CurveToElement: "C",
    QPainterPath.ElementType.CurveToDataElement: "",
}


def letters_as_paths(drawing: bytes) -> bytes:
    """An SVG, as Qt writes it, whose every text is a path."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(drawing)  # noqa: S314 - we wrote it
    for text in root.iter(f"{{{_SVG}}}text"):
        _make_path(text)
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _make_path(text: ElementTree.Element) -> None:
    """Turn the element of a text into that of a path."""
    written = text.text or ""
    kept = {key: text.attrib[key] for key in ("fill", "fill-opacity", "stroke")}
    place = f"translate({text.attrib['x']},{text.attrib['y']})"
    path = QPainterPath()
    path.addText(0, 0, _font(text.attrib), written)
    text.clear()
    text.tag = f"{{{_SVG}}}path"
    text.attrib.update(kept, transform=place, d=_commands(path))
    text.set("fill-rule", "nonzero")  # strokes of one letter may cross
    text.set("aria-label", written)


def _font(attributes: dict[str, str]) -> QFont:
    """The font that Qt has written down."""
    font = QFont()
    font.setFamilies(attributes["font-family"].split(","))
    font.setPixelSize(round(float(attributes["font-size"])))
    font.setWeight(QFont.Weight(int(attributes["font-weight"])))
    font.setItalic(attributes["font-style"] != "normal")
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _commands(path: QPainterPath) -> str:
    """The path as SVG says it: M, L and C with their points."""
    parts = []
    for place in range(path.elementCount()):
        element = path.elementAt(place)
        x, y = (f"{round(value, _PLACES):g}" for value in (element.x, element.y))
        parts.append(f"{_COMMANDS[element.type]}{x},{y}")
    return " ".join(parts)
