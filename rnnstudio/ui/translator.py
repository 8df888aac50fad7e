"""Lets Qt ask the one catalogue: for what ``tr`` marks and for Qt's own buttons."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

from rnnstudio.core import language


class CatalogueTranslator(QTranslator):
    """Answers from the catalogue of the language that is spoken now."""

    def translate(
        self,
        context: str,  # noqa: ARG002 - one sentence has one translation wherever it stands
        sourceText: str,
        disambiguation: str | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str | None:
        """The translation; None, where there is none, lets Qt show the source."""
        return language.translation(sourceText)

    def isEmpty(self) -> bool:
        """Qt does not install an empty translator."""
        return False
