import pytest

from kg.readers.grid import Cell, rows_of

CASES = [
    pytest.param([Cell("a", 0, 0), Cell("b", 0, 1)], [["a", "b"]], id="one row"),
    pytest.param(
        [Cell("a", 0, 0, 2, 1), Cell("b", 0, 1), Cell("c", 1, 1)], [["a", "b"], ["", "c"]], id="tall"
    ),
    pytest.param(
        [Cell("a", 0, 0, 1, 2), Cell("b", 1, 0), Cell("c", 1, 1)], [["a", ""], ["b", "c"]], id="wide"
    ),
    pytest.param([Cell("x\ty\nz", 0, 0)], [["x y z"]], id="no tab or line end inside a cell"),
    pytest.param(
        [Cell("a", 0, 0), Cell("b", 0, 5000)], [["a", *[""] * 254, "b"]], id="an absurd column is the last"
    ),
    pytest.param([Cell("a", 0, 0, 1, 90000)], [["a", *[""] * 255]], id="an absurd span is cut"),
    pytest.param([Cell("old", 0, 0, continued=True)], [[""]], id="a continued cell repeats nothing"),
    pytest.param([], [], id="no cells"),
]


@pytest.mark.parametrize(("cells", "rows"), CASES)
def test_rows_of(cells, rows):
    assert rows_of(cells, 100, "表1", []) == rows
