"""What the names of columns mean, in the languages and dialects of price files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rnnstudio.core.stocks.data.csv_import.vocabulary import column_words as words
from rnnstudio.core.stocks.data.csv_import.vocabulary.fold import fold

_LONGEST = 200
"""No known name is longer, and nobody waits for a long one to be taken apart."""
_BRACKET = re.compile(r"[(\[]([^()\[\]]{0,24})[)\]]\s*\**\s*$")
_SIGNS = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₹": "inr", "₩": "krw", "₽": "rub"}


def _spelled(text: str) -> list[str]:
    return [plain(name) for name in text.replace("\n", " ").split(";")]


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name without case, accents, marks and numbering: "5. adjusted close" is adjustedclose."""
    words_ = re.sub(r"^\s*[0-9]+\s*[.:)]\s*", "", fold(name[:_LONGEST]))
    return re.sub(r"[\W_]+", "", _BRACKET.sub("", words_) or words_)


def unit_of(name: str) -> str:
    """What stands in brackets behind a name: "Volume (USD)" is in usd."""
    match = _BRACKET.search(fold(name[:_LONGEST]))
    unit = match[1].strip(" .") if match else ""
    return re.sub(r"[\W_]+", "", _SIGNS.get(unit, unit))


_DATES = {name: rank for rank, name in reversed(list(enumerate(_spelled(words.DATES))))}
_PARTS = tuple(frozenset(_spelled(each)) for each in (words.YEARS, words.MONTHS, words.DAYS))
_TIMES = frozenset(_spelled(words.TIMES))
_PRICES = {
    "Open": frozenset(_spelled(words.OPEN)),
    "High": frozenset(_spelled(words.HIGH)),
    "Low": frozenset(_spelled(words.LOW)),
    "Close": frozenset(_spelled(words.CLOSE)),
    "Adj Close": frozenset(_spelled(words.ADJUSTED)),
}
_MEANINGS = {name: canonical for canonical, names in _PRICES.items() for name in names}
_SHARES = frozenset(_spelled(words.SHARES))
_PIECES = frozenset(_spelled(words.PIECES))
_PIECE_UNITS = frozenset(_spelled(words.PIECE_UNITS))
_MONEY = frozenset(_spelled(words.MONEY))
_WEAK = frozenset(_spelled(words.WEAK_CLOSES))
_NEVER = frozenset(_spelled(words.NEVER_CLOSE))
_SECURITIES = frozenset(_spelled(words.SECURITIES))
_CURRENCIES = frozenset(_spelled(words.CURRENCIES))
_CURRENCY = re.compile("^24h|(?:usdt?|usdc|eur|gbp|jpy|cny|inr|idr|rp|rs|krw|tl|元|円|원)$")


def date_rank(name: str) -> int | None:
    """How early a name of a column of dates is chosen before others; None if it is not one."""
    return _DATES.get(plain(name))


def date_part(name: str) -> int | None:
    """Whether a name is that of a year (0), a month (1) or a day (2); else None."""
    known = plain(name)
    return next((part for part, names in enumerate(_PARTS) if known in names), None)


def is_time(name: str) -> bool:
    """Whether a column of that name may hold times of day that belong to a column of dates."""
    return plain(name) in _TIMES


def meaning(name: str) -> str | None:
    """The canonical column that ``name`` stands for beyond doubt, or None.

    A currency behind it does not matter, but for a volume, where it says that it counts money;
    pieces behind a turnover say that it counts those. A percentage is not among them.
    """
    known = plain(name)
    if "%" in name:
        return None
    if known in _SHARES:
        return None if unit_of(name) in _CURRENCIES else "Volume"
    if known in _MONEY and unit_of(name) in _PIECE_UNITS:
        return "Volume"
    return _MEANINGS.get(known) or _MEANINGS.get(_CURRENCY.sub("", known))


def may_be_close(name: str) -> bool:
    """Whether ``name`` stands for the close where no other column does."""
    known = plain(name)
    return known in _WEAK or _CURRENCY.sub("", known) in _WEAK


def is_never_close(name: str) -> bool:
    """Whether ``name`` stands for a figure that is not a day's last price, or for money."""
    known = plain(name)
    return known in _NEVER or (known in _MONEY and known not in _WEAK)


def may_be_volume(name: str) -> bool:
    """Whether ``name`` stands for the volume where no other column does.

    "Volume BTC" counts what was traded, "Volume USD" and "Volume_(Currency)" what was paid for it.
    """
    known = plain(name)
    if known in _MONEY or unit_of(name) in _CURRENCIES or "%" in name:
        return False
    rest = known.removeprefix("volume")
    return rest != known and rest not in _CURRENCIES and rest not in _MONEY


def counts_pieces(name: str) -> bool:
    """Whether a name of a volume counts shares in so many words, unlike "volume"."""
    return plain(name) in _PIECES


def is_security(name: str) -> bool:
    """Whether a column of that name says which share a row is of."""
    return plain(name) in _SECURITIES


def is_recognized(name: str) -> bool:
    """Whether ``name`` is one of the names of price tables."""
    return date_rank(name) is not None or meaning(name) is not None or may_be_close(name)


def is_known(name: str) -> bool:
    """Whether ``name`` is in the vocabulary of columns at all."""
    known = plain(name)
    words_ = (_DATES, _TIMES, _MEANINGS, _SHARES, _MONEY, _WEAK, _NEVER, _SECURITIES)
    return any(known in each for each in words_)


def without_affix(names: Sequence[str]) -> tuple[str, ...]:
    """The names without what they all have in common: VIX Open, VIX High are Open and High.

    Nothing is taken off where two such groups stand side by side, the rest would be no candle, or
    the names are one as they are: open_time and close_time are no prices beside open and close.
    """
    if _is_candle(names):
        return tuple(names)
    found: dict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
    for place, name in enumerate(names):
        parts = _parts(name)
        if meaning(name) is None:
            for rest, affix in _divided(parts):
                found[affix].setdefault(place, rest)
    groups = [rests for rests in found.values() if _is_candle(rests.values())]
    if len(groups) != 1:
        return tuple(names)
    return tuple(groups[0].get(place, name) for place, name in enumerate(names))


def _is_candle(names: Iterable[str]) -> bool:
    meanings = {meaning(name) for name in names} - {None}
    return len(meanings) > 1 and bool(meanings & {"Close", "Adj Close"})


def _parts(name: str) -> list[str]:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:_LONGEST])
    return [part for part in re.split(r"[\W_]+", apart) if part]


def _divided(parts: Sequence[str]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Every known name in front of, or behind, other parts; with those parts."""
    for cut in range(1, min(len(parts), 6)):
        front, back = parts[:cut], parts[cut:]
        for known, affix in ((" ".join(front), back), (" ".join(back), front)):
            if meaning(known) is not None:
                yield known, tuple(map(fold, affix))
