"""Makes the catalogues of the languages follow the sentences in the code.

``python tools/translations.py`` (``make translations``) collects every template, brings each
``resources/locale/CODE/LC_MESSAGES/rnnstudio.po`` up to date, compiles it, and says what is left to
translate. A reworded sentence keeps its translation, marked as fuzzy: it is not shown until
somebody has read it and taken the mark off. ``--check`` changes nothing and fails where a file is
out of date.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from copy import deepcopy
from difflib import SequenceMatcher
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from rnnstudio.cli.translations import catalogue_file, checked, forms
from rnnstudio.core.language import NAMES
from rnnstudio.core.stocks.export.script.docstrings import paragraphs

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {
    "Message": (1,),
    "UserError": (1,),
    "tr": (1,),
    "counted": (1, 2),
    "translate": (2,),
    "QT_TRANSLATE_NOOP": (2,),
    "add_argument_group": (1,),
    "row": (3,),
    "Fault": (2,),
}
"""What marks a template, and which of its arguments are one."""
HELP = ("help", "description", "epilog", "title")
"""Named arguments of argparse's that are read by a person."""
ALIKE = 0.85
"""A sentence that has less in common with the one that was translated is another one."""


def templates() -> Catalog:
    """Every sentence in the code, with the files it stands in."""
    catalogue = Catalog(project="RNN Studio", charset="utf-8")
    places = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("rnnstudio/**/*.py"))
    for place in places:
        for sentence in marked(ROOT / place):
            catalogue.add(sentence, locations=[(place, 0)])
        if place.startswith("rnnstudio/cli/"):
            for sentence in help_texts(ROOT / place):
                catalogue.add(sentence, locations=[(place, 0)])
    for file in sorted(ROOT.glob("resources/scripts/*.py")):
        for sentence in paragraphs(file.read_text(encoding="utf-8")):
            catalogue.add(sentence, locations=[(file.relative_to(ROOT).as_posix(), 0)])
    return catalogue


def marked(file: Path) -> Iterator[str | tuple[str, ...]]:
    """The templates in a module: one, or those for one and for many."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            places = KEYWORDS.get(_name(node.func), ())
            given = [node.args[place - 1] for place in places if place <= len(node.args)]
            texts = tuple(
                each.value
                for each in given
                if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value
            )
            if texts and len(texts) == len(places):
                yield texts if len(texts) > 1 else texts[0]


def _name(called: ast.expr) -> str:
    """What is called, without what it is looked up in."""
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def help_texts(file: Path) -> Iterator[str]:
    """What a module of the command line gives to argparse, which ``cli.parser`` looks up."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg in HELP:
            value = node.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


def brought_up_to_date(file: Path, code: str, sentences: Catalog) -> Catalog:
    """The catalogue in ``file`` with exactly ``sentences`` in it."""
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=code)
    before = catalogue.creation_date
    catalogue.update(sentences, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.creation_date = before
    for message in catalogue:
        if message.id and message.fuzzy and not _is_useful(message):
            message.flags.discard("fuzzy")
            message.string = ""
    return catalogue


def _is_useful(message: Message) -> bool:
    """Whether there is a translation, of this sentence before it was reworded."""
    if not all(forms(message.string or "")):
        return False
    before, now = message.previous_id, forms(message.id)[0]
    return not before or SequenceMatcher(None, before[0], now).ratio() >= ALIKE


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as it is edited."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=100, sort_output=True, include_lineno=False)
    return stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it: what has no translation is not in it.

    Babel would write the singular for every number of what is not translated.
    """
    translated = deepcopy(catalogue)
    for message in catalogue:
        if message.id and not all(forms(message.string or "")):
            translated.delete(message.id)
    stream = io.BytesIO()
    write_mo(stream, translated)
    return stream.getvalue()


def main(arguments: list[str]) -> int:
    """Write or compare every catalogue; 1 where ``--check`` finds one out of date."""
    sentences = templates()
    files = {code: catalogue_file(code) for code in NAMES if code != "en"}
    stale = []
    for code, po in files.items():
        catalogue = brought_up_to_date(po, code, sentences)
        for file, made in ((po, as_po(catalogue)), (po.with_suffix(".mo"), as_mo(catalogue))):
            if not file.is_file() or file.read_bytes() != made:
                stale.append(file.relative_to(ROOT).as_posix())
                if "--check" not in arguments:
                    file.write_bytes(made)
    if "--check" in arguments:
        print(f"Out of date: {', '.join(stale) or 'nothing'}.")
        return int(bool(stale))
    print(checked(files))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
