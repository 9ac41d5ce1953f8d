import itertools
import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.namespace import RDF, SKOS

from benchmarks.alignment import linked, read_pairs, score
from kg.link.alignment import align
from kg.link.encoder import load_encoder
from kg.link.metric_names import clean, parse
from kg.link.metric_pairs import REASONS, decide, explain
from kg.link.metric_scheme import as_turtle, load_scheme
from kg.link.metrics import build_concepts, full_name
from kg.link.passages import nearest, similar_passages
from kg.link.subjects import SECTOR_WORDS
from kg.model import Quantity

ROOT = Path(__file__).parents[2]


def quantity(indicator, unit="%", doc="a", ident=None, **more):
    more = {"class_": "target", **more}
    ident = ident or f"{indicator}-{unit}"
    return Quantity(doc=doc, start=0, end=0, quote="", id=ident, indicator=indicator, unit=unit, **more)


def concept_ids(*quantities):
    _, concept_of = build_concepts(quantities)
    return [concept_of[q.doc, q.id] for q in quantities]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("养老机构护理型床位占比(%)", "养老机构护理型床位占比"),
        ("每千人拥有护理床位数(张)数量", "每千人口拥有护理床位数数量"),
        ("全市养老床位数", "养老床位数"),
        ("我省森林覆盖率", "森林覆盖率"),
        ("江西省南昌市养老床位数", "养老床位数"),
        ("西湖区居民健康素养水平", "居民健康素养水平"),
        ("到2025年，居民健康素养水平", "居民健康素养水平"),
        ("“双师型”教师 占比", "双师型教师占比"),
        ("每个县区建成养老院数量", "建成养老院数量"),
        ("各设区市至少培育联合体数量", "培育联合体数量"),
        ("每个街道建成养老院数量", "街道建成养老院数量"),
        ("空巢、留守、失能等特殊困难老年人月探访率", "特殊困难老年人月探访率"),
        ("千人口托位数", "每千人口托位数"),
        ("地级及以上城市2空气质量优良天数比率(%)", "地级及以上城市空气质量优良天数比率"),
        ("（3）森林覆盖率", "森林覆盖率"),
        ("①森林覆盖率", "森林覆盖率"),
        ("培训护理员、社工、家政员等各类从业人员人次", "培训从业人员人次"),
        pytest.param("老年人2级以上失能率", "老年人2级以上失能率", id="a grade is no footnote"),
        pytest.param("社区15分钟生活圈覆盖率", "社区15分钟生活圈覆盖率", id="minutes are no footnote"),
        pytest.param("社区养老服务设施覆盖率", "社区养老服务设施覆盖率", id="a community is no place name"),
        pytest.param("全员劳动生产率", "全员劳动生产率", id="全员 is no 全县"),
        pytest.param("全域旅游示范区数量", "全域旅游示范区数量", id="全域 is no 全市"),
        pytest.param("设区市空气质量优良天数比率", "设区市空气质量优良天数比率", id="a kind of city"),
        pytest.param("县域内就诊率", "县域内就诊率", id="a scope"),
        pytest.param("新建城区绿地率", "新建城区绿地率", id="new urban areas"),
    ],
)
def test_cleaned_names(printed, expected):
    assert clean(printed) == expected


