"""Responsibility clauses in every form, what they answer for, and sentences that lay a duty on nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.assignments import find_assignments
from kg.model import Document
from kg.text.plan import read_plan

ROLES = {"lead": "牵头", "support": "配合", "responsible": "责任"}
PLACES = {
    "省": ("江西省", "province"),
    "市": ("江西省南昌市", "prefecture"),
    "区": ("江西省南昌市西湖区", "county"),
    "县": ("宁夏回族自治区固原市泾源县", "county"),
    "国": ("全国", "national"),
    "津": ("天津市", "province"),
    "蒙": ("内蒙古自治区", "province"),
    "京": ("北京市海淀区", "county"),
    "州": ("湖南省湘西土家族苗族自治州", "prefecture"),
}


def assignments(text, place="市"):
    jurisdiction, level = PLACES[place]
    plan = read_plan("d", text)
    document = Document(
        doc="d", start=0, end=len(text), quote="", jurisdiction=jurisdiction, level=level, title="某某规划"
    )
    found = find_assignments(plan, document)
    assert all(text[a.start : a.end] == a.quote for a in found)
    assert all(text[a.task_start : a.task_end] for a in found if a.task_start is not None)
    return found


def said(text, place="市"):
    """Agencies of each clause with their role: [["市民政局 牵头", …], …]."""
    return [[f"{a.name} {ROLES[a.role]}" for a in found.agencies] for found in assignments(text, place)]


LABELS = [
    pytest.param(
        "1.推进设备更新。支持企业改造。（责任单位：市工业和信息化局、市发展改革委，各县（市、区）人民政府）",
        "市",
        [["南昌市工业和信息化局 责任", "南昌市发展改革委 责任", "南昌市各县（市、区）人民政府 责任"]],
        id="label in brackets",
    ),
    pytest.param(
        "1.推进设备更新。支持企业改造。\n牵头单位：市工业和信息化局\n责任单位：市发展改革委、财政局\n配合单位：各县区",
        "市",
        [["南昌市工业和信息化局 牵头", "南昌市发展改革委 责任", "南昌市财政局 责任", "南昌市各县区 配合"]],
        id="three labels on their lines are one clause",
    ),
    pytest.param(
        "1.治理水体。完成整治。（牵头单位：州生态环境局；责任单位：州水利局、州委编办及州直相关单位，各县市人民政府，6月底完成）",
        "州",
        [
            [
                "湘西土家族苗族自治州生态环境局 牵头",
                "湘西土家族苗族自治州水利局 责任",
                "湘西土家族苗族自治州委编办 责任",
                "湘西土家族苗族自治州直相关单位 责任",
                "湘西土家族苗族自治州各县市人民政府 责任",
            ]
        ],
        id="labels in one bracket, a date at its end",
    ),
    pytest.param(
        "3 .责任单位:市交通运输局牵头,市公安局、市城管执法局配合。",
        "市",
        [["南昌市交通运输局 牵头", "南昌市公安局 配合", "南昌市城管执法局 配合"]],
        id="roles inside a labelled list",
    ),
    pytest.param(
        "责任单位：市数据局（牵头）、市委网信办，各开发区管委会",
        "市",
        [["南昌市数据局 牵头", "南昌市委网信办 责任", "南昌市各开发区管委会 责任"]],
        id="the lead in brackets",
    ),
    pytest.param(
        "一、优化服务\n责任单位：市行政审批局、市税务局（第一责任单位为牵头单位，下同）\n时限要求：持续推进\n"
        "二、规范执法\n责任单位：市司法局、市市场监管局\n时限要求：6月底前",
        "市",
        [
            ["南昌市行政审批局 牵头", "南昌市税务局 责任"],
            ["南昌市司法局 牵头", "南昌市市场监管局 责任"],
        ],
        id="a remark makes each first one the lead",
    ),
    pytest.param(
        "1.降低税费。（责任单位：市税务局、市财政局，排在首位的为牵头单位，下同）\n2.稳定岗位。（责任单位：市人社局、市医保局）",
        "市",
        [["南昌市税务局 牵头", "南昌市财政局 责任"], ["南昌市人社局 牵头", "南昌市医保局 责任"]],
        id="the remark inside the first list",
    ),
    pytest.param(
        "1.扩大投入。（责任单位：市工信局、市财政局等有关部门，各县区人民政府、园区管委会。以下措施均需各县区人民政府落实，不再单独列出）",
        "市",
        [["南昌市工信局 责任", "南昌市财政局 责任", "南昌市各县区人民政府 责任", "南昌市各园区管委会 责任"]],
        id="a remark after the list",
    ),
    pytest.param(
        "〔责任单位：省农业农村厅、省委农办，各设区市、县（市、区）人民政府〕",
        "省",
        [["江西省农业农村厅 责任", "江西省委农办 责任", "江西省各设区市、县（市、区）人民政府 责任"]],
        id="other brackets",
    ),
    pytest.param(
        "责任领导：张三\n牵头部门：县教体局\n协办单位：县财政局、编办\n完成时限：2024年12月底前",
        "县",
        [["泾源县教体局 牵头", "泾源县财政局 配合", "泾源县编办 配合"]],
        id="people and dates among the labels",
    ),
    pytest.param(
        "牵头单位：市工信局 配合单位：市商务局 市科技局",
        "市",
        [["南昌市工信局 牵头", "南昌市商务局 配合", "南昌市科技局 配合"]],
        id="spaces as the only separators",
    ),
    pytest.param(
        "责任部门为市民政局、市残联。",
        "市",
        [["南昌市民政局 责任", "南昌市残联 责任"]],
        id="label with 为",
    ),
    pytest.param(
        "主办单位：省教育厅；承办单位：南昌大学", "省", [["江西省教育厅 牵头", "南昌大学 责任"]], id="主办"
    ),
    pytest.param(
        "责任单位:区民政局、各街道党工委、办事处",
        "区",
        [["南昌市西湖区民政局 责任", "南昌市西湖区各街道党工委、办事处 责任"]],
        id="党工委、办事处",
    ),
    pytest.param(
        "[牵头单位:区卫健局;责任单位:区疫情防控指挥部成员单位、全区各专班、各街办(新区)]",
        "区",
        [
            [
                "南昌市西湖区卫健局 牵头",
                "南昌市西湖区疫情防控指挥部成员单位 责任",
                "南昌市西湖区各专班 责任",
                "南昌市西湖区各街办（新区） 责任",
            ]
        ],
        id="members of a body",
    ),
    pytest.param("责任单位：详见附件2。", "市", [], id="a reference is no agency"),
    pytest.param("责任单位为第一责任人，要压实责任。", "市", [], id="a sentence about 责任单位"),
    pytest.param("牵头单位和责任单位要加强沟通。", "市", [], id="roles without names"),
]
BRACKETS = [
    pytest.param(
        "1.更新设备。鼓励更新。（市工业和信息化局牵头，市财政局、市税务局按职责分工负责）",
        "市",
        [["南昌市工业和信息化局 牵头", "南昌市财政局 责任", "南昌市税务局 责任"]],
        id="牵头 and 按职责分工负责",
    ),
    pytest.param(
        "支持各地改造。（各设区市政府、省直有关单位按职责分工负责）",
        "省",
        [["江西省各设区市政府 责任", "江西省直有关单位 责任"]],
        id="collectives only",
    ),
    pytest.param(
        "推进“一网通办”。（市市场监管委牵头，市政务服务办、市委网信办配合，各区人民政府落实）",
        "津",
        [
            [
                "天津市市场监管委 牵头",
                "天津市政务服务办 配合",
                "天津市委网信办 配合",
                "天津市各区人民政府 责任",
            ]
        ],
        id="three roles",
    ),
    pytest.param(
        "编制清单。（市政府办公室、市行政审批制度改革工作领导小组办公室牵头，市级各有关部门及各县市区政府按职责分工负责）",
        "市",
        [
            [
                "南昌市政府办公室 牵头",
                "南昌市行政审批制度改革工作领导小组办公室 牵头",
                "南昌市级各有关部门 责任",
                "南昌市各县市区政府 责任",
            ]
        ],
        id="office of a body, 及",
    ),
    pytest.param(
        "扩大有效投资。（国家发展改革委、工业和信息化部、财政部等按职责分工负责）",
        "国",
        [["国家发展改革委 责任", "工业和信息化部 责任", "财政部 责任"]],
        id="ministries",
    ),
    pytest.param(
        "扩大内需。（发展改革委牵头，5月底前出台政策，年内持续推进）",
        "国",
        [["发展改革委 牵头"]],
        id="remarks on time",
    ),
    pytest.param(
        "稳定就业。（国务院各部门，各省、自治区、直辖市人民政府分别负责）",
        "国",
        [["国务院各部门 责任", "各省、自治区、直辖市人民政府 责任"]],
        id="provinces",
    ),
    pytest.param(
        "支持平台。〔市大数据局、市通信管理局，国网淮安供电公司，各县（区）人民政府，南昌经济技术开发区〕",
        "市",
        [
            [
                "南昌市大数据局 责任",
                "南昌市通信管理局 责任",
                "国网淮安供电公司 责任",
                "南昌市各县（区）人民政府 责任",
                "南昌经济技术开发区 责任",
            ]
        ],
        id="companies and zones among agencies",
    ),
    pytest.param(
        "更新电梯。（住房城乡建设部牵头，中国人民银行、海关总署、中央网信办、证监会等参加；2025年底前完成）",
        "国",
        [["住房城乡建设部 牵头", "中国人民银行 配合", "海关总署 配合", "中央网信办 配合", "证监会 配合"]],
        id="bodies of the nation",
    ),
    pytest.param(
        "发展农牧业。（自治区农牧厅牵头，林草局、自治区党委网信办和各盟市配合）",
        "蒙",
        [
            [
                "内蒙古自治区农牧厅 牵头",
                "内蒙古自治区林草局 配合",
                "内蒙古自治区党委网信办 配合",
                "内蒙古自治区各盟市 配合",
            ]
        ],
        id="an autonomous region",
    ),
    pytest.param(
        "扩大学位。（区教委、市规自委海淀分局、各街镇）",
        "京",
        [["北京市海淀区教委 责任", "北京市规自委海淀分局 责任", "北京市海淀区各街镇 责任"]],
        id="a district of a municipality",
    ),
    pytest.param(
        "加强研发。（省科技厅、省工业和信息化厅）",
        "省",
        [["江西省科技厅 责任", "江西省工业和信息化厅 责任"]],
        id="no role word",
    ),
    pytest.param(
        "改造老旧小区（省住房城乡建设厅负责）。",
        "省",
        [["江西省住房城乡建设厅 责任"]],
        id="before the full stop",
    ),
    pytest.param(
        "会同水利部门治理（省水利厅会同省生态环境厅负责）。",
        "省",
        [["江西省水利厅 牵头", "江西省生态环境厅 配合"]],
        id="会同",
    ),
    pytest.param(
        "市民政局牵头，市财政局、市人社局配合。",
        "市",
        [["南昌市民政局 牵头", "南昌市财政局 配合", "南昌市人社局 配合"]],
        id="a line that is a duty",
    ),
    pytest.param("建设养老院（含公办、民办），床位300张。", "市", [], id="a plain bracket"),
    pytest.param("原市环保局（市生态环境局）承担的职能不变。", "市", [], id="a bracket inside a sentence"),
    pytest.param("各市、县（市、区）加快建设。", "市", [], id="a territory's bracket"),
]
PROSE = [
    pytest.param(
        "由市发展改革委牵头，会同市工信局、市商务局建立项目库。",
        "市",
        [["南昌市发展改革委 牵头", "南昌市工信局 配合", "南昌市商务局 配合"]],
        id="由X牵头,会同Y",
    ),
    pytest.param(
        "由县民政局牵头负责，县直各部门单位、各镇具体实施。",
        "县",
        [["泾源县民政局 牵头", "泾源县直各部门单位 责任", "泾源县各镇 责任"]],
        id="由X牵头,Y实施",
    ),
    pytest.param(
        "市发改委要会同市督查室对工作进行督导。",
        "市",
        [["南昌市发改委 牵头", "南昌市督查室 配合"]],
        id="要会同",
    ),
    pytest.param(
        "（一）市商务局牵头统筹全市工作，市财政局负责资金审核。\n（二）各县（市、区）要建立专班。",
        "市",
        [["南昌市商务局 牵头"], ["南昌市财政局 责任"], ["南昌市各县（市、区） 责任"]],
        id="numbered sentences",
    ),
    pytest.param("市财政局落实资金保障。", "市", [["南昌市财政局 责任"]], id="X落实…"),
    pytest.param("省教育厅组织开展专项督导。", "省", [["江西省教育厅 责任"]], id="X组织开展…"),
    pytest.param("各镇街对本辖区环境质量负责。", "市", [["南昌市各镇街 责任"]], id="X对…负责"),
    pytest.param(
        "县委农办要发挥牵头抓总作用。", "县", [["泾源县委农办 牵头"]], id="an office of the committee"
    ),
    pytest.param("市就业服务中心负责每月汇总情况。", "市", [["南昌市就业服务中心 责任"]], id="a centre"),
    pytest.param("人行南昌市分行要加大信贷投放。", "市", [["人行南昌市分行 责任"]], id="a bank's branch"),
    pytest.param(
        "市交通运输局牵头负责规划实施，各县区人民政府承担主体责任，市发展改革委等部门加强要素保障。",
        "市",
        [["南昌市交通运输局 牵头"], ["南昌市各县区人民政府 责任"], ["南昌市发展改革委 责任"]],
        id="each clause a duty of its own",
    ),
    pytest.param(
        "市教育局牵头制定年度计划，市财政局负责完善经费投入机制。",
        "市",
        [["南昌市教育局 牵头"], ["南昌市财政局 责任"]],
        id="X牵头…, Y负责 something else",
    ),
    pytest.param("市商务局负责牵头推进。", "市", [["南昌市商务局 牵头"]], id="负责牵头"),
    pytest.param(
        "宣传、组织等部门要加强引导，县（市、区）人民政府要安排经费。",
        "省",
        [["江西省宣传部门 责任", "江西省组织部门 责任"], ["江西省县（市、区）人民政府 责任"]],
        id="governments below, without 各",
    ),
    pytest.param(
        "省自然资源厅负责指导，省税务局、江西银保监局参与。",
        "省",
        [["江西省自然资源厅 责任", "江西省税务局 配合", "江西银保监局 配合"]],
        id="X负责,Y参与",
    ),
    pytest.param(
        "各区（市）县政府（管委会）要落实责任，市级各部门要制定方案。",
        "市",
        [["南昌市各区（市）县政府（管委会） 责任"], ["南昌市级各部门 责任"]],
        id="brackets in a collective",
    ),
    pytest.param(
        "市各有关部门、各县区每季度末向领导小组报送进展。",
        "市",
        [["南昌市各有关部门 责任", "南昌市各县区 责任"]],
        id="reports each quarter",
    ),
    pytest.param("街道办事处要落实属地责任。", "区", [["南昌市西湖区街道办事处 责任"]], id="offices below"),
    pytest.param("由县水务局负责河道清淤。", "县", [["泾源县水务局 责任"]], id="由X负责"),
    pytest.param(
        "市教育局要加强统筹，各县区要落实主体责任。",
        "市",
        [["南昌市教育局 责任"], ["南昌市各县区 责任"]],
        id="two duties in a sentence",
    ),
    pytest.param(
        "市大数据局负责平台建设，市财政局负责资金保障。",
        "市",
        [["南昌市大数据局 责任"], ["南昌市财政局 责任"]],
        id="X负责…,Y负责…",
    ),
    pytest.param(
        "省生态环境厅会同省财政厅制定奖补办法。",
        "省",
        [["江西省生态环境厅 牵头", "江西省财政厅 配合"]],
        id="X会同Y",
    ),
    pytest.param("市商务局要牵头做好以旧换新工作。", "市", [["南昌市商务局 牵头"]], id="要牵头"),
    pytest.param("市财政局要积极配合市工信局做好资金兑现。", "市", [["南昌市财政局 配合"]], id="要配合"),
    pytest.param("各级财政部门应当统筹安排资金。", "市", [["南昌市各级财政部门 责任"]], id="应当"),
    pytest.param(
        "民政、财政、卫生健康等部门要加强协作。",
        "市",
        [["南昌市民政部门 责任", "南昌市财政部门 责任", "南昌市卫生健康部门 责任"]],
        id="fields share 部门",
    ),
    pytest.param(
        "市税务局、市医保局按职责抓好落实。",
        "市",
        [["南昌市税务局 责任", "南昌市医保局 责任"]],
        id="按职责抓好落实",
    ),
    pytest.param("县乡村振兴局定期向县政府报告进展。", "县", [["泾源县乡村振兴局 责任"]], id="reports"),
    pytest.param(
        "各县（市、区）人民政府是本行动的责任主体，要细化方案。",
        "市",
        [["南昌市各县（市、区）人民政府 责任"]],
        id="是责任主体",
    ),
    pytest.param(
        "专班办公室设在市发改委，办公室主任由市发改委主要负责同志兼任。",
        "市",
        [["南昌市专班办公室 责任", "南昌市发改委 责任"]],
        id="seat of a body without a name",
    ),
    pytest.param(
        "成立副市长为组长的设备更新工作专班，专班办公室设在市发改委。",
        "市",
        [["南昌市设备更新工作专班办公室 责任", "南昌市发改委 责任"]],
        id="seat of a body that is set up under no level word",
    ),
    pytest.param(
        "各县（市、区）人民政府，各开发区管委会要加强组织领导。",
        "市",
        [["南昌市各县（市、区）人民政府 责任", "南昌市各开发区管委会 责任"]],
        id="subjects on both sides of a comma",
    ),
    pytest.param(
        "1.市民政局：负责统筹养老服务。\n2.市财政局：牵头落实经费。",
        "市",
        [["南昌市民政局 责任"], ["南昌市财政局 牵头"]],
        id="a colon behind the agency",
    ),
    pytest.param(
        "市设备更新工作领导小组统筹推进各项工作。领导小组办公室设在市工信局。",
        "市",
        [["南昌市设备更新工作领导小组 责任"], ["南昌市设备更新工作领导小组办公室 责任", "南昌市工信局 责任"]],
        id="seat of a body named before",
    ),
    pytest.param(
        "充分发挥市优化营商环境工作领导小组统筹协调作用，定期会商。",
        "市",
        [["南昌市优化营商环境工作领导小组 责任"]],
        id="发挥…作用",
    ),
    pytest.param(
        "在市人社局进行登记后，由市财政局拨付补贴。",
        "市",
        [["南昌市人社局 责任", "南昌市财政局 责任"]],
        id="在X登记后,由Y",
    ),
    pytest.param("各地各部门要深刻认识重要意义。", "省", [["江西省各地各部门 责任"]], id="各地各部门"),
    pytest.param(
        "各地区、各有关部门要加强组织领导。",
        "国",
        [["各地区 责任", "各有关部门 责任"]],
        id="national collectives",
    ),
]
NOBODY = [
    pytest.param("有关部门要加强监督。", id="unnamed"),
    pytest.param("总体要求：加强组织领导。", id="a heading with its colon"),
    pytest.param("依托市产业发展领导小组，健全工作推进机制。", id="relied on, no duty"),
    pytest.param("鼓励各县区积极探索创新。", id="encouraged"),
    pytest.param("各相关部门、街道根据职责分工，压实责任。", id="a rule for everybody"),
    pytest.param("县区建设失能照护中心，街道建设养老服务机构。", id="levels as places"),
    pytest.param("将民政部门纳入规划委员会。", id="an object"),
    pytest.param("价格由市场形成，养老机构自行确定。", id="由市场"),
    pytest.param("领导小组由市长任组长，成员由市民政局、市财政局组成。", id="members"),
    pytest.param("推动市民政局与企业合作，满足重要需求。", id="named only"),
    pytest.param("由属地人民政府指定的机构托管。", id="an agency that only appoints"),
    pytest.param("省委、省政府高度重视养老工作。", id="background"),
    pytest.param("发挥市场作用，发挥企业主体作用，发挥社会组织的作用。", id="no body"),
    pytest.param("鼓励企业牵头成立产业联盟，行业协会要加强自律。", id="companies and associations"),
    pytest.param("市民要树立节约意识。各类主体应积极参与。", id="people"),
    pytest.param("市民政局主要负责同志要亲自抓。", id="a person"),
    pytest.param("市民政局加强了机构监管。", id="what was done"),
    pytest.param("市发展改革委会同市财政局起草了《方案》。", id="what was drafted"),
    pytest.param("以下措施均需各县区人民政府落实。", id="a remark on all"),
]


@pytest.mark.parametrize(("text", "place", "expected"), [*LABELS, *BRACKETS])
def test_printed_duties(text, place, expected):
    assert said(text, place) == expected


@pytest.mark.parametrize(("text", "place", "expected"), PROSE)
def test_duties_told_in_sentences(text, place, expected):
    assert said(text, place) == expected


@pytest.mark.parametrize("text", NOBODY)
def test_no_duty_for_anybody(text):
    assert said(text) == []


TASKS = [
    ("二、重点任务\n（一）推动产业融合。\n1.重点任务：支持发展。\n2.责任单位：市民政局。", "推动产业融合"),
    ("一、重点行动\n1.实施老旧小区改造。加装电梯。（责任单位：市住建局）", "实施老旧小区改造"),
    (
        "一、重点行动\n3.支持充电桩建设，新增1000个，优化布局，加强管理，提升服务。（责任单位：市能源局）",
        "支持充电桩建设",
    ),
    ("责任单位：市能源局", "某某规划"),
]


@pytest.mark.parametrize(("text", "task"), TASKS)
def test_the_task_is_the_heading_above(text, task):
    assert [a.task for a in assignments(text)] == [task]


def test_quote_is_the_clause_without_brackets_and_stop():
    (found,) = assignments("1.更新设备。鼓励更新。（责任单位：市工信局、\n市财政局）。")
    assert found.quote == "责任单位：市工信局、\n市财政局"


TABLE = (
    "附件1\n任务分工表\n序号\t工作任务\t牵头单位\t配合单位\t完成时限\n"
    "1\t建设数字政务平台\t市数据局\t市财政局、市委网信办\t2025年6月底前\n"
    "2\t开展技能培训\t市人社局\t市教育局、各县（市、区）政府\t2025年12月底前\n"
    "3\t完成总结\t\t\t2025年12月\n"
)


def test_duty_columns_give_one_clause_a_row():
    found = assignments(TABLE)
    assert [(a.task, [f"{x.name} {ROLES[x.role]}" for x in a.agencies]) for a in found] == [
        ("建设数字政务平台", ["南昌市数据局 牵头", "南昌市财政局 配合", "南昌市委网信办 配合"]),
        ("开展技能培训", ["南昌市人社局 牵头", "南昌市教育局 配合", "南昌市各县（市、区）政府 配合"]),
    ]


@given(
    st.text(
        alphabet="市县区民政财局委部由要负责牵头配合责任单位：:、，。；;()（）各等\n 办公室设在领导小组2025年",
        max_size=80,
    )
)
def test_any_text_is_read_with_true_quotes(text):
    for found in assignments(text):
        assert found.quote
        assert found.agencies


@pytest.mark.parametrize(
    "unit",
    ["责任单位：", "（市", "由市", "市民政局、", "各", "要", "市", "县(", "和", "\n责任单位:", "领导小组"],
)
def test_a_million_characters_of_one_kind_are_no_trouble(unit):
    # a quadratic pattern would need hours here
    size = 60_000
    assignments(unit * (size // len(unit)))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("（市税务局牵头，市公安局配合；2024年9月底前完成）", "市税务局牵头，市公安局配合"),
        ("（市税务局牵头，市公安局配合，持续推进）", "市税务局牵头，市公安局配合"),
        ("（市税务局牵头，2个县区配合）", "市税务局牵头，2个县区配合"),
        ("市税务局（含分局）牵头，做好（减税）工作。", "市税务局（含分局）牵头，做好（减税）工作"),
        (
            "县绿化委员会办公室负责统筹调度，各镇主要负责人为第一责任人。",
            "县绿化委员会办公室负责统筹调度",
        ),
    ],
)
def test_a_clause_ends_with_what_it_lays_on_agencies(text, quote):
    assert [found.quote for found in assignments(text)] == [quote]
