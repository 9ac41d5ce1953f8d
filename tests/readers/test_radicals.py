import pytest

from kg.readers.radicals import without_radicals

CASES = [
    ("⾸⻚⽼⺠", "首页老民", 4),
    ("⼗⼤⽣⼒⼦", "十大生力子", 5),
    ("⻋⻔⻢⻛⻓", "车门马风长", 5),
    ("\uf90a\uf914\ufa0e", "金樂\ufa0e", 2),
    ("养老服务，60%", "养老服务，60%", 0),
    ("⺀", "⺀", 0),
    ("", "", 0),
]


@pytest.mark.parametrize(("text", "expected", "count"), CASES)
def test_without_radicals(text, expected, count):
    assert without_radicals(text) == (expected, count)
