"""Document numbers in every written form, and what only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.document_numbers import find_numbers

OURS = "洪府办发〔2022〕26号"

#: one number in the forms that texts print
FORMS = [
    "洪府办发〔2022〕26号",
    "洪府办发〔 2022 〕 26 号",
    "洪府办发 〔2022〕26 号",
    "洪 府 办 发 〔2022〕 26 号",
    "洪府办发［2022］26号",
    "洪府办发[2022]26号",
    "洪府办发【2022】26号",
    "洪府办发（2022）26号",
    "洪府办发(2022)26号",
    "洪府办发﹝2022﹞26号",
    "洪府办发〈2022〉26号",
    "洪府办发《2022》26号",
    "洪府办发「2022」26号",
    "洪府办发<2022>26号",
    "洪府办发[2022〕26号",
    "洪府办发〔２０２２〕２６号",
    "洪府办发〔2022〕026号",
    "洪府办发〔2022〕0026号",
    "洪府办发〔2022〕第26号",
    "洪府办发〔2022年〕26号",
    "洪府办发〔2O22〕26号",
    "洪府办发〔2○22〕26号",
    "洪府办发〔二○二二〕26号",
    "洪府办发〔二〇二二〕二十六号",
    "洪府办发〔2022〕26號",
    "洪府办发〔2022〕26号文件",
    "（洪府办发〔2022〕26）",
    "洪府办发\n〔2022〕26号",
    "洪府办发〔2022〕\n26号",
    "洪府办\n发〔2022〕26号",
    "洪府办发2022〕26号",
    "洪府办发〔2022 26号",
    "洪府办发2022年第26号",
]


@pytest.mark.parametrize("text", FORMS)
def test_every_written_form_is_the_same_number(text):
    [found] = find_numbers(text)
    assert (found.number, found.agency, found.year, found.serial) == (OURS, "洪府办发", 2022, 26)


LED = [
    ("按照国办发〔2020〕23号要求", "国办发〔2020〕23号"),
    ("根据洪府办发〔2022〕26号精神", OURS),
    ("贯彻落实国发〔2013〕35号文件", "国发〔2013〕35号"),
    ("现将国办发〔2020〕23号转发给你们", "国办发〔2020〕23号"),
    ("原洪府发〔2015〕3号废止", "洪府发〔2015〕3号"),
    ("以及国办发〔2020〕23号", "国办发〔2020〕23号"),
    ("及国办发〔2020〕23号", "国办发〔2020〕23号"),
    ("和民发〔2019〕88号", "民发〔2019〕88号"),
    ("经国函〔2019〕6号批准", "国函〔2019〕6号"),
    ("执行豫政办〔2017〕108号规定", "豫政办〔2017〕108号"),
    ("市政府制定的洪府发〔2021〕6号", "洪府发〔2021〕6号"),
    ("苏州市住房和城乡建设局苏住建规〔2021〕3号", "苏住建规〔2021〕3号"),
    ("国务院办公厅国办发〔2020〕23号", "国办发〔2020〕23号"),
    ("国家发展改革委发改社会〔2019〕160号", "发改社会〔2019〕160号"),
    ("省委赣发〔2019〕3号", "赣发〔2019〕3号"),
    ("工业和信息化部工信部联装〔2023〕1号", "工信部联装〔2023〕1号"),
    ("关于印发规划的通知洪府发〔2021〕6号", "洪府发〔2021〕6号"),
    ("南昌市人民政府办公室文件\n洪府办发〔2022〕26号", OURS),
    # what looks like a lead-in and is the code itself
    ("和政办发〔2023〕1号", "和政办发〔2023〕1号"),
    ("工信部联规〔2021〕1号", "工信部联规〔2021〕1号"),
    ("人社部发〔2019〕55号", "人社部发〔2019〕55号"),
    ("川委办〔2019〕27号", "川委办〔2019〕27号"),
    ("渝委办发〔2018〕5号", "渝委办发〔2018〕5号"),
    ("发改规划〔2019〕617号", "发改规划〔2019〕617号"),
    ("沪经信规范〔2023〕4号", "沪经信规范〔2023〕4号"),
    ("国卫老龄发〔2019〕60号", "国卫老龄发〔2019〕60号"),
    ("京民养老发〔2021〕3号", "京民养老发〔2021〕3号"),
]


@pytest.mark.parametrize(("text", "number"), LED)
def test_words_before_the_code_are_left_out(text, number):
    assert [found.number for found in find_numbers(text)] == [number]


OTHERS = [
    ("《养老机构管理办法》（民政部令第66号）", "民政部令第66号"),
    ("民政部第 66 号令", "民政部令第66号"),
    ("国务院令第722号", "国务院令第722号"),
    ("国令第722号", "国令第722号"),
    ("第722号国务院令", "国务院令第722号"),
    ("中华人民共和国主席令第七十二号", "中华人民共和国主席令第72号"),
    ("江西省人民政府令第236号", "江西省人民政府令第236号"),
    ("交通运输部令2019年第17号", "交通运输部令2019年第17号"),
    ("公告2019年第1号", "公告2019年第1号"),
    ("财政部 税务总局公告2019年第76号", "财政部税务总局公告2019年第76号"),
    ("南昌市人民代表大会常务委员会公告第38号", "南昌市人民代表大会常务委员会公告第38号"),
    ("（建标 144）", "建标144"),
    ("建标144-2010", "建标144-2010"),
    ("GB/T 29353—2012", "GB/T29353-2012"),
    ("GB 50867-2013", "GB50867-2013"),
    ("DB36/T 1234-2020", "DB36/T1234-2020"),
    ("JGJ 450-2018", "JGJ450-2018"),
    ("T/CECS 123-2020", "T/CECS123-2020"),
    ("《挥发性有机物无组织排放控制标准》（GB 37822-2019）", "GB37822-2019"),
]


@pytest.mark.parametrize(("text", "number"), OTHERS)
def test_orders_announcements_and_standards(text, number):
    assert [found.number for found in find_numbers(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "总第9期",
        "第九号",
        "第26号",
        "电话:0791-86589707",
        "(2022)赣01民初3号",
        "建设大道(2021)5号楼",
        "西环路〔2021〕5号院",
        "建标144个",
        "2022年26号线",
        "在册企业SL 100家",
        "指令第5号泵站",
        "到2025年，建成26个",
        "(2023)第3期",
        "5G 3000-2022",
    ],
)
def test_what_only_looks_like_a_number(text):
    assert find_numbers(text) == []


def test_several_numbers_stay_apart():
    found = find_numbers("洪府发〔2021〕6号和洪府办发〔2022〕26号、以及民发〔2019〕88号")
    assert [one.number for one in found] == ["洪府发〔2021〕6号", OURS, "民发〔2019〕88号"]


PIECES = st.sampled_from(
    [*"洪府办发国政〔〕[]（）2022年第26号令公告GB/T建标 \n○0和原经的", "民政部", "根据", "国务院办公厅"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_gives_spans_inside_it_that_do_not_overlap(text):
    found = find_numbers(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("piece", ["字", "〔", "洪府办发", "2022", "第", "令", "〔2022〕", " "])
def test_a_long_text_of_one_piece_ends(piece):
    find_numbers(piece * (200_000 // len(piece)))