SAME_STRUCTURE = [
    ("设立老年医学科的二级及以上综合型医院占比", "二级以上综合性医院设立老年医学科的比例", "%"),
    ("上云企业数量", "企业上云数量", "家"),
    ("高技能人才占技能人才比例", "技能人才中高技能人才占比", "%"),
    ("民办养老机构占比", "民办养老机构占养老机构总数的比重", "%"),
    ("规上工业中高端产业增加值占比", "高端产业增加值占规模以上工业增加值的比重", "%"),
    ("中小企业数字化转型试点企业数", "数字化转型中小企业试点数量", "家"),
    ("地区生产总值年均增长", "GDP年均增速", "%"),
    ("65周岁及以上老年人签约率", "65岁以上老年人签约服务率", "%"),
    ("家庭养老床位建设数量", "建设家庭养老床位", "张"),
    ("新建、改扩建公办幼儿园", "新改扩建公办幼儿园数量", "所"),
    ("每百户居民拥有设施面积", "每百户设施面积", "平方米"),
]
OTHER_STRUCTURE = [
    ("新建敬老院护理型床位占比", "改扩建敬老院护理型床位占比", "%", "动作不同"),
    ("社区养老服务设施覆盖率", "街道养老服务设施覆盖率", "%", "范围不同"),
    ("常住人口城镇化率", "户籍人口城镇化率", "%", "范围不同"),
    ("60岁以上老年人口", "70岁以上老年人口", "人", "人群不同"),
    ("重点人群签约率", "全人群签约率", "%", "人群不同"),
    ("固定资产投资", "固定资产投资增速", "%", "口径不同"),
    ("单位GDP能耗", "单位GDP能耗降低", "%", "口径不同"),
    ("每千名老年人养老床位数", "养老床位数", "张", "口径不同"),
    ("亿元以上工业项目数", "10亿元以上工业项目数", "个", "基期或门槛不同"),
    ("二手车交易量较2023年增长", "二手车交易量较2020年增长", "%", "基期或门槛不同"),
    ("居民收入年均增长", "居民收入增长", "%", "基期或门槛不同"),
    ("绿色建筑占新建建筑比例", "绿色建筑占既有建筑比例", "%", "分母不同"),
    ("养老护理员数", "持证养老护理员数", "人", "范围不同"),
    ("医疗、养老机构护理人员岗前培训率", "养老机构护理人员岗前培训率", "%", "对象不同"),
    ("中等职业学校办学条件达标率", "职业学校办学条件达标率", "%", "对象不同"),
    ("中小学生近视率", "小学生近视率", "%", "范围不同"),
    ("规上工业中制造业增加值占比", "地区生产总值中制造业增加值占比", "%", "分母不同"),
]


@pytest.mark.parametrize(("left", "right", "unit"), SAME_STRUCTURE)
def test_same_structure(left, right, unit):
    decision = decide(parse(left, unit), parse(right, unit))
    assert (decision.relation, decision.reason) == ("exact", "名称结构相同")


@pytest.mark.parametrize(("left", "right", "unit", "head"), OTHER_STRUCTURE)
def test_other_structure_says_what_differs(left, right, unit, head):
    decision = decide(parse(left, unit), parse(right, unit), similarity=1.0)
    assert decision.relation == "close"
    assert decision.reason.startswith(head)
    assert decide(parse(right, unit), parse(left, unit), similarity=1.0).relation == "close"


def test_units_that_do_not_convert_part_two_names():
    decision = decide(parse("适老化改造数量", "户"), parse("适老化改造数量", "万元"))
    assert decision.reason == "单位不可换算：户／万元"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("千兆光网覆盖率", "千兆光纤网络覆盖率"),
        ("危废处置率", "危险废物处置率"),
        ("特岗计划招聘数", "特设岗位计划招聘数"),
    ],
)
def test_short_and_full_form(short, full):
    assert decide(parse(short, "%"), parse(full, "%")).reason.startswith("简称与全称")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("工业企业工具应用率", "企业工具应用率"),
        ("护理员数", "在岗护理员数"),
        ("技术合同额", "省内技术合同额"),
        ("水质达标率", "饮用水水质达标率"),
    ],
)
def test_a_modifier_is_no_full_form(one, other):
    assert decide(parse(one, "%"), parse(other, "%")).relation == "close"


def test_a_whole_left_unsaid_is_comparable_with_less_certainty():
    decision = decide(parse("再生材料占资源供给比重", "%"), parse("再生材料占比", "%"))
    assert decision.relation == "exact"
    assert decision.score < 1
    assert decision.reason.startswith("分母一方未写明")


def test_only_a_high_similarity_joins_a_name_that_says_more():
    left, right = parse("社区志愿服务站点覆盖率", "%"), parse("社区志愿服务站点网络覆盖率", "%")
    assert decide(left, right, similarity=0.97).relation == "exact"
    assert decide(left, right, similarity=0.94).relation == "close"
    assert decide(left, right).relation == "close"


def test_a_turning_character_parts_names_however_alike():
    left, right = parse("义务教育学校大班额比例", "%"), parse("义务教育学校超大班额比例", "%")
    assert decide(left, right, similarity=0.99).relation == "close"


@pytest.mark.parametrize("head", sorted(REASONS))
def test_reasons_are_said_in_english_too(head):
    assert explain(f"{head}：甲／乙", "en") == f"{REASONS[head]}: 甲／乙"
    assert explain(f"{head}：甲／乙") == f"{head}：甲／乙"


