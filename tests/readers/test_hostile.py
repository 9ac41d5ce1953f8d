"""Files made to do harm: each is refused with its reason, or read within the limits, and fast."""

import struct
import zipfile

import pytest

from kg.errors import DocumentError
from kg.limits import MB, Limits
from kg.readers import read, read_all

LAUGHS = '<!DOCTYPE d [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BODY = "<w:p><w:r><w:t>目标</w:t></w:r></w:p>"


def fault(path, limits=None):
    with pytest.raises(DocumentError) as caught:
        read(path, limits or Limits())
    return caught.value.fault


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE], ids=["billion laughs", "external entity"])
def test_entities_in_a_docx(make_docx, doctype):
    path = make_docx(
        BODY, {"word/document.xml": f"{doctype}<document><body><p><t>&x;&b;</t></p></body></document>"}
    )
    assert "实体" in fault(path)


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE], ids=["billion laughs", "external entity"])
def test_entities_in_an_ofd(make_zip, doctype):
    assert "实体" in fault(make_zip("a.ofd", {"OFD.xml": f"{doctype}<OFD>&x;&b;</OFD>"}))


def test_entities_in_utf16_are_seen_too(make_docx):
    data = f'<?xml version="1.0" encoding="utf-16"?>{LAUGHS}<document><body>&b;</body></document>'.encode(
        "utf-16"
    )
    assert "实体" in fault(make_docx(BODY, {"word/document.xml": data}))


def test_entities_in_a_web_page_are_text(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(f"{OUTSIDE}<html><body><p>目标&x;&b;达到100%</p></body></html>", "utf-8")
    assert "root:" not in read(path)[0].characters


def test_a_zip_bomb(make_zip):
    assert "压缩炸弹" in fault(make_zip("a.zip", {"a.txt": b"0" * (50 * MB)}))


def test_a_docx_bomb(make_docx):
    assert "压缩炸弹" in fault(make_docx(BODY, {"word/media/x.xml": b" " * (50 * MB)}))


def test_a_bomb_that_lies_about_its_size(make_zip):
    """The directory promises 10 bytes; the limit is held while unpacking."""
    path = make_zip("a.zip", {"a.txt": b"0" * (5 * MB)})
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(bytes(data))
    assert "损坏" in fault(path) or "太大" in fault(path)


def test_many_members(make_zip):
    assert "太多" in fault(make_zip("a.zip", {f"{i}.txt": "x" for i in range(60)}), Limits(members=50))


def test_archives_in_archives(make_zip):
    data: bytes | str = "目标"
    for level in range(4):
        data = make_zip("a.zip", {f"{level}.zip" if level else "a.txt": data}).read_bytes()
    assert "嵌套过深" in fault(make_zip("a.zip", {"b.zip": data}))


UNSAFE = ["../outside.txt", "/etc/outside.txt", "a/../../outside.txt", "C:/outside.txt", "..\\outside.txt"]


@pytest.mark.parametrize("name", UNSAFE)
def test_paths_that_lead_outside(tmp_path, name):
    """The member is refused by name; the others are read; nothing is written beside the archive."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(zipfile.ZipInfo(name), "坏")
        package.writestr("good.txt", "目标")
    reading = read_all(path)
    assert [text.characters for text in reading.texts] == ["目标"]
    assert ["包外" in error.fault for error in reading.faults] == [True]
    assert [item.name for item in tmp_path.iterdir()] == ["a.zip"]


def test_a_link_in_an_archive_is_a_text_at_most(tmp_path):
    """A symbolic link is a member whose content is a path: it is never followed."""
    path = tmp_path / "a.zip"
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(info, "/etc/passwd")
    assert [text.characters for text in read(path)] == ["/etc/passwd"]


def test_an_encrypted_archive(make_zip):
    path = make_zip("a.zip", {"a.txt": "目标"})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    path.write_bytes(bytes(data))
    assert "加密" in fault(path)


def test_deep_nesting(make_docx):
    body = "<w:sdt>" * 3000 + BODY + "</w:sdt>" * 3000
    assert "嵌套过深" in fault(make_docx(body)) or "损坏" in fault(make_docx(body))


def test_an_xml_part_too_large(make_docx):
    assert "太大" in fault(make_docx(BODY * 60_000), Limits(xml_bytes=MB, ratio=10_000))


def test_absurd_spans_make_no_absurd_tables(make_docx, tmp_path):
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>'
    (text,) = read(make_docx(f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>"))
    assert text.characters == "甲\t甲\n\n"
    page = tmp_path / "a.html"
    page.write_text("<html><table><tr><td rowspan=99999999 colspan=99999999>目<td>标</table></html>", "utf-8")
    assert read(page)[0].characters.split() == ["目", "标"]


@pytest.mark.parametrize("size", [100, 2_000, 30_000])
@pytest.mark.parametrize("sample", ["notice.docx", "notice.pdf", "notice.ofd", "notice.png"])
def test_truncated_files_are_refused_or_read(files, tmp_path, sample, size):
    path = tmp_path / sample
    path.write_bytes((files / sample).read_bytes()[:size])
    if size < path.stat().st_size or size < (files / sample).stat().st_size:
        assert fault(path)
    else:
        assert read(path)


def test_patterns_meet_text_made_to_blow_them_up(make_docx):
    """Long runs of what the readers' patterns repeat: spaces, digits, dashes, percent signs."""
    for run in (" ", "1", "-", "—", "%0", "第1页", "\u3000", "(", "索 "):
        text = f"<w:p><w:r><w:t>{run * (200_000 // len(run))}目</w:t></w:r></w:p>"
        assert read(make_docx(text), Limits(ratio=10_000))[0].characters.endswith("目\n")
