import re

import pytest

from kg.data import rows
from kg.places import agency_of_number, all_places, by_code, find, ministry_of, number_heads

MINISTRIES = rows("ministries.tsv")
SURE = [
    ("豫政办", "河南省"),
    ("豫政办〔 2017 〕 108 号", "河南省"),
    ("粤府函", "广东省"),
    ("皖政秘〔2024〕95号", "安徽省"),
    ("赣府厅发", "江西省"),
    ("穗府办", "广东省广州市"),
    ("苏府办", "江苏省苏州市"),
    ("恩施州政发", "湖北省恩施土家族苗族自治州"),
    ("沪徐府发", "上海市徐汇区"),
    ("泾源政办发", "宁夏回族自治区固原市泾源县"),
    ("国发", "全国"),
    ("国办发〔2022〕1号", "全国"),
    ("民发", "全国"),
    ("发改社会", "全国"),
]
# TRAPS no. 4 and others: one code, several governments; some that must be among the candidates
SHARED = [
    ("洪府办发", ["江西省南昌市", "四川省眉山市洪雅县"]),
    (
        "泾政办发",
        ["宁夏回族自治区固原市泾源县", "甘肃省平凉市泾川县", "安徽省宣城市泾县", "陕西省咸阳市泾阳县"],
    ),
    ("惠府", ["广东省惠州市", "江苏省无锡市惠山区"]),
    ("宁政办发", ["宁夏回族自治区", "江苏省南京市", "福建省宁德市", "青海省西宁市"]),
    ("东府", ["广东省东莞市", "江西省南昌市东湖区"]),
    ("中府", ["广东省中山市", "四川省德阳市中江县"]),
    ("武政", ["湖北省武汉市", "甘肃省武威市", "江苏省常州市武进区"]),
    ("青政", ["青海省", "山东省青岛市"]),
    ("宁政", ["宁夏回族自治区", "江苏省南京市"]),
    ("新政", ["新疆维吾尔自治区", "河南省新乡市"]),
    ("济政发", ["山东省济南市", "山东省济宁市", "河南省济源市"]),
    ("长政发", ["湖南省长沙市", "山西省长治市"]),
    ("西府发", ["江西省南昌市西湖区", "四川省凉山彝族自治州西昌市"]),
    ("渝府发", ["重庆市", "江西省新余市渝水区"]),
    ("南府发", ["广西壮族自治区南宁市", "江西省南昌市南昌县", "四川省南充市"]),
    ("深龙府", ["广东省深圳市龙岗区", "广东省深圳市龙华区"]),
    ("洪发改服务字", ["江西省南昌市"]),
    ("赣民发", ["江西省", "江苏省连云港市赣榆区"]),
    ("惠民政发", ["山东省滨州市惠民县"]),
]
UNKNOWN = ["", "X", "〔2022〕3号", "甲乙丙发", "总第", "按照洪府办发", "囍政发", "建标"[:1], "文件"]
ISSUERS = [
    ("洪府办发〔2022〕26号", "360100", "南昌市人民政府办公室"),
    ("洪府厅发〔2017〕3号", "360100", "南昌市人民政府办公厅"),
    ("洪府发〔2021〕6号", "360100", "南昌市人民政府"),
    ("西府发〔2022〕21号", "360103", "南昌市西湖区人民政府"),
    ("泾政办发〔2023〕28号", "640424", "泾源县人民政府办公室"),
    ("豫政办〔2017〕108号", "410000", "河南省人民政府办公厅"),
    ("豫政办〔2017〕108号", None, "河南省人民政府办公厅"),
    ("新政办发〔2022〕1号", "650000", "新疆维吾尔自治区人民政府办公厅"),
    ("穗府办〔2021〕1号", "440100", "广州市人民政府办公厅"),
    ("商政办〔2018〕1号", "411400", "商丘市人民政府办公室"),
    ("喀政办发〔2020〕2号", "653100", "喀什地区行政公署办公室"),
    ("国办发〔2022〕1号", None, "国务院办公厅"),
    ("国发〔2022〕1号", "360100", "国务院"),
    ("民发〔2021〕1号", None, "民政部"),
    ("长政办发〔2022〕1号", "430100", None),  # 长沙's office was named both ways
    ("泾政办发〔2023〕28号", None, None),  # four counties
    ("洪府办发〔2022〕26号", "360103", None),  # not the city's district
    ("洪发改服务字〔2021〕39号", "360100", None),  # a bureau: which one the code does not prove
    ("文件", "360100", None),
]


@pytest.mark.parametrize(("code", "full_name"), SURE)
def test_codes_of_one_owner(code, full_name):
    assert [place.full_name for place in number_heads(code)] == [full_name]


@pytest.mark.parametrize(("code", "full_names"), SHARED)
def test_shared_codes_name_every_candidate(code, full_names):
    owners = [place.full_name for place in number_heads(code)]
    assert set(full_names) <= set(owners)
    assert len(owners) == len(set(owners))


@pytest.mark.parametrize("code", UNKNOWN)
def test_unknown_codes_have_no_owner(code):
    assert number_heads(code) == ()
    assert ministry_of(code) is None


@pytest.mark.parametrize(("number", "place", "issuer"), ISSUERS)
def test_issuer_of_a_number(number, place, issuer):
    assert agency_of_number(number, by_code(place) if place else None) == issuer


@pytest.mark.parametrize("row", MINISTRIES, ids=lambda row: f"{row['name']} {row['finds']}")
def test_national_codes_keep_their_promises(row):
    assert row["finds"], "give a code it takes"
    for code in row["finds"].split():
        assert ministry_of(code) == row["name"]
        assert number_heads(code) == find("全国")
    assert row["leaves"], "give a near miss"
    assert not any(re.fullmatch(row["pattern"], code) for code in row["leaves"].split())


@pytest.mark.parametrize("tail", ["政发", "府发", "政办发", "府办发", "政办", "府函"])
def test_no_government_is_taken_for_a_ministry(tail):
    for place in all_places()[1:]:
        assert ministry_of(place.name[0] + tail) is None


def test_every_province_has_its_head():
    """The 31 provinces of the mainland own their sign, whichever of 府 and 政 they write."""
    for row in rows("provinces.tsv")[:31]:
        sign = row["signs"].split()[0]
        heads = [number_heads(f"{sign}{seat}发") for seat in "府政"]
        assert any(by_code(row["code"]) in owners for owners in heads)


def test_rows_of_heads_lead_to_their_places():
    for row in rows("heads.tsv"):
        owners = number_heads(f"{row['head']}{row['organ']}发")
        assert {by_code(code) for code in row["codes"].split()} <= set(owners)
