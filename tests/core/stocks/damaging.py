"""Changes to the contents of a saved document, as if made by another program."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rnnstudio.core.documents.document_file import Document, load, save

Change = Callable[[dict[str, Any], dict[str, Any]], None]
"""Works on the content and on the arrays in place."""


def damage(path: Path, kind: str, version: int, change: Change) -> None:
    """Save the document at ``path`` again with ``change``."""
    document = load(path, kind, version)
    content, arrays = copy.deepcopy(dict(document.content)), dict(document.arrays)
    change(content, arrays)
    save(path, Document(kind, version, content, arrays))
