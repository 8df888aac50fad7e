"""What a lesson sets in the tabs of names and of shares, by what a person could press."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rnnstudio.core.lessons.lesson import NamesSettings, SharesSettings

if TYPE_CHECKING:
    from rnnstudio.ui.dinosaurs.tab import DinosaursTab
    from rnnstudio.ui.stocks.tab import StocksTab


def set_names(tab: DinosaursTab, settings: NamesSettings) -> None:
    """Turn to a page, train, type letters, or choose a temperature."""
    if settings.page:
        tab.pages.turn_to(settings.page)
    if settings.temperature is not None:
        tab.drawer.drawing.form.temperature.setValue(settings.temperature)
    if settings.typed is not None:
        field = tab.home_page.letters.field
        field.setText(settings.typed)
        field.textEdited.emit(settings.typed)  # Qt tells only of what a person typed
    if settings.train and not tab.state.run.active:
        tab.start()
    elif settings.train is False and tab.state.run.active:
        tab.home_page.bar.hold_or_go_on()


def set_shares(tab: StocksTab, settings: SharesSettings) -> None:
    """Turn to a page, read a share that ships, or train and judge."""
    if settings.share:
        tab.once_read(partial(tab.open_sample, settings.share))
    if settings.page:
        tab.once_read(partial(tab.pages.turn_to, settings.page))
    if settings.find_out:
        tab.once_read(tab.find_out)
