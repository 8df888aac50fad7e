"""The recipe and its settings: widgets to a validated spec and back."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.recipes import FastSpec, PaperSpec, RecipeName, Spec, recipe_of
from rnnstudio.core.training import Tuning
from rnnstudio.ui.dinosaurs.drawer.setting_fields import Field, SettingFields
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.labels import PlainLabel


class RecipeForm(QWidget):
    """The choice of a recipe and its settings. ``changed`` follows every edit.

    ``tuned`` gives a ``Tuning`` when the learning rate or the clipping limit was set during a run.
    """

    changed = Signal()
    tuned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recipe = QComboBox()
        self.recipe.addItem(self.tr("As in the paper"), "paper")
        self.recipe.addItem(self.tr("Fast"), "fast")
        self.pages: dict[RecipeName, SettingFields] = {
            "paper": SettingFields(PaperSpec),
            "fast": SettingFields(FastSpec),
        }
        self.hint = PlainLabel(
            self.tr("Learning rate and clipping may be changed while it learns."),
            role="muted",
            wrap=True,
        )
        self.error = ErrorBox(self)
        self._running = False
        self._lay_out()
        self._connect()
        self._choose()

    @property
    def page(self) -> SettingFields:
        """The settings of the chosen recipe."""
        return self.pages[self.recipe.currentData()]

    @property
    def fields(self) -> dict[str, Field]:
        """The widgets of the chosen recipe, by the names of its settings."""
        return self.page.fields

    def spec(self) -> Spec:
        """The settings as they stand; raises UserError when one of them is impossible."""
        return self.page.spec()

    def show_spec(self, spec: Spec) -> None:
        """Choose the recipe of ``spec`` and set every widget to it."""
        blocked = self.blockSignals(True)
        self.recipe.setCurrentIndex(self.recipe.findData(recipe_of(spec)))
        self.page.show_spec(spec)
        self.blockSignals(blocked)
        self._check()

    def set_running(self, running: bool) -> None:
        """Hold all but the tunable settings while a training runs."""
        if running == self._running:
            return
        self._running = running
        self.recipe.setEnabled(not running)
        for page in self.pages.values():
            page.set_running(running)
        self.hint.setVisible(running)

    @property
    def valid(self) -> bool:
        """Whether the settings make a recipe."""
        return not self.error.text()

    @Slot()
    def _choose(self) -> None:
        for page in self.pages.values():
            page.setVisible(page is self.page)
        self._check()

    @Slot()
    def _check(self) -> None:
        try:
            self.spec()
        except UserError as error:
            self.error.show_text(language.text(error.message))
        else:
            self.error.show_text("")
        self.changed.emit()

    @Slot()
    def _settle(self) -> None:
        if self._running and self.valid:
            spec = self.spec()
            self.tuned.emit(Tuning(spec.learning_rate, spec.clip))

    def _connect(self) -> None:
        self.recipe.currentIndexChanged.connect(self._choose)
        for page in self.pages.values():
            page.changed.connect(self._check)
            page.settled.connect(self._settle)

    def _lay_out(self) -> None:
        settings = QWidget()
        column = QVBoxLayout(settings)
        column.setContentsMargins(0, 0, 0, 0)
        for page in self.pages.values():
            column.addWidget(page)
        self.hint.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.recipe)
        layout.addWidget(self.hint)
        layout.addWidget(settings)
