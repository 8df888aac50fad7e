"""An option for every setting of the recipes, and the settings that were given."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import reduce
from typing import Any

from rnnstudio.cli.console import positive_int, seed_number
from rnnstudio.core import language
from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.messages import Message
from rnnstudio.core.names.recipes import RECIPES, RecipeName, Spec, recipe_of, settings_of
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control

TUNABLE = ("learning_rate", "clip")
"""Settings that a continued training takes as a tuning: its losses so far had others."""
CHOICES = {"cell": KINDS}


@dataclass(frozen=True)
class _Option:
    """One setting: its default and its explanation in each recipe that has it."""

    name: str
    defaults: dict[RecipeName, Any]
    explanations: dict[RecipeName, Message]

    @property
    def flag(self) -> str:
        """The option as it is typed, such as ``--learning-rate``."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def help(self) -> str:
        """Explanation and default, given once where all recipes agree."""
        values = {"meaning": self._meaning, "default": self._default}
        return language.text(Message("{meaning} (default: {default})", values))

    @property
    def _meaning(self) -> Message:
        found = list(self.explanations.items())
        if len({str(meaning) for _, meaning in found}) == 1:
            return found[0][1]
        each = [
            Message("{recipe}: {meaning}", {"recipe": recipe, "meaning": meaning})
            for recipe, meaning in found
        ]
        return reduce(
            lambda one, other: Message("{one}; {other}", {"one": one, "other": other}), each
        )

    @property
    def _default(self) -> list[Message]:
        found = list(self.defaults.items())
        if len(found) == len(RECIPES) and len(set(self.defaults.values())) == 1:
            return [Message("{value}", {"value": str(found[0][1])})]
        return [
            Message("{value} for {recipe}", {"value": str(value), "recipe": recipe})
            for recipe, value in found
        ]

    @property
    def kind(self) -> Callable[[str], Any]:
        """Makes a value of an option's text."""
        if self.name == "seed":
            return seed_number
        kind: type = type(next(iter(self.defaults.values())))
        return positive_int if kind is int else kind


def add_settings(group: argparse._ArgumentGroup) -> None:
    """Add the options; none that is not given has a value."""
    for option in _options():
        group.add_argument(
            option.flag,
            metavar=None if option.name in CHOICES else "N",
            type=option.kind,
            choices=CHOICES.get(option.name),
            help=option.help,
        )


def spec_of(
    parser: argparse.ArgumentParser, options: argparse.Namespace, begun: TrainedNames | None
) -> Spec:
    """The settings of the file or the defaults, and what was given besides."""
    start = RECIPES[options.recipe or "paper"]() if begun is None else begun.spec
    given = {option.name: getattr(options, option.name) for option in _options()}
    given = {name: value for name, value in given.items() if value is not None}
    for option in _options():
        if option.name in given and recipe_of(start) not in option.defaults:
            refusal = Message(
                "argument {option}: the recipe {recipe} has no such setting",
                {"option": option.flag, "recipe": recipe_of(start)},
            )
            parser.error(language.text(refusal))
    if begun is not None:
        given = {name: value for name, value in given.items() if name not in TUNABLE}
    return replace(start, **given)


def control_of(options: argparse.Namespace, begun: TrainedNames | None) -> Control:
    """A control that tunes a continued training where that was asked for."""
    if begun is None:
        return Control()
    given = {name: getattr(options, name) for name in TUNABLE}
    given = {name: value for name, value in given.items() if value is not None}
    return Control(replace(begun.tuning, **given) if given else None)


def _options() -> tuple[_Option, ...]:
    found: dict[str, _Option] = {}
    for recipe, spec in RECIPES.items():
        for each in fields(spec):
            option = found.setdefault(each.name, _Option(each.name, {}, {}))
            option.defaults[recipe] = each.default
            option.explanations[recipe] = settings_of(spec)[each.name].explanation
    return tuple(found.values())
