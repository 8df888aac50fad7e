"""Which text of the help is about what one is looking at."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rnnstudio.core.session.session import TabName

_PAGES: Mapping[TabName, Mapping[str, str]] = MappingProxyType(
    {
        "inspector": {
            "cell": "cell",
            "gates": "gates",
            "flow": "flow",
            "sums": "sums",
            "clipping": "clipping",
            "questions": "questions",
            "bug": "bug",
            "models": "models",
        },
        "names": {
            "home": "names",
            "good": "names-good",
            "compare": "names-good",
            "explain": "names",
            "inspector": "cell",
            "drawn": "names",
            "list": "names",
            "pair": "names",
            "clipping": "clipping",
        },
        "stocks": {
            "verdict": "shares",
            "file": "file",
            "draw": "draw",
            "claim": "claim",
            "closed loop": "verdict-words",
            "horizons": "verdict-words",
            "seeds": "verdict-words",
            "walk": "further",
            "search": "further",
            "leaks": "further",
            "runs": "further",
            "report": "sessions",
        },
    }
)
"""The text about each page of each tab, by the page's key."""
_DRAWERS: Mapping[TabName, str] = MappingProxyType(
    {"inspector": "scene", "names": "names-drawer", "stocks": "shares-drawer"}
)


def topic_of(tab: TabName, page: str, *, in_drawer: bool, backward: bool) -> str:
    """The key of the text about a page, its drawer, or the inspector's backward pass."""
    if in_drawer:
        return _DRAWERS[tab]
    return "backward" if backward and page == "cell" else _PAGES[tab][page]


def pages_with_help(tab: TabName) -> frozenset[str]:
    """The pages of ``tab`` that a text is about."""
    return frozenset(_PAGES[tab])
