"""Lists of names: what is read, and what is refused with which sentence."""

import math
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnnstudio.core.engine.online_rnn import NOTHING
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import (
    LARGEST_VOCABULARY,
    MOST_BYTES,
    MOST_NAMES,
    SHIPPED,
    Corpus,
    read_corpus,
    reading_job,
    shown_name,
)
from rnnstudio.core.names.report import LONGEST_NAME, ReadOptions
from rnnstudio.core.training import Control, Finished, Started


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        path = tmp_path / "names.txt"
        path.write_bytes(content)
        return path

    return write


def test_that_names_are_stripped_and_lower_cased_and_blank_lines_left_out(file) -> None:
    corpus = read_corpus(file(b"Aachenosaurus\r\n\r\n  Zupaysaurus \n\nAachenosaurus"))
    assert corpus.names == ("aachenosaurus", "zupaysaurus", "aachenosaurus")
    assert corpus.source == "names.txt"


def test_that_the_end_of_a_name_comes_first_in_the_vocabulary(file) -> None:
    assert read_corpus(file(b"da c\nab")).vocabulary == ("\n", " ", "a", "b", "c", "d")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_that_accents_survive_each_encoding(file, encoding: str) -> None:
    assert read_corpus(file("Zoë\nÉlan\n".encode(encoding))).names == ("zoë", "élan")


def test_that_the_target_is_the_name_one_letter_ahead_of_the_input() -> None:
    corpus = Corpus("two", ("abc", "b"))
    x, y = corpus.example("cab")
    assert x.tolist() == [NOTHING, 3, 1, 2]
    assert y.tolist() == [3, 1, 2, 0]


def test_that_a_blind_guess_costs_the_logarithm_of_the_alphabet_for_every_symbol() -> None:
    assert Corpus("two", ("abc", "b")).blind_loss == pytest.approx(3 * math.log(4))


def test_that_the_exercises_list_has_its_27_symbols(shared_data) -> None:
    corpus = read_corpus(shared_data("dinos.txt"))
    assert len(corpus.names) == 1536
    assert "".join(corpus.vocabulary) == "\nabcdefghijklmnopqrstuvwxyz"


def test_that_the_shipped_list_is_the_packages() -> None:
    corpus = read_corpus(SHIPPED)
    assert len(corpus.names) == 1325
    assert corpus.names[0] == "aachenosaurus"
    assert corpus.names[-1] == "zupaysaurus"
    assert "".join(corpus.vocabulary) == "\nabcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "names.txt holds no name; at least two names are needed, one a line."),
        (b"\n \n\t\n", "names.txt holds no name; at least two names are needed, one a line."),
        (b"rex\n", "names.txt holds only one name; at least two names are needed, one a line."),
        (
            b"rex\n\n" + b"a" * (LONGEST_NAME + 1),
            "names.txt, line 3: a name of 101 letters; names may have up to 100, one a line.",
        ),
        (
            b"rex\x00\x01\x02\nanzu\xff",
            "names.txt is not a text file; a list of names is plain text (UTF-8), one name a line.",
        ),
        (
            b"\xff\xfer",
            "names.txt is not a text file; a list of names is plain text (UTF-8), one name a line.",
        ),
    ],
    ids=["empty", "blank", "one name", "long line", "zeros", "half of UTF-16"],
)
def test_that_a_bad_file_is_refused_in_one_sentence(file, content: bytes, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        read_corpus(file(content))
    assert str(refused.value) == sentence


def test_that_the_report_says_what_became_of_every_line(file) -> None:
    lines = ["Rex", "", "anzu", "rex", "a" * 101, "Zoë", "  ", "anzu"]
    report = read_corpus(file("\n".join(lines).encode("cp1252"))).report
    assert report is not None
    assert report.sentences() == (
        "names.txt: 5 names in 8 lines of Windows-1252.",
        report.sentences()[1],
        "1 line is longer than 100 letters and left out (line 5).",
        "2 names have capitals: made small.",
        "1 name has accents: kept.",
        "2 lines are a name that came before, and kept (line 4, 8).",
        "2 lines are blank and left out (line 2, 7).",
    )


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (ReadOptions(), ("zoë", "éa")),
        (ReadOptions(capitals="keep"), ("Zoë", "Éa")),
        (ReadOptions(accents="fold"), ("zoe", "ea")),
        (ReadOptions("keep", "fold"), ("Zoe", "Ea")),
    ],
)
def test_that_capitals_and_accents_are_kept_or_folded_as_asked(
    file, options: ReadOptions, names: tuple[str, ...]
) -> None:
    # The second É is an E with a mark behind it.
    assert read_corpus(file("Zoë\nE\u0301a\n".encode()), options).names == names


