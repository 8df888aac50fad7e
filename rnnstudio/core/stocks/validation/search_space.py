"""Which settings a search tries: lists of values, all together or a random draw of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec

Check = Callable[[ForecastSpec], object]
"""Raises UserError if settings are invalid."""

MOST_CANDIDATES = 10_000


def _quantity(text: str) -> str:
    return text.replace("-", " ")


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("+"))


def _patience(text: str) -> int | None:
    return None if text.lower() == "none" else int(text)


SETTINGS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "features": (_names, "names of columns, with + between those of one try"),
    "quantity": (_quantity, "price or log-return"),
    "window": (int, "a whole number"),
    "cell": (str, " or ".join(KINDS)),
    "layers": (int, "a whole number"),
    "units": (int, "a whole number"),
    "dropout": (float, "a number"),
    "epochs": (int, "a whole number"),
    "batch_size": (int, "a whole number"),
    "learning_rate": (float, "a number"),
    "validation": (float, "a number"),
    "patience": (_patience, "a whole number or none"),
    "seed": (int, "a whole number"),
    "engine": (str, "numpy or keras"),
}
"""The settings of ``ForecastSpec`` that can be tried, how a value is read, and what it is. What is
forecast (the target) is not among them: errors of different targets cannot be compared."""


@dataclass(frozen=True)
class Candidate:
    """Settings to try, and what they ``changed`` of those that the search began with."""

    spec: ForecastSpec
    changed: Mapping[str, Any]

    @cached_property
    def name(self) -> str:
        """As in ``units=8, window=20``."""
        return format_setting(self.changed)


@dataclass(frozen=True)
class SearchSpace:
    """The values to try of each setting, by its name in ``ForecastSpec``.

    Raises UserError when a setting is unknown or has no value.
    """

    values: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.values:
            raise UserError("There is nothing to search; give values of a setting to try.")
        for name, values in self.values.items():
            _require_setting(name)
            if not values:
                raise UserError("There is no value of {name} to try; give one or more.", name=name)

    @property
    def size(self) -> int:
        """Number of combinations."""
        return math.prod(len(dict.fromkeys(values)) for values in self.values.values())

    def candidates(
        self, base: ForecastSpec, draws: int | None = None, seed: int = 0
    ) -> tuple[Candidate, ...]:
        """All combinations on ``base``, or as many different random ``draws`` of them.

        The grid is scikit-learn's ``ParameterGrid``, the draws are its ``ParameterSampler``'s.
        Raises UserError when there are too many, or a value is impossible; the sentence names it.
        """
        if draws is not None and draws < 1:
            raise UserError("{draws} candidates are to be drawn; draw 1 or more.", draws=draws)
        count = self.size if draws is None else min(draws, self.size)
        if count > MOST_CANDIDATES:
            raise UserError(
                "The search has {count:n} candidates; at most {most_candidates:n} are "
                "possible. Give fewer values, or draw some at random.",
                count=count,
                most_candidates=MOST_CANDIDATES,
            )
        combinations = self._combinations(None if draws is None else count, seed)
        return tuple(Candidate(_changed(base, each), each) for each in combinations)

    def _combinations(self, draws: int | None, seed: int) -> Iterator[dict[str, Any]]:
        """Places in the lists are what scikit-learn combines: it would turn tuples into arrays."""
        from sklearn.model_selection import ParameterGrid, ParameterSampler

        lists = {name: tuple(dict.fromkeys(values)) for name, values in self.values.items()}
        places = {name: range(len(values)) for name, values in lists.items()}
        for each in (
            ParameterGrid(places)
            if draws is None
            else ParameterSampler(places, draws, random_state=seed)
        ):
            yield {name: lists[name][each[name]] for name in lists}


def parse_space(texts: Iterable[str]) -> SearchSpace:
    """The space that texts such as ``units=8,16,32`` describe, one a setting.

    Raises UserError when a setting is unknown or given twice, or a value is of no use for it.
    """
    values: dict[str, tuple[Any, ...]] = {}
    for text in texts:
        name, equals, list_ = text.partition("=")
        name = name.strip().replace("-", "_")
        if not equals:
            raise UserError("{text!r} says no values; write it like units=8,16,32.", text=text)
        _require_setting(name)
        if name in values:
            raise UserError("{name} is given twice; give all its values at once.", name=name)
        values[name] = tuple(_value(name, each.strip()) for each in list_.split(","))
    return SearchSpace(values)


def blamed(
    base: ForecastSpec, changed: Mapping[str, Any], check: Check, error: UserError
) -> UserError:
    """``error`` with the settings it is about.

    With none if ``base`` itself fails the same way; with the single offending setting if one alone
    causes it; otherwise with all changed settings.
    """
    failure = _failure(base, {}, check)
    if failure is not None and str(failure) == str(error):
        return failure
    single = (
        {name: value}
        for name, value in changed.items()
        if failure is None and _failure(base, {name: value}, check) is not None
    )
    return UserError(
        "{settings} cannot be tried: {reason}",
        settings=format_setting(next(single, changed)),
        reason=error.message,
    )


def format_setting(changed: Mapping[str, Any]) -> str:
    """As in ``units=8, window=20``, the way ``parse_space`` reads them."""
    return ", ".join(f"{name}={format_value(value)}" for name, value in changed.items())


def format_value(value: Any) -> str:
    """One value as ``parse_space`` reads it."""
    if isinstance(value, tuple):
        return "+".join(value)
    return "none" if value is None else str(value).replace("log return", "log-return")


def _value(name: str, text: str) -> Any:
    read, what = SETTINGS[name]
    try:
        return read(text)
    except ValueError:
        raise UserError(
            "{name}={text} cannot be tried: {name} takes {what}.", name=name, text=text, what=what
        ) from None


def _require_setting(name: str) -> None:
    if name not in SETTINGS:
        raise UserError(
            "There is no setting {name!r} to try; choose {settings}.",
            name=name,
            settings=", ".join(SETTINGS),
        )


def _changed(base: ForecastSpec, changed: Mapping[str, Any]) -> ForecastSpec:
    try:
        return replace(base, **changed)
    except UserError as error:
        raise blamed(base, changed, _anything, error) from error


def _anything(_: ForecastSpec) -> None:
    """A check that a spec passes by being made."""


def _failure(base: ForecastSpec, changed: Mapping[str, Any], check: Check) -> UserError | None:
    """Why ``base`` with ``changed`` is invalid; None if it is valid."""
    try:
        check(replace(base, **changed))
    except UserError as error:
        return error
    return None


def require_all(candidates: Sequence[Candidate], base: ForecastSpec, check: Check) -> None:
    """Raise UserError that names the value of the first candidate that fails ``check``."""
    for candidate in candidates:
        try:
            check(candidate.spec)
        except UserError as error:
            raise blamed(base, candidate.changed, check, error) from error
