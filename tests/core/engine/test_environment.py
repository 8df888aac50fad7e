"""Where a network was trained, and what of it differs elsewhere."""

from __future__ import annotations

import platform
from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.documents.damage import DamageError
from rnnstudio.core.documents.fields import plain, read_fields
from rnnstudio.core.engine.environment import Environment, environment
from rnnstudio.core.engine.threads import ONE_THREAD


@pytest.mark.keras
def test_that_it_is_that_of_this_process_with_keras_where_keras_trains() -> None:
    here, keras = environment(), environment(keras=True)
    assert (here.numpy, here.python) == (np.__version__, platform.python_version())
    assert (here.keras, here.tensorflow) == ("", "")
    assert keras.keras.count(".") == keras.tensorflow.count(".") == 2
    assert here.differences(keras).keys() == {"keras", "tensorflow"}


def test_that_only_what_differs_is_named_with_here_and_there() -> None:
    here = environment()
    there = replace(here, numpy="1.0", threads=here.threads + 1)
    threads = (str(here.threads), str(here.threads + 1))
    assert here.differences(there) == {"numpy": (np.__version__, "1.0"), "threads": threads}
    assert here.differences(here) == {}


def test_that_the_threads_are_those_of_the_machine_also_while_trainings_hold_them() -> None:
    before = environment().threads
    environment.cache_clear()
    with ONE_THREAD:
        assert environment().threads == before


@pytest.mark.parametrize("text", ["a" * 201, "a\x1b[2J", "two\nlines"])
def test_that_a_forged_one_is_refused(text: str) -> None:
    content = plain(environment())
    assert read_fields(content, Environment) == environment()
    with pytest.raises(DamageError):
        read_fields({**content, "processor": text}, Environment)
