import random

from kg.readers.lattice import Rule, find_grids

SIDE = 840.0


def box(xs: list[float], ys: list[float]) -> tuple[list[Rule], list[Rule]]:
    """Full rules at all these coordinates."""
    across = [Rule(y, xs[0], xs[-1]) for y in ys]
    return across, [Rule(x, ys[0], ys[-1]) for x in xs]


def test_a_plain_grid():
    (grid,) = find_grids(*box([100, 200, 300], [50, 80, 110]), SIDE)
    assert grid.cells == ((0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1))
    assert (grid.cell_at(150, 60), grid.cell_at(250, 100), grid.cell_at(310, 60)) == (0, 3, None)


def test_a_missing_rule_merges_cells():
    """No rule between the first column's two rows, none between the head's two columns."""
    across = [Rule(50, 100, 300), Rule(80, 100, 300), Rule(110, 200, 300), Rule(140, 100, 300)]
    down = [Rule(100, 50, 140), Rule(200, 80, 140), Rule(300, 50, 140)]
    (grid,) = find_grids(across, down, SIDE)
    assert grid.cells == ((0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1))


def test_borders_drawn_cell_by_cell_and_out_of_line_are_one_rule():
    dice = random.Random(7)
    across, down = [], []
    for r in range(3):
        for c in range(3):
            x, y, jitter = 100 + c * 60, 50 + r * 30, dice.uniform(-0.8, 0.8)
            across += [Rule(y + jitter, x, x + 59), Rule(y + 30 + jitter, x, x + 60)]
            down += [Rule(x + jitter, y, y + 30), Rule(x + 60 + jitter, y, y + 29)]
    (grid,) = find_grids(across, down, SIDE)
    assert len(grid.cells) == 9


def test_open_sides_count_as_closed():
    """Many official tables have no outer rules left and right."""
    across = [Rule(y, 100, 400) for y in (50, 80, 110)]
    down = [Rule(x, 50, 110) for x in (200, 300)]
    (grid,) = find_grids(across, down, SIDE)
    assert len(grid.cells) == 6


def test_two_tables_from_top_to_bottom():
    low, high = box([100, 200, 300], [400, 430, 460]), box([50, 150, 250], [50, 80])
    grids = find_grids(low[0] + high[0], low[1] + high[1], SIDE)
    assert [grid.ys[0] for grid in grids] == [50, 400]


def test_what_is_no_table():
    """A frame, an underline, a crossed box of one column, a drawing."""
    frame = box([50, 550], [50, 800])
    assert find_grids(*frame, SIDE) == []
    assert find_grids([Rule(100, 50, 300)], [], SIDE) == []
    assert find_grids(*box([50, 550], [50, 100, 150]), SIDE) == []
    drawing = ([Rule(i * 6, 0, 800) for i in range(140)], [Rule(i * 6, 0, 800) for i in range(140)])
    assert find_grids(*drawing, SIDE) == []
