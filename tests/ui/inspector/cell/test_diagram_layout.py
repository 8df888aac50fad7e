"""The diagram's graph and layout: knows no Qt."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.ui.inspector.cell.diagram_layout import Box, BoxSize, arrange
from rnnstudio.ui.inspector.cell.graph import NodeKind, graph
from rnnstudio.ui.inspector.cell.state_blocks import place

BOTH_WAYS = pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])
EVERY_CELL = pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right - 0.01
        and other.x < one.right - 0.01
        and one.y < other.bottom - 0.01
        and other.y < one.bottom - 0.01
    )


@EVERY_CELL
@BOTH_WAYS
def test_that_every_row_is_a_node_and_every_input_an_edge(cell, backward: bool) -> None:
    drawn = graph(cell, backward=backward)
    table = cell.backward + cell.sums if backward else cell.forward
    edges = {(drawn.nodes[source].name, target) for source, target in drawn.edges}
    for row, operation in enumerate(table):
        assert drawn.nodes[operation.name].row == row
        for name in operation.inputs:
            assert name == operation.name or (name, operation.name) in edges
    assert len(edges) == sum(len(set(row.inputs) - {row.name}) for row in table)


@EVERY_CELL
@BOTH_WAYS
@pytest.mark.parametrize("width", [12, 40, 150])
def test_that_no_two_nodes_overlap_whatever_their_symbols_need(
    cell, backward: bool, width: int
) -> None:
    drawn = graph(cell, backward=backward)
    placed = place(drawn, dict.fromkeys(drawn.nodes, float(width)), backward=backward)
    assert placed.boxes.keys() == drawn.nodes.keys()
    for one, other in combinations(placed.boxes, 2):
        assert not overlap(placed.boxes[one], placed.boxes[other]), (one, other)
    for box in placed.boxes.values():
        assert box.x >= -0.01
        assert box.y >= -0.01
        assert box.right <= placed.width + 0.01
        assert box.bottom <= placed.height + 0.01


@EVERY_CELL
@BOTH_WAYS
def test_that_values_flow_on_in_the_direction_of_the_pass(cell, backward: bool) -> None:
    drawn = graph(cell, backward=backward)
    placed = place(drawn, dict.fromkeys(drawn.nodes, 20.0), backward=backward)
    for source, target in drawn.edges:
        if drawn.nodes[source].kind is NodeKind.BESIDE:
            continue
        one, other = placed.boxes[source], placed.boxes[target]
        assert other.right <= one.x if backward else one.right <= other.x, (source, target)


@EVERY_CELL
@BOTH_WAYS
def test_that_edges_end_on_the_frames_of_their_nodes(cell, backward: bool) -> None:
    drawn = graph(cell, backward=backward)
    placed = place(drawn, dict.fromkeys(drawn.nodes, 20.0), backward=backward)
    assert set(placed.routes) == set(drawn.edges)
    for (source, target), route in placed.routes.items():
        for key, (x, y) in ((source, route[0]), (target, route[-1])):
            box = placed.boxes[key]
            assert box.x - 0.01 <= x <= box.right + 0.01
            assert box.y - 0.01 <= y <= box.bottom + 0.01


@st.composite
def flows(draw: st.DrawFn) -> tuple[dict[str, BoxSize], list[tuple[str, str]]]:
    count = draw(st.integers(1, 12))
    number = st.floats(5, 90)
    sizes = {}
    for name in range(count):
        height = draw(number)
        sizes[str(name)] = BoxSize(draw(number), height, height * draw(st.floats(0, 1)))
    pairs = list(combinations(range(count), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20)) if pairs else []
    return sizes, [(str(source), str(target)) for source, target in chosen]


@settings(deadline=None)
@given(flows())
def test_that_any_flow_is_laid_out_without_overlap_and_from_left_to_right(flow) -> None:
    sizes, edges = flow
    layout = arrange(sizes, edges)
    for one, other in combinations(layout.boxes.values(), 2):
        assert not overlap(one, other)
    for source, target in edges:
        assert layout.boxes[source].right < layout.boxes[target].x


def test_that_edges_which_need_not_cross_do_not() -> None:
    sizes = dict.fromkeys("abcdef", BoxSize(10, 10, 5))
    layout = arrange(sizes, [("a", "f"), ("b", "e"), ("c", "d")])
    starts = sorted("abc", key=lambda name: layout.boxes[name].y)
    ends = [{"a": "f", "b": "e", "c": "d"}[name] for name in starts]
    assert ends == sorted("def", key=lambda name: layout.boxes[name].y)