@given(st.text(alphabet="养老每千名万元GDP占的比例(%)、等各县区2025年以上率数（）岁 ", max_size=40))
def test_any_text_can_be_read_and_equals_itself(text):
    name = parse(text, "%")
    assert decide(name, name).relation == "exact"


# ---------------------------------------------------------------- the scheme


def test_no_name_means_two_metrics():
    owners = {}
    for metric in load_scheme().metrics.values():
        for name in metric.names:
            assert owners.setdefault(parse(name, metric.unit).key, metric.id) == metric.id, name


@pytest.mark.parametrize("metric", load_scheme().metrics.values(), ids=lambda metric: metric.id)
def test_every_name_of_the_scheme_finds_its_metric(metric):
    scheme = load_scheme()
    assert all(scheme.find(parse(name, metric.unit)) == metric.id for name in metric.names)
    assert all(scheme.find(parse(name, None)) == metric.id for name in metric.names)
    assert metric.definition.endswith("。")
    assert metric.direction in (1, 0, -1)
    assert metric.sectors


def test_the_scheme_covers_the_fields_of_common_plans():
    sectors = {sector for metric in load_scheme().metrics.values() for sector in metric.sectors}
    expected = {
        "养老",
        "经济",
        "数字经济",
        "生态环境",
        "节能能源",
        "设备更新",
        "服务业",
        "营商环境",
        "教育",
        "卫生健康",
    }
    assert sectors >= expected | {"农业农村", "交通", "就业"}
    assert sectors <= {*SECTOR_WORDS, "经济"}
    assert len(load_scheme().metrics) >= 120


def test_links_of_the_scheme_name_metrics_that_exist():
    scheme = load_scheme()
    pairs = [*scheme.comparable, *scheme.different]
    assert {ident for pair in pairs for ident in pair} <= set(scheme.metrics)
    assert not set(scheme.comparable) & set(scheme.different)


def test_the_turtle_file_is_what_the_tables_say():
    written = (ROOT / "ontology" / "metrics.ttl").read_text("utf-8")
    assert written == as_turtle(load_scheme()), "run: python -m kg.link.metric_scheme > ontology/metrics.ttl"


def test_the_turtle_file_is_skos():
    graph = rdflib.Graph().parse(ROOT / "ontology" / "metrics.ttl")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == len(load_scheme().metrics)
    assert all(len(list(graph.objects(concept, SKOS.prefLabel))) == 2 for concept in concepts)
    assert set(graph.objects(None, SKOS.inScheme)) == set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert set(graph.objects(None, SKOS.related)) <= concepts


# ---------------------------------------------------------------- concepts


ONE_CONCEPT = [
    [("特殊困难老年人月探访率", "%"), ("月探访率", "%"), ("空巢、留守等特殊困难老年人月探访率", "%")],
    [("每千名老年人社会工作者配比", "‰"), ("每万老年人口拥有社会工作者数", "人"), ("社会工作者配比", "‰")],
    [
        ("新建居住(小)区按标配套建设社区养老服务设施达标率", "%"),
        ("新建居住(小)区配套建设养老服务设施达标率", "%"),
        ("新建居住（小）区养老服务设施达标率", "%"),
    ],
    [("设立老年医学科的二级及以上综合型医院占比", "%"), ("二级及以上综合性医院设立老年医学科的比例", "%")],
    [("有意愿入住的特困人员集中供养率", "%"), ("有集中供养意愿的特困人员集中供养率", "%")],
    [("5G基站数量", "万个"), ("5G基站数", "个")],
    [("粮食总产量", "亿斤"), ("粮食产量", "万吨")],
]
CONCEPTS_APART = [
    [("家庭医生签约率", "%"), ("65岁及以上老年人健康管理率", "%")],
    [
        ("养老机构护理型床位占比", "%"),
        ("乡镇敬老院护理型床位占比", "%"),
        ("街道综合性养老服务机构护理型床位占比", "%"),
        ("新增机构护理型床位占比", "%"),
    ],
    [("民办养老机构占比", "%"), ("社会力量运营的床位占比", "%"), ("政府运营的养老床位数占比", "%")],
    [("城镇调查失业率", "%"), ("城镇登记失业率", "%")],
    [
        ("新建居住区配建社区养老服务设施面积", "平方米/百户"),
        ("已建居住区配建社区养老服务设施面积", "平方米/百户"),
    ],
    [("累计建成5G基站", "个"), ("新建5G基站", "个")],
]


