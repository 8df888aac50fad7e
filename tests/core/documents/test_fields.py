"""Fields of documents are read by a schema, and what does not fit is named with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import pytest
from msgspec import Meta

from rnnstudio.core.documents.damage import DamageError
from rnnstudio.core.documents.fields import Count, DocumentFields, plain, read_fields, read_settings
from rnnstudio.core.engine.spec import Recurrent
from rnnstudio.core.errors import UserError


class Inner(DocumentFields, frozen=True):
    units: Count
    rate: Annotated[float, Meta(gt=0)]


class Outer(DocumentFields, frozen=True):
    name: str
    layers: tuple[Inner, ...]
    cell: str = "lstm"


@dataclass(frozen=True)
class Given:
    window: int = 60
    share: float = 0.5


@dataclass(frozen=True)
class NamedCell:
    cell: str
    units: int

    def __post_init__(self) -> None:
        Recurrent(self.cell, self.units)  # type: ignore[arg-type]


WHOLE: dict[str, Any] = {"name": "a", "layers": [{"units": 3, "rate": 1}]}


def layer(**changes: Any) -> dict[str, Any]:
    return {**WHOLE, "layers": [*WHOLE["layers"], {**WHOLE["layers"][0], **changes}]}


def test_that_fields_come_back_from_plain_data() -> None:
    read = read_fields({**WHOLE, "of a later version": 1}, Outer)
    assert read == Outer("a", (Inner(3, 1.0),))
    assert read_fields(plain(read), Outer) == read
    assert plain(Inner(np.int64(3), np.float64(0.5))) == {"units": 3, "rate": 0.5}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"layers": []}, "name is missing"),
        ({**WHOLE, "layers": [{"rate": 1}]}, "layers[0].units is missing"),
        ({**WHOLE, "name": 3}, "name is 3"),
        (layer(units=-1), "layers[1].units is -1"),
        (layer(units=2**60), "layers[1].units is 1152921504606846976"),
        (layer(units=True), "layers[1].units is True"),
        (layer(units=3.0), "layers[1].units is 3.0"),
        (layer(rate=0), "layers[1].rate is 0"),
        (layer(rate="1"), "layers[1].rate is '1'"),
        (layer(rate=None), "layers[1].rate is None"),
        (layer(**{"\ud800": 1}), "half a letter where a word must be"),
        ({**WHOLE, "layers": {"a" * 999: 1}}, "layers is {'aaaaaaaaaaaa...aaaaaaaaaaaaa': 1}"),
    ],
)
def test_that_a_field_that_does_not_fit_is_named(content: Any, sentence: str) -> None:
    with pytest.raises(DamageError) as damage:
        read_fields(content, Outer)
    assert str(damage.value.what) == sentence


def test_that_a_refusal_never_quotes_more_of_a_file_than_can_be_read() -> None:
    known = {"cell": "lstm", "units": 3}
    with pytest.raises(UserError, match="no cell 'lstn'"):
        read_fields({**known, "cell": "lstn"}, NamedCell)
    with pytest.raises(DamageError, match="impossible settings"):
        read_fields({**known, "cell": "a" * 1000}, NamedCell)


def test_that_settings_are_given_all_and_no_others() -> None:
    whole = {"window": 30, "share": 1}
    assert read_settings(whole, Given, "spec") == Given(30, 1.0)
    for wrong in ({"window": 30}, {**whole, "more": 1}, [30, 1], None):
        with pytest.raises(DamageError, match="other settings than known"):
            read_settings(wrong, Given, "spec")
    with pytest.raises(DamageError, match=r"spec\.window is '30'"):
        read_settings({**whole, "window": "30"}, Given, "spec")