def test_that_refused_capitals_or_accents_are_named_with_their_line(file) -> None:
    path = file("anzu\nzoë\nRex".encode())
    with pytest.raises(UserError, match=r"names.txt, line 3: 'Rex' has capitals; write it without"):
        read_corpus(path, ReadOptions(capitals="refuse"))
    with pytest.raises(UserError, match=r"names.txt, line 2: 'zoë' has accents; write it without"):
        read_corpus(path, ReadOptions(accents="refuse"))


def test_that_a_part_keeps_the_vocabulary_of_the_whole() -> None:
    whole = Corpus("three", ("ab", "bc", "de"))
    part = whole.part(("bc", "ab"))
    assert (part.names, part.vocabulary) == (("bc", "ab"), whole.vocabulary)


def test_that_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lost.txt"
    with pytest.raises(UserError) as refused:
        read_corpus(path)
    assert str(refused.value) == f"There is no file {path}; choose another file."


def test_that_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder; choose a file"):
        read_corpus(tmp_path)


def test_that_what_is_no_file_is_refused_unread(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes among its files")
    os.mkfifo(tmp_path / "pipe")
    for endless in (Path("/dev/zero"), tmp_path / "pipe"):
        with pytest.raises(UserError, match="is a pipe or a device and no file"):
            read_corpus(endless)


def test_that_a_file_too_large_is_refused(file) -> None:
    with pytest.raises(UserError, match=r"names.txt is larger than 16 MB; a list of names is"):
        read_corpus(file(b"rex\n" * (MOST_BYTES // 4 + 1)))


def test_that_more_names_than_can_be_learned_from_are_refused(file) -> None:
    with pytest.raises(UserError, match="holds more than 1,000,000 names, which is the most"):
        read_corpus(file(b"a\n" * (MOST_NAMES + 1)))


def test_that_a_reading_can_be_stopped_and_shows_how_far_it_is(file) -> None:
    path, control = file(b"rex\nanzu\n" * 10_000), Control()
    events = list(reading_job(path, ReadOptions(), control))
    assert isinstance(events[0], Started)
    assert isinstance(events[-1], Finished)
    assert events[-1].result == read_corpus(path)
    control.cancel()
    assert not any(isinstance(e, Finished) for e in reading_job(path, ReadOptions(), control))


def test_that_a_name_that_is_no_text_is_shown_so_that_it_can_be_saved(tmp_path: Path) -> None:
    try:
        path = tmp_path / os.fsdecode(b"na\xffmes\n.txt")
        path.write_bytes(b"rex\nanzu\n")
    except (OSError, UnicodeError):
        pytest.skip("the file system takes no such name")
    assert read_corpus(path).source == "na\ufffdmes\ufffd.txt"
    assert len(shown_name(Path("long" * 60 + ".txt"))) == 60


def test_that_an_alphabet_of_thousands_is_refused(file) -> None:
    characters = [chr(0x4E00 + i) for i in range(LARGEST_VOCABULARY)]
    with pytest.raises(UserError, match="uses 500 different characters; names may use"):
        read_corpus(file("\n".join(characters).encode()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_that_any_bytes_are_names_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    try:
        corpus = read_corpus(path)
    except UserError:
        return
    assert len(corpus.names) >= 2
    for name in corpus.names:
        _, y = corpus.example(name)
        assert "".join(corpus.vocabulary[i] for i in y) == name + "\n"
