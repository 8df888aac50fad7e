"""The views of the generator's tab: built anew in their place when colours or sizes change."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.ui.dinosaurs.drawer.names_drawer import NamesDrawer
from rnnstudio.ui.dinosaurs.home.names_home import NamesHome
from rnnstudio.ui.dinosaurs.pages.names_pages import PAGES, NamesPages, PageJobs
from rnnstudio.ui.theme.tokens import theme
from rnnstudio.ui.widgets.tab_page import PageEntry, TabPage
from rnnstudio.ui.widgets.view_picture import ViewPicture
from rnnstudio.ui.widgets.workbench import Workbench


class NamesViews(TabPage):
    """Holds the home page in its frame with the drawer, and the other pages."""

    dressed_in_place = True
    workbench: Workbench
    home_page: NamesHome
    drawer: NamesDrawer
    pages: NamesPages

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def build_views(self, jobs: PageJobs) -> None:
        """Make all of them; the first ones, or others in their place."""
        self.home_page = NamesHome()
        self.workbench = Workbench(self.home_page)
        self.drawer = NamesDrawer(self.workbench, self.picture)
        self.pages = NamesPages(self.workbench, jobs)
        self.pages.turned.connect(self._say_errors_here)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.pages)

    def rebuild_views(self, jobs: PageJobs) -> None:
        """Put new views in the place of those there are, with the same page and section open."""
        before, bench, home = self.pages, self.workbench, self.home_page
        self.build_views(jobs)
        self.home_page.letters.field.setText(home.letters.field.text())
        self.home_page.film.look_at(home.film.row)
        self.workbench.set_drawer_width(bench.drawer_width)
        self.workbench.open_section(bench.section)
        self.workbench.chosen = bench.chosen
        self.workbench.set_bare(theme().in_class)
        self.pages.turn_to(before.key)
        before.setParent(None)
        self.pages.show()
        before.deleteLater()
        QCoreApplication.sendPostedEvents(before, QEvent.Type.DeferredDelete)

    def page_entries(self) -> tuple[PageEntry, ...]:
        """The names, and what else there is to see of their network."""
        return (
            PageEntry(self.tr("The names"), self.tr("seven of them, while a network learns")),
            PageEntry(self.tr("Is it any good?"), self.tr("beside networks that count letters")),
            PageEntry(self.tr("Compare"), self.tr("trainings beside each other")),
            PageEntry(self.tr("Explain a step"), self.tr("why it learns, how it draws a letter")),
            PageEntry(self.tr("In the inspector"), self.tr("the network on the name in focus")),
            PageEntry(self.tr("Drawn names"), self.tr("many at once, letter by letter")),
            PageEntry(self.tr("The list"), self.tr("its letters and its lengths")),
            PageEntry(self.tr("Clipping"), self.tr("a training with and without")),
            PageEntry(self.tr("Two networks"), self.tr("side by side, letter by letter")),
        )

    def page_place(self) -> int:
        """The place of the page in front."""
        return PAGES.index(self.pages.key)

    def regions(self) -> tuple[QWidget, ...]:
        """The parts of the home page, or another page."""
        if self.pages.page is not None:
            return (self.pages.page,)
        return (*self.home_page.regions(), self.workbench.drawer, self.workbench.rail)

    def first_focus(self) -> QWidget | None:
        """The name that is looked at, or another page, whose keys act then."""
        film = self.home_page.film
        return self.pages.page or film.rows[film.row]

    def picture(self) -> ViewPicture:
        """What a picture of the page in front may have."""
        page = self.pages.page
        return self.home_page.picture() if page is None else page.picture(self.pages.key)

    def page_in_sight(self) -> QWidget:
        """The page in front."""
        return self.home_page if self.pages.page is None else self.pages.page

    @Slot()
    def _say_errors_here(self) -> None:
        """Say why a file was refused on the page in front: it is opened from any of them."""
        for error in (self.drawer.names.error, self.drawer.network.error):
            error.move_to(self.page_in_sight())
