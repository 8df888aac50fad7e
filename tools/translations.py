"""Makes the catalogues of the languages follow the sentences in the code.

``python tools/translations.py`` collects every template (``Message``, ``UserError``, ``tr``),
brings each ``resources/locale/CODE/LC_MESSAGES/rnnstudio.po`` up to date, compiles it, and says
what is left to translate. ``--check`` changes nothing and fails where a file is out of date.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from rnnstudio.cli.translations import catalogue_file, checked
from rnnstudio.core.language import NAMES

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"Message": (1,), "UserError": (1,), "tr": (1,), "counted": (1, 2)}
"""What marks a template, and which of its arguments are one."""


def templates() -> Catalog:
    """Every sentence in the code, with the files it stands in."""
    catalogue = Catalog(project="RNN Studio", charset="utf-8")
    for path in sorted((ROOT / "rnnstudio").rglob("*.py")):
        for _, sentence, comments, _ in extract_from_file("python", path, KEYWORDS):
            place = path.relative_to(ROOT).as_posix()
            catalogue.add(sentence, locations=[(place, None)], auto_comments=comments)
    return catalogue


def brought_up_to_date(file: Path, code: str, sentences: Catalog) -> Catalog:
    """The catalogue in ``file`` with exactly ``sentences`` in it."""
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=code)
    before = catalogue.creation_date
    catalogue.update(sentences, no_fuzzy_matching=False, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.creation_date = before
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as it is edited."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=100, sort_output=True, omit_header=False)
    return stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
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
