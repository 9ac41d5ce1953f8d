import pytest

from kg.errors import DocumentError
from kg.readers.plain import decode

PLAN = "到2025年，全市养老机构护理型床位占比达到60%以上，每千名老年人配备社会工作者1人。\r\n（一）主要目标\n"
TAIWAN = "為積極應對人口老化，推動長期照顧服務，發展居家、社區與機構的照顧體系。"

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_plan_reads_the_same_in_every_encoding(encoding):
    decoding = decode(PLAN.encode(encoding), "plan.txt")
    assert decoding.characters == PLAN
    assert PLAN.encode(encoding).decode(decoding.encoding).removeprefix("\ufeff") == PLAN


CASES = [
    pytest.param(TAIWAN.encode("big5"), TAIWAN, "big5hkscs", id="Big5"),
    pytest.param(TAIWAN.encode("gb18030"), TAIWAN, "gb18030", id="traditional characters in GB18030"),
    pytest.param("养老".encode("gb18030"), "养老", "gb18030", id="two characters: the national standard"),
    pytest.param(b"plan 2025", "plan 2025", "utf-8", id="ASCII"),
    pytest.param("a\x00b 目标".encode(), "a\x00b 目标", "utf-8", id="one NUL in UTF-8 stays"),
    pytest.param(b"\x84\x31\x95\x33" + "目标".encode("gb18030"), "目标", "gb18030", id="GB18030 with a mark"),
    pytest.param("2025: 60%\r\n".encode("utf-16-le"), "2025: 60%\r\n", "utf-16-le", id="UTF-16, digits only"),
    pytest.param("㐀𠀀目标和任务".encode("gb18030"), "㐀𠀀目标和任务", "gb18030", id="four-byte characters"),
    pytest.param("café 目标".encode(), "café 目标", "utf-8", id="accents in UTF-8"),
]


@pytest.mark.parametrize(("data", "characters", "encoding"), CASES)
def test_decode(data, characters, encoding):
    decoding = decode(data, "plan.txt")
    assert (decoding.characters, decoding.encoding) == (characters, encoding)


DAMAGED = [
    pytest.param((PLAN * 3).encode()[:-3], id="cut inside a character"),
    pytest.param((PLAN * 3).encode().replace("护".encode(), b"\xe6\x8a", 1), id="a byte lost"),
    pytest.param(
        (PLAN * 3).encode("gb18030")[:99] + b"\xff" + (PLAN * 3).encode("gb18030")[100:], id="GB18030"
    ),
]


@pytest.mark.parametrize("data", DAMAGED)
def test_a_little_damage_is_shown_and_said(data):
    decoding = decode(data, "plan.txt")
    assert "主要目标" in decoding.characters
    assert "\ufffd" in decoding.characters
    assert any("U+FFFD" in note for note in decoding.notes)


REFUSED = [
    pytest.param(bytes(range(256)) * 20, id="every byte there is"),
    pytest.param(b"\x00" * 500, id="zeros"),
    pytest.param("Liberté, égalité, fraternité déjà".encode("latin-1") * 3, id="Latin-1"),
    pytest.param("это не китайский документ".encode("koi8-r") * 4, id="Russian"),
    pytest.param(b"\xff\xfe" + bytes(range(0, 255)) * 8 + b"\xd8", id="a mark before noise"),
]


@pytest.mark.parametrize("data", REFUSED)
def test_what_reads_as_no_text_is_refused(data):
    with pytest.raises(DocumentError, match=r"x\.txt"):
        decode(data, "x.txt")
