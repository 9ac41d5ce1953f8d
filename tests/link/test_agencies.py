"""One agency under several names, and agencies that only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.agencies import agency_key, agency_links, same_agency

SAME = [
    ("南昌市发改委", "南昌市发展改革委", "same", None),
    ("南昌市发展改革委", "南昌市发展和改革委员会", "same", None),
    ("泾源县卫健局", "泾源县卫生健康局", "same", None),
    ("南昌市西湖区市场监管局", "南昌市西湖区市场监督管理局", "same", None),
    ("泾源县市监局", "泾源县市场监督管理局", "same", None),
    ("南昌市人社局", "南昌市人力资源和社会保障局", "same", None),
    ("南昌市自然资源局", "南昌市自然资源和规划局", "same", None),
    ("南昌市人民政府办公室", "南昌市政府办公室", "same", None),
    ("南昌市残疾人联合会", "南昌市残联", "same", None),
    ("商丘市卫生计生委", "商丘市卫健委", "renamed", 2018),
    ("商丘市卫计委", "商丘市卫生健康委员会", "renamed", 2018),
    ("南昌市卫生局", "南昌市卫健委", "merged", 2018),
    ("商丘市国土资源局", "商丘市自然资源和规划局", "merged", 2018),
    ("商丘市城乡规划局", "商丘市自然资源局", "merged", 2018),
    ("南昌市工商局", "南昌市市场监管局", "merged", 2018),
    ("江西省文化厅", "江西省文化和旅游厅", "merged", 2018),
    ("南昌市旅游局", "南昌市文旅局", "merged", 2018),
    ("南昌市环保局", "南昌市生态环境局", "renamed", 2018),
    ("江西省扶贫办公室", "江西省乡村振兴局", "renamed", 2021),
    ("江西省扶贫办公室", "江西省农业农村厅", "merged", 2023),
    ("泾源县教育局", "泾源县教体局", "merged", None),
    ("南昌市经信委", "南昌市工信局", "renamed", 2018),
]


@pytest.mark.parametrize(("left", "right", "relation", "year"), SAME)
def test_one_agency(left, right, relation, year):
    for link in (same_agency(left, right), same_agency(right, left)):
        assert link
        assert (link.relation, link.year) == (relation, year)
        assert {link.left, link.right} == {left, right}
        assert left in link.reason
        assert right in link.reason


OTHER = [
    ("南昌市民政局", "商丘市民政局"),
    ("南昌市民政局", "南昌市西湖区民政局"),
    ("南昌市文化局", "南昌市旅游局"),
    ("南昌市工商局", "南昌市质监局"),
    ("南昌市民政局", "南昌市财政局"),
    ("南昌市委组织部", "南昌市委宣传部"),
    ("南昌市住建局", "南昌市城市管理局"),
    ("民政部", "江西省民政厅"),
    ("南昌市卫健委", "南昌市医保局"),
    ("南昌市各街道", "南昌市各乡镇"),
    ("南昌市公安局交警支队", "南昌市公安局"),
    ("南昌市民政局", "南昌市民政局"),
]


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_two_agencies(left, right):
    assert same_agency(left, right) is None


@pytest.mark.parametrize(("left", "right", "relation", "year"), SAME)
def test_a_key_joins_spellings_and_renamings_but_no_mergers(left, right, relation, year):
    assert (agency_key(left) == agency_key(right)) is (relation != "merged")


def test_links_of_a_corpus_come_once_and_in_order():
    names = [
        "商丘市卫生计生委",
        "商丘市卫健委",
        "南昌市发改委",
        "南昌市发展改革委",
        "南昌市卫健委",
        "商丘市卫健委",
    ]
    assert [(link.left, link.right) for link in agency_links(names)] == [
        ("南昌市发展改革委", "南昌市发改委"),
        ("商丘市卫生计生委", "商丘市卫健委"),
    ]


@given(
    st.text(alphabet="市县区省局委办部卫生健康计发改革和民政财文旅游", max_size=12),
    st.text(alphabet="市局委卫健计生民政", max_size=8),
)
def test_same_agency_reads_both_ways_alike(left, right):
    there, back = same_agency(left, right), same_agency(right, left)
    assert (there is None) == (back is None)
    assert agency_key(left) == agency_key(left)
