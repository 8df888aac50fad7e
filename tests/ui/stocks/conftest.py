"""The tab's fixtures where there is Qt: the tests of its states run without."""

from tests import leaks

if leaks.HAS_QT:
    from tests.ui.stocks.tab_fixtures import evaluation, finished, prices, ready, tab

    __all__ = ["evaluation", "finished", "prices", "ready", "tab"]
