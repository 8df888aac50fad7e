"""The tab's fixtures where there is Qt: the tests of its state run without."""

from tests import leaks

if leaks.HAS_QT:
    from tests.ui.dinosaurs.tab_fixtures import learn, press, tab

    __all__ = ["learn", "press", "tab"]
