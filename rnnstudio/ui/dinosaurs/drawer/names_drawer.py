"""The sections of the generator's drawer, and their buttons on the rail."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from rnnstudio.core.names.recipes import Spec
from rnnstudio.core.names.report import ReadOptions
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.ui.dinosaurs.drawer.drawing_form import DrawingForm
from rnnstudio.ui.dinosaurs.drawer.list_form import ListForm
from rnnstudio.ui.dinosaurs.drawer.network_form import NetworkForm
from rnnstudio.ui.dinosaurs.drawer.replay_form import ReplayForm
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.pictures.picture_form import PictureForm
from rnnstudio.ui.widgets.view_picture import ViewPicture
from rnnstudio.ui.widgets.workbench import Workbench


class NamesDrawer(QObject):
    """Names, Network, Drawing, Replay and Export in the drawer of ``workbench``.

    ``view`` gives what is in sight, for pictures.
    """

    def __init__(self, workbench: Workbench, view: Callable[[], ViewPicture]) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self.names, self.network = ListForm(), NetworkForm()
        self.drawing, self.replay = DrawingForm(), ReplayForm()
        self.pictures = PictureForm(view)
        workbench.add_section("names", self.tr("Names"), "list", self.names)
        workbench.add_section("network", self.tr("Network"), "network", self.network)
        workbench.add_section("drawing", self.tr("Drawing"), "sliders", self.drawing)
        workbench.add_section("replay", self.tr("Replay"), "clock", self.replay)
        workbench.add_section("export", self.tr("Export"), "export", self.pictures)

    def show_state(self, state: NamesState) -> None:
        """Show the state in every section: errors are said though the drawer is folded."""
        self.names.show_state(state)
        self.network.show_state(state)
        self.drawing.show_state(state)
        if self._workbench.shows("replay"):
            self.replay.show_state(state)

    def show_view(self) -> None:
        """Offer a picture of what is in sight by now."""
        if self._workbench.shows("export"):
            self.pictures.refresh()

    def show_settings(self, options: ReadOptions | None, spec: Spec, sampling: Sampling) -> None:
        """Show how a list was read, how a network is trained and how names are drawn."""
        if options is not None:
            self.names.show_options(options)
        self.network.form.show_spec(spec)
        self.drawing.form.show_spec(sampling)
