"""Animations as another program's decoder sees them: tests/ui/pictures/ reads them with Qt."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.documents.animated_gif import AnimatedGif, _compressed
from rnnstudio.core.errors import UserError


def unpacked(content: bytes) -> bytes:
    """LZW read as the format's description says, with nothing in common with the writer."""
    bits = int.from_bytes(content, "little")
    table: list[bytes] = []
    out, width, before = bytearray(), 9, b""
    while True:
        code = bits & ((1 << width) - 1)
        bits >>= width
        if code == 256:
            table = [bytes([value]) for value in range(256)] + [b"", b""]
            width, before = 9, b""
            continue
        if code == 257:
            return bytes(out)
        entry = table[code] if code < len(table) else before + before[:1]
        out += entry
        if before and len(table) < 4096:
            table.append(before + entry[:1])
            width = min(12, max(9, len(table).bit_length()))
        before = entry


@pytest.mark.parametrize("count", [1, 2, 3, 255, 256, 257, 511, 4_000, 9_000])
@pytest.mark.parametrize("kinds", [1, 2, 256])
def test_that_what_is_compressed_is_read_again_as_the_format_says(count: int, kinds: int) -> None:
    indices = np.random.default_rng(count).integers(0, kinds, count, dtype=np.uint8).tobytes()
    assert unpacked(_compressed(indices)) == indices


def test_that_an_animation_has_the_size_and_ends_that_the_format_asks_for() -> None:
    gif = AnimatedGif(300, 7)
    gif.add_frame(np.zeros((7, 300), np.uint32), 0.5)
    content = gif.content()
    assert content[:10] == b"GIF89a" + (300).to_bytes(2, "little") + (7).to_bytes(2, "little")
    assert b"NETSCAPE2.0" in content
    assert content.endswith(b"\x00\x3b")


def test_when_a_side_is_too_long_for_the_format_it_is_refused() -> None:
    with pytest.raises(UserError, match="pixels are too many"):
        AnimatedGif(65_536, 10)
