"""Files that come back as they were saved, and files of unknown origin."""

import io
import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rnnstudio.core.documents.document_file import Document, load, load_part, packed, save
from rnnstudio.core.errors import UserError

QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES = st.text("abcXYZ019_.-", min_size=1, max_size=20)
ARRAYS = hnp.arrays(
    st.sampled_from(["f4", "f8", "i4", "i8", "u1", "bool"]), hnp.array_shapes(min_dims=0)
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@QUIET
@given(
    content=st.dictionaries(st.text(), PLAIN, max_size=3),
    arrays=st.dictionaries(NAMES, ARRAYS, max_size=3),
)
def test_that_a_document_comes_back_as_it_was_saved(tmp_path: Path, content, arrays) -> None:
    path = tmp_path / "work.rnnstudio"
    save(path, Document("test", 3, content, arrays))
    opened = load(path, "test", newest=3)
    assert opened.content == content
    assert opened.version == 3
    assert opened.arrays.keys() == arrays.keys()
    for name, array in arrays.items():
        assert (opened.arrays[name].dtype, opened.arrays[name].shape) == (array.dtype, array.shape)
        np.testing.assert_array_equal(opened.arrays[name], array)


@QUIET
@given(data=st.binary(max_size=300), place=st.integers(0, 10_000))
def test_that_damaged_bytes_are_refused_with_a_sentence(tmp_path: Path, data, place) -> None:
    path = tmp_path / "work.rnnstudio"
    save(path, Document("test", 1, {"a": 1}, {"w": np.arange(50.0)}))
    whole = path.read_bytes()
    place %= len(whole)
    path.write_bytes(whole[:place] + data + whole[place + len(data) :])
    outcome = opened_or_sentence(path)
    if isinstance(outcome, Document):
        # The change did not reach the array: zip's checksums see to that.
        np.testing.assert_array_equal(outcome.arrays.get("w", np.arange(50.0)), np.arange(50.0))
    else:
        assert "work.rnnstudio" in outcome


def opened_or_sentence(path: Path) -> Document | str:
    try:
        return load(path, "test", newest=1)
    except UserError as error:
        return str(error)


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def header(**changes: object) -> bytes:
    plain = {"application": "RNN Studio", "kind": "test", "version": 1, "content": {}}
    return json.dumps(plain | changes).encode()


def npy(array: np.ndarray, *, allow_pickle: bool = False) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=allow_pickle)
    return buffer.getvalue()


class Bomb:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (Path.write_text, (self.path, "boom"))


HUGE = b"\x93NUMPY\x01\x00v\x00" + (
    b"{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999, 9999999999), }".ljust(117)
    + b"\n"
)


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"document.json": b"not json"},
        {"document.json": b"[1, 2]"},
        {"document.json": header(content=[])},
        {"document.json": header(version="1")},
        {"document.json": header(version=2)},
        {"document.json": header(kind="other")},
        {"document.json": header(application="Other")},
        {"document.json": header(), "arrays/../../evil.npy": npy(np.zeros(2))},
        {"document.json": header(), "code.py": b"print()"},
        {"document.json": header(), "arrays/w.npy": b"no array"},
        {"document.json": header(), "arrays/w.npy": HUGE},
        {"document.json": header(), "arrays/w.npy": npy(np.zeros(9))[:-8]},
        {"document.json": header(), "arrays/w.npy": npy(np.array(["text"]))},
        {"document.json": header(), "arrays/w.npy": npy(np.zeros(2, complex))},
        {"document.json": header(), **{f"arrays/w{n}.npy": b"" for n in range(1_001)}},
    ],
    ids=str,
)
def test_that_a_file_of_unknown_origin_is_refused_with_a_sentence(tmp_path: Path, members) -> None:
    path = archive(tmp_path / "stranger.rnnstudio", members)
    with pytest.raises(UserError, match=r"stranger\.rnnstudio"):
        load(path, "test", newest=1)


def test_that_a_pickle_in_a_file_is_never_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    array = np.empty(1, object)
    array[0] = Bomb(trace)
    members = {"document.json": header(), "arrays/w.npy": npy(array, allow_pickle=True)}
    with pytest.raises(UserError):
        load(archive(tmp_path / "stranger.rnnstudio", members), "test", newest=1)
    assert not trace.exists()
    pickle.loads(pickle.dumps(Bomb(trace)))  # noqa: S301 - the bomb is a real one
    assert trace.exists()


def test_that_a_bomb_of_zeros_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rnnstudio.core.documents.document_file.MOST_BYTES", 1_000_000)
    members = {"document.json": header(), "arrays/w.npy": npy(np.zeros(1_000_000))}
    path = archive(tmp_path / "stranger.rnnstudio", members)
    assert path.stat().st_size < 20_000
    with pytest.raises(UserError, match="larger"):
        load(path, "test", newest=1)


def test_that_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.rnnstudio"):
        load(tmp_path / "nowhere.rnnstudio", "test", newest=1)


def test_that_a_document_gives_the_same_bytes_whenever_it_is_saved(tmp_path: Path) -> None:
    document = Document("test", 1, {"a": 1}, {"x": np.arange(3.0)}, {"prices.csv": b"Date,Open\n"})
    save(tmp_path / "once.rnnstudio", document)
    with zipfile.ZipFile(tmp_path / "once.rnnstudio") as archive:
        times = {member.date_time for member in archive.infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}, "a clock would make every save another file"


def test_that_parts_come_back_and_may_be_documents_themselves(tmp_path: Path) -> None:
    path = tmp_path / "outer.rnnstudio"
    inner = packed(Document("inner", 1, {"b": 2}, {"y": np.arange(4)}), path)
    save(path, Document("outer", 1, {}, parts={"inner.rnnstudio": inner, "data": bytes(1000)}))
    outer = load(path, "outer", 1, with_parts=True)
    assert outer.parts == {"inner.rnnstudio": inner, "data": bytes(1000)}
    read = load_part(outer.parts["inner.rnnstudio"], path, "inner", 1)
    assert read.content == {"b": 2}
    np.testing.assert_array_equal(read.arrays["y"], np.arange(4))


def test_that_parts_are_refused_where_a_kind_has_none(tmp_path: Path) -> None:
    path = tmp_path / "stranger.rnnstudio"
    save(path, Document("names", 1, {}, parts={"data": b"anything"}))
    with pytest.raises(UserError, match="no array of a document"):
        load(path, "names", 1)
