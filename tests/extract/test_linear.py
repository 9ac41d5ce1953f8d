"""Reading takes work in step with length, whatever the text: counted in steps, not in seconds."""

import sys

import pytest

from kg.extract.quantities import find_quantities
from kg.model import Document
from kg.text.plan import read_plan

#: twice the text may take at most this many times the steps
BOUND = 2.3
SHAPES = {
    "no punctuation": "全市新建泵站10个建设床位达到50%较2023年增长5%到2025年培训人员200人次由水利局在社区与街道",
    "commas": "到2025年,新建泵站10个,合格率达到50%、60%,",
    "lists": "建设泵站5个、水库3个、",
    "brackets": '"一"(新建60%、改建50%)《甲》',
    "open brackets": "((((10个",
    "years": "2023年、2024年、2025年分别达到",
    "wholes": "所有机构均实现全覆盖全部完成",
    "sentences": "到2025年达到50%;",
    "digits": "1234567890",
    "numerals": "一二三四五六七八九十百千",
    "words": "的比例占在与比对将由从每",
    "bare numbers": "达到5突破6超过7",
}


def steps(text):
    """How many calls, of Python or C functions, reading a text takes."""
    plan = read_plan("d", text)
    document = Document(doc="d", start=0, end=len(text), quote="", period=(2021, 2025), issued="2022")
    count = 0

    def tick(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        find_quantities(plan, document)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_steps_grow_with_length(shape):
    once, twice = (steps(shape * (size // len(shape))) for size in (1_500, 3_000))
    assert twice <= BOUND * once + 500


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_no_quote_outgrows_its_neighbourhood(shape):
    """Without punctuation a clause is cut off, so that no quote holds half a document."""
    text = shape * (3_000 // len(shape))
    document = Document(doc="d", start=0, end=len(text), quote="", period=(2021, 2025), issued="2022")
    assert all(len(q.quote) < 1_000 for q in find_quantities(read_plan("d", text), document))