@pytest.mark.parametrize("names", ONE_CONCEPT, ids=lambda names: names[0][0])
def test_names_of_one_metric_share_a_concept(names):
    assert len(set(concept_ids(*(quantity(*name) for name in names)))) == 1


@pytest.mark.parametrize("names", CONCEPTS_APART, ids=lambda names: names[0][0])
def test_metrics_alike_stay_apart_and_are_not_linked_exactly(names, encoder):
    quantities = [quantity(*name) for name in names]
    assert len(set(concept_ids(*quantities))) == len(names)
    concepts, _ = build_concepts(quantities)
    assert all(link.relation == "close" for link in align(concepts, encoder))


def test_a_concept_of_the_scheme_is_described_by_it():
    (concept,), _ = build_concepts([quantity("政府运营的养老床位数占当地养老床位总数的比例")])
    assert concept.id == concept.scheme == "government-bed-share"
    assert (concept.direction, concept.intensive, concept.unit) == (-1, True, "%")
    assert concept.label in concept.names
    assert concept.sectors == ("养老",)


@pytest.mark.parametrize(
    ("indicator", "unit", "comparator", "direction", "intensive"),
    [
        ("建成智慧养老院数量", "家", "=", 1, False),
        ("甲级厕所覆盖率", "%", ">=", 1, True),
        ("窨井污水排放量", "吨", "=", -1, False),
        ("窨井污水排放量下降", "%", "=", 1, True),
        ("新建项目空地比例", "%", "<=", -1, True),
        ("每百户停车位数量", "个", "=", 1, True),
        ("窗口等候时间", "分钟", "<=", -1, True),
        ("某种没有单位的愿望", None, None, 1, None),
    ],
)
def test_what_names_beyond_the_scheme_show(indicator, unit, comparator, direction, intensive):
    (concept,), _ = build_concepts([quantity(indicator, unit, comparator=comparator, value=Decimal(1))])
    assert concept.scheme is None
    assert (concept.direction, concept.intensive) == (direction, intensive)


def test_scope_and_population_kept_beside_the_indicator_count():
    narrow = quantity("护理型床位占比", ident="1", scope="乡镇敬老院")
    wide = quantity("护理型床位占比", ident="2")
    said = quantity("乡镇敬老院护理型床位占比", ident="3", scope="乡镇")
    assert full_name(narrow) == full_name(said) == "乡镇敬老院护理型床位占比"
    ids = concept_ids(narrow, wide, said)
    assert ids[0] == ids[2] != ids[1]


def test_a_norm_for_each_facility_is_no_total():
    norm = quantity("社区嵌入式养老院床位", "张", ident="1", class_="standard")
    total = quantity("社区嵌入式养老院床位", "张", ident="2")
    assert len(set(concept_ids(norm, total))) == 2
    concepts, _ = build_concepts([norm, total])
    assert {concept.intensive for concept in concepts} == {True, False}
    assert [link.relation for link in align(concepts)] == ["close"]


def test_a_projects_facts_are_its_own():
    here = quantity("老年公寓项目总投资", "万元", doc="a", class_="project")
    there = quantity("老年公寓项目总投资", "万元", doc="b", class_="project")
    concepts, _ = build_concepts([here, there])
    assert len(concepts) == 2
    assert align(concepts) == ()


def test_a_name_that_says_nothing_is_its_documents_own(encoder):
    ids = concept_ids(quantity("达标率", doc="a"), quantity("达标率", doc="b"))
    assert len(set(ids)) == 2
    concepts, _ = build_concepts([quantity("达标率", doc="a"), quantity("达标率", doc="b")])
    assert align(concepts, encoder) == ()


def test_ids_do_not_depend_on_the_order():
    quantities = [
        quantity(name, "个") for name in ("智慧食堂数量", "智慧食堂个数", "乡村书屋数", "文化礼堂数")
    ]
    expected = build_concepts(quantities)
    for order in itertools.permutations(quantities):
        assert build_concepts(order)[0] == expected[0]


# ---------------------------------------------------------------- links


def link_of(left, right, encoder=None, unit="%"):
    concepts, _ = build_concepts([quantity(left, unit), quantity(right, unit)])
    (link,) = align(concepts, encoder)
    return link


def test_two_wordings_of_the_nursing_bed_share_compare_with_a_caution():
    """前一个五年规划 says 占当地养老床位总数, the next 养老机构; their values are used as one series."""
    link = link_of("养老机构护理型床位占比", "护理型床位占当地养老床位总数的比例")
    assert (link.relation, link.method) == ("exact", "scheme")
    assert link.score < 1
    assert "分母" in link.reason


