"""Lets Qt ask the one catalogue: for what ``tr`` marks and for Qt's own buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

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


def speak(app: QCoreApplication) -> None:
    """Let Qt speak the language that is chosen now, in its sentences and in its dates."""
    installed = app.findChild(CatalogueTranslator)
    if installed is not None and language.code() == "en":
        app.removeTranslator(installed)
        installed.deleteLater()
    elif installed is None and language.code() != "en":
        app.installTranslator(CatalogueTranslator(app))
    QLocale.setDefault(QLocale(language.code()))
