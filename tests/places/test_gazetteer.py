import pytest

from kg.places import ancestors, by_code, find, is_within

CHAINS = [
    ("360103", "江西省南昌市西湖区"),
    ("640424", "宁夏回族自治区固原市泾源县"),
    ("360100", "江西省南昌市"),
    ("100000", "全国"),
    ("110101", "北京市东城区"),
    ("419001", "河南省济源市"),
    ("441900", "广东省东莞市"),
    ("659001", "新疆维吾尔自治区石河子市"),
    ("710000", "台湾省"),
]


@pytest.mark.parametrize(("code", "full_name"), CHAINS)
def test_full_name_is_the_chain(code, full_name):
    place = by_code(code)
    assert place is not None
    assert place.full_name == full_name
    assert place in find(full_name)


def test_ancestors_climb_to_the_nation():
    assert [place.name for place in ancestors("360103")] == ["南昌市", "江西省", "全国"]


def test_within_is_strict():
    assert is_within("360103", "360000")
    assert not is_within("360103", "360103")