def test_complements_are_never_compared():
    link = link_of("政府运营的养老床位数占比", "社会力量运营的床位占比")
    assert link.relation == "close"
    assert "互补" in link.reason


def test_a_close_link_says_why(encoder):
    link = link_of("养老机构护理型床位占比", "乡镇敬老院护理型床位占比", encoder)
    assert link.relation == "close"
    assert link.reason.startswith("范围不同")
    assert {"养老机构", "敬老院"} <= set(re.split("[：／、]", link.reason))


def test_names_of_different_things_are_not_linked(encoder):
    concepts, _ = build_concepts([quantity("森林覆盖率"), quantity("高速公路通车里程", "公里")])
    assert align(concepts, encoder) == ()


def test_links_do_not_depend_on_the_order(encoder):
    concepts, _ = build_concepts(
        quantity(side.indicator, side.unit, ident=f"{n}") for n, side in enumerate(_sides(40))
    )
    expected = align(concepts, encoder)
    assert expected
    assert align(concepts[::-1], encoder) == expected


def test_another_search_can_stand_in(encoder):
    calls = []

    def search(vectors, k, threshold):
        calls.append(len(vectors))
        return nearest(vectors, k, threshold)

    concepts, _ = build_concepts([quantity("食品抽检合格率"), quantity("农产品抽检合格率")])
    assert align(concepts, encoder, search) == align(concepts, encoder)
    assert calls


def _sides(count):
    return [side for pair in read_pairs()[:count] for side in (pair.left, pair.right)]


# ---------------------------------------------------------------- measured on the gold pairs


def test_gold_pairs_with_encoder(encoder):
    """The promise: precision at least 0.97 at recall at least 0.90."""
    result = score(read_pairs(), lambda pair: linked(pair, encoder))
    assert result.precision >= 0.97
    assert result.recall >= 0.90


def test_no_wrong_link_without_encoder():
    assert score(read_pairs(), linked).wrong == 0


def test_the_scheme_names_itself_without_a_wrong_link(encoder):
    """All names of the scheme, as if it were not there: a hundred thousand pairs, nearly all different."""
    owner = {}
    for metric in load_scheme().metrics.values():
        for name in metric.names:
            owner.setdefault(parse(name, metric.unit), metric.id)
    names = sorted(owner, key=lambda name: name.text)
    vectors = encoder.encode([name.text for name in names])
    comparable = load_scheme().comparable
    wrong = [
        (names[i].text, names[j].text)
        for i, j, similarity in nearest(vectors, 12, 0.8)
        if decide(names[i], names[j], similarity).relation == "exact"
        and owner[names[i]] != owner[names[j]]
        and tuple(sorted((owner[names[i]], owner[names[j]]))) not in comparable
    ]
    assert wrong == []


# ---------------------------------------------------------------- passages


def test_copied_tasks_are_found_between_documents(encoder):
    items = [
        (("city", "1"), "实施居家养老服务提质工程，推进社区嵌入式养老院建设"),
        (("county", "1"), "实施居家养老服务提质工程，推进社区嵌入式养老院建设。"),
        (("city", "2"), "实施居家养老服务提质工程，推进社区嵌入式养老院建设"),
        (("county", "2"), "加强森林防火和病虫害防治"),
        (("county", "3"), "总体要求"),
        (("city", "3"), "（一）加强组织领导"),
        (("county", "4"), "加强组织领导"),
    ]
    found = similar_passages(items, encoder)
    assert [(left, right) for left, right, _ in found] == [
        (("city", "1"), ("county", "1")),
        (("county", "1"), ("city", "2")),
    ]
    assert all(score > 0.95 for _, _, score in found)


def test_nothing_is_similar_to_nothing(encoder):
    assert similar_passages([], encoder) == []
    assert similar_passages([(("a", "1"), "加强组织领导和工作保障")], encoder) == []


def test_nearest_agrees_with_counting_it_out():
    vectors = np.random.default_rng(3).normal(size=(60, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    scores = np.round(vectors @ vectors.T, 4)
    np.fill_diagonal(scores, -1)
    expected = {
        (i, int(j))
        for i, row in enumerate(scores)
        for j in np.argsort(-row, kind="stable")[:4]
        if row[j] >= np.float32(0.3)
    }
    assert {(i, j) for i, j, _ in nearest(vectors, 4, 0.3)} == expected
