"""What the name of a time zone says: minutes ahead of UTC, or a place whose clock changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from rnnstudio.core.stocks.data.csv_import.vocabulary.zone_words import AMBIGUOUS, OFFSETS, PLACES


@dataclass(frozen=True)
class Zone:
    """A zone as a file names it: ``minutes`` ahead of UTC, or those of the clock in ``place``."""

    name: str
    minutes: int = 0
    place: str | None = None

    @property
    def is_ambiguous(self) -> bool:
        """Whether other zones go by the same abbreviation."""
        return self.name in AMBIGUOUS


@lru_cache(maxsize=256)
def zone_named(name: str) -> Zone | None:
    """The zone that a cell calls ``name`` (digits may be written 9), or None."""
    known = name.lower()
    if known in OFFSETS:
        return Zone(known, OFFSETS[known])
    place = PLACES.get(known) or ("/" in name and name)
    if not place:
        return None
    try:
        ZoneInfo(place)
    except (KeyError, ValueError, OSError):  # not in the database, or no name for a file
        return None
    return Zone(known, place=place)
