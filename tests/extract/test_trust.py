"""Which texts are not relied on, and by which signs."""

import pytest

from kg.extract.metadata import read_document
from kg.text.plan import read_plan

PLAN = """云阳县人民政府文件
云阳府发〔2024〕8号
云阳县水网建设规划
根据《重庆市水网建设规划》，制定本规划。到2027年，供水保证率达到95%，新增水厂3座，由县水利局牵头。
云阳县人民政府
2024年4月5日
"""

SPUN = """十四五教育规划
教育规划是全国体制内提高质量的重要组成部分，要不断优化和完善教育的方式，形成新的模式。
要深入发展多种形式，营造良好环境，推动水平不断提高，努力实现新的更大的发展。
"""

NATIONAL = """国家“十四五”教育发展规划
国家“十四五”教育发展规划的构想是，以质量全覆盖为抓手，推进多元化体系建设，到2025年达到90%，新增10000个。
"""

DRAFT = """云阳县教育条例（草案）
为了发展教育，根据《中华人民共和国教育法》，制定本条例。
"""

DAMAGED = (
    "云阳县养老规划\n" + "云阳县民政局推进养?服?体?建?，到2025年，床位达到?00张，护?型床?占比60%。\n" * 5
)

ANONYMOUS = """十四五教育规划
我市现有学校304所，在校生4.7万人，教师2.5万人，市教育局负责统筹。到2025年，普惠率达到90%，新增学位3000个。
"""


@pytest.mark.parametrize(
    ("text", "trusted"),
    [(PLAN, True), (DRAFT, True), (ANONYMOUS, True), (SPUN, False), (NATIONAL, False), (DAMAGED, False)],
    ids=["plan", "draft", "anonymous", "spun", "national", "damaged"],
)
def test_spun_and_damaged_texts_are_not_trusted(text, trusted):
    assert read_document(read_plan("doc", text)).trusted is trusted


SIGNS = [
    (PLAN, []),
    (
        SPUN,
        [
            "无发文字号",
            "无发文机关",
            "无成文日期",
            "辖区不明",
            "几乎没有量化指标",
            "没有责任部门",
            "不引用任何文件",
        ],
    ),
    (NATIONAL, ["托名国家文件"]),
    (DAMAGED, ["残损"]),
    (PLAN.replace("由县水利局", "快推he的安養服务由县水利局"), ["异常文字"]),
    ("位置: 首页 > 专题范文\n" + SPUN, ["范文汇编网页"]),
]


@pytest.mark.parametrize(("text", "signs"), SIGNS)
def test_the_signs_are_named(text, signs):
    seen = read_document(read_plan("doc", text)).trust_signs
    for sign in signs:
        assert any(sign in one for one in seen)
    assert bool(seen) is bool(signs)


def test_the_user_s_word_counts_more_than_the_signs():
    assert read_document(read_plan("doc", SPUN, stated={"trusted": "True"})).trusted
    assert not read_document(read_plan("doc", PLAN, stated={"trusted": "False"})).trusted
