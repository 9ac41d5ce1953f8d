import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.data import rows
from kg.places import by_area_code, by_code, resolve

DECIDED = [
    ("西湖区", ["南昌市西湖区卫健委"], "360103", ("南昌市西湖区",)),
    ("西湖区", ["电话:0791-86589707"], "360103", ("0791-86589707",)),
    ("西湖区", ["电话:0571-87654321"], "330106", ("0571-87654321",)),
    ("西湖区", ["根据洪府办发〔2022〕26号"], "360103", ("洪府办发",)),
    ("西湖区", ["江西省人民政府"], "360103", ("江西省",)),
    ("西湖区", ["浙政发〔2021〕4号", "杭州"], "330106", ("浙政发", "杭州")),
    ("西湖区", ["学习杭州经验", "南昌市", "洪府发〔2021〕6号", "0791-86589707", "红谷滩区"], "360103", None),
    ("泾源县", [], "640424", ()),
    ("江西省南昌市西湖区", [], "360103", ()),
    ("南昌西湖区", [], "360103", ()),
    ("南昌", [], "360100", ()),
    ("江西", [], "360000", ()),
    ("泾源", [], "640424", ()),
    ("朝阳区", ["吉林省长春市"], "220104", ("吉林省长春市",)),
    ("城区", ["晋城市泽州县"], "140502", ("晋城市泽州县",)),
]
UNDECIDED = [
    ("西湖区", []),
    ("西湖区", ["", "全国老龄办 国办发〔2022〕1号 北京市"]),
    ("西湖区", ["南昌市", "杭州市"]),
    ("西湖区", ["西湖区", "西湖区"]),
    ("西湖区", ["联系电话 13807911234"]),
    ("鼓楼区", ["华东地区"]),
    ("无此区", ["南昌市"]),
    ("", ["南昌市"]),
]
AREAS = [
    ("010", ["110000"]),
    ("0791", ["360100"]),
    ("0954", ["640400"]),
    ("0370", ["411400"]),
    ("0790", ["360500"]),
    ("0731", ["430100", "430200", "430300"]),
    ("0898", ["460000"]),
    ("0999", ["654000"]),
    ("0000", []),
    ("791", []),
]


@pytest.mark.parametrize(("name", "evidence", "code", "used"), DECIDED)
def test_evidence_decides(name, evidence, code, used):
    decision = resolve(name, evidence)
    assert decision.place == by_code(code)
    assert used is None or decision.evidence == used
    assert 0.5 < decision.confidence <= 1
    assert (decision.confidence == 1) == (len(decision.candidates) == 1)


@pytest.mark.parametrize(("name", "evidence"), UNDECIDED)
def test_without_proof_nothing_is_decided(name, evidence):
    decision = resolve(name, evidence)
    assert decision.place is None
    assert (decision.confidence, decision.evidence) == (0.0, ())


@pytest.mark.parametrize(("area", "codes"), AREAS)
def test_area_codes(area, codes):
    assert [place.code for place in by_area_code(area)] == codes


def test_rows_of_area_codes_are_sound():
    """Every area code is well formed and leads to divisions of one province."""
    for row in rows("area_codes.tsv"):
        assert re.fullmatch(r"0(10|2\d|[3-9]\d\d)", row["area"])
        assert len({place.code[:2] for place in by_area_code(row["area"])}) == 1


@given(st.text(max_size=20), st.lists(st.text(max_size=60), max_size=3))
def test_any_input_gives_a_decision_with_printed_evidence(name, evidence):
    decision = resolve(name, evidence)
    assert all(any(quote in text for text in evidence) for quote in decision.evidence)
