import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.data import rows
from kg.places import all_places, mentions

GUARDS = rows("guards.tsv")
CASES = [
    ("江西省南昌市西湖区人民政府", [("江西省南昌市西湖区", ["360103"])]),
    ("南昌市西湖区卫健委", [("南昌市西湖区", ["360103"])]),
    ("江西南昌西湖区", [("江西南昌西湖区", ["360103"])]),
    ("我区(西湖区)", [("西湖区", ["330106", "360103"])]),
    ("宁夏回族自治区固原市泾源县", [("宁夏回族自治区固原市泾源县", ["640424"])]),
    ("宁夏泾源县", [("宁夏泾源县", ["640424"])]),
    ("全省南昌、九江等市", [("南昌", ["360100"]), ("九江", ["360400"])]),
    ("辽宁、吉林、黑龙江", [("辽宁", ["210000"]), ("吉林", ["220000"]), ("黑龙江", ["230000"])]),
    ("吉林省吉林市", [("吉林省吉林市", ["220200"])]),
    ("海南省和海南州", [("海南省", ["460000"]), ("海南州", ["632500"])]),
    ("甘肃白银", [("甘肃白银", ["620400"])]),
    ("朝阳区", [("朝阳区", ["110105", "220104"])]),
    ("辽宁省朝阳市", [("辽宁省朝阳市", ["211300"])]),
    ("南昌市市场监管局", [("南昌市", ["360100"])]),
    ("南昌市场", [("南昌", ["360100"])]),
    ("浙江省杭州市江干区", [("浙江省杭州市江干区", ["330104"])]),
    ("安徽省泾县", [("安徽省泾县", ["341823"])]),
    ("，泾县和旌德县", [("泾县", ["341823"]), ("旌德县", ["341825"])]),
    ("重庆市渝中区", [("重庆市渝中区", ["500103"])]),
    ("长治市潞州区", [("长治市潞州区", ["140403"])]),
    ("山西长治", [("山西长治", ["140400"])]),
    ("新疆喀什地区莎车县", [("新疆喀什地区莎车县", ["653125"])]),
    ("恩施州利川市", [("恩施州利川市", ["422802"])]),
    ("晋城市城区", [("晋城市城区", ["140502"])]),
    ("京津冀协同发展", []),
    ("节省开支", []),
    ("全国示范县", []),
    ("建成县级公立医院", []),
    ("创建国家级创新县域", []),
    ("完善信息县乡村三级网络", []),
    ("健康县区建设", []),
    ("河南岸堤防", []),
    ("北京路步行街", []),
    ("市中区、老城区、新区", []),
    ("和平、文明、鼓楼、通道、公安、民乐", []),
    ("长治久安、世界大同、百姓安康", []),
    ("打通西南通道", []),
    ("入海口和泾河源头", []),
    ("推广安全生产责任制", []),
    ("各项城市更新任务", []),
    ("沿海城市", []),
    ("", []),
    ("省", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_mentions(text, expected):
    assert [(m.name, [place.code for place in m.candidates]) for m in mentions(text)] == expected


@pytest.mark.parametrize("row", GUARDS, ids=lambda row: row["name"])
def test_guarded_names_keep_their_promises(row):
    """Every guarded name counts where it is meant and not where an ordinary word contains it."""
    assert any(row["name"] in m.name for m in mentions(row["finds"]))
    assert row["name"] in row["leaves"]
    assert not any(m.name.endswith(row["name"]) for m in mentions(row["leaves"]))


def test_every_full_chain_is_one_mention_of_its_place():
    for place in all_places()[1:]:
        (mention,) = mentions(f"《{place.full_name}规划》")
        assert mention.name == place.full_name
        assert mention.candidates == (place,)


@given(st.text(alphabet="江西省南昌市西湖区河北泾县源，、 和大连城1a", max_size=60) | st.text(max_size=60))
def test_mentions_of_any_text_are_in_order_and_quote_it(text):
    end = 0
    for mention in mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.name
        assert mention.candidates
        end = mention.end
