from io import BytesIO

import pytest

from kg.readers.sniff import EncryptedError, ForeignFormatError, identify_format

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

CASES = [
    pytest.param(b"%PDF-1.7\n", "pdf", id="pdf"),
    pytest.param(b"\xef\xbb\xbf\n%PDF-1.4", "txt", id="a text about pdf"),
    pytest.param(b"junk before\n%PDF-1.4\n1 0 obj", "pdf", id="pdf behind junk"),
    pytest.param("文件头为%PDF-的格式".encode(), "txt", id="a mention of the mark"),
    pytest.param(OLE + "WordDocument".encode("utf-16-le"), "doc", id="Word 97"),
    pytest.param(b"{\\rtf1\\ansi", "doc", id="rtf"),
    pytest.param(
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "doc", id="Word 2003 XML"
    ),
    pytest.param(b"<!DOCTYPE html><p>", "html", id="html"),
    pytest.param(b"<!-- site -->\n<HTML><head>", "html", id="html behind a comment"),
    pytest.param("<!DOCTYPE html><html>".encode("utf-16"), "html", id="html in UTF-16"),
    pytest.param("<资料>甲</资料>".encode(), "txt", id="angle brackets in a text"),
    pytest.param(b"\x89PNG\r\n\x1a\n", "scan", id="png"),
    pytest.param(b"BM\x00\x01\x00\x00\x00\x00\x00\x00", "scan", id="bmp"),
    pytest.param("BMI指数达标率".encode(), "txt", id="BM in a text"),
    pytest.param("MZ镇养老规划".encode(), "txt", id="MZ in a text"),
    pytest.param("ID3号地块".encode(), "txt", id="ID3 in a text"),
]


@pytest.mark.parametrize(("data", "fmt"), CASES)
def test_identify_format(data, fmt):
    assert identify_format(BytesIO(data)) == fmt


FOREIGN = [
    pytest.param(b"Rar!\x1a\x07\x00", "RAR", id="rar"),
    pytest.param(b"7z\xbc\xaf'\x1c\x00", "7z", id="7z"),
    pytest.param(b"MZ\x90\x00\x03", "Windows", id="a program"),
    pytest.param(OLE + "Workbook".encode("utf-16-le"), "电子表格", id="xls"),
    pytest.param(b"MIME-Version: 1.0\r\n", "mht", id="web archive"),
    pytest.param(b"\x00\x00\x00\x18ftypmp42", "视频", id="video"),
]


@pytest.mark.parametrize(("data", "named"), FOREIGN)
def test_other_kinds_are_named(data, named):
    with pytest.raises(ForeignFormatError, match=named):
        identify_format(BytesIO(data))


def test_a_docx_behind_a_password_is_told_from_a_doc():
    with pytest.raises(EncryptedError):
        identify_format(BytesIO(OLE + "EncryptedPackage".encode("utf-16-le")))


PACKAGES = [
    ({"[Content_Types].xml": "", "word/document.xml": ""}, "docx"),
    ({"OFD.xml": "", "Doc_0/Document.xml": ""}, "ofd"),
    ({"mimetype": "", "content.xml": ""}, "doc"),
    ({"a.txt": "", "b/c.docx": ""}, "zip"),
]


@pytest.mark.parametrize(("members", "fmt"), PACKAGES)
def test_zip_packages(make_zip, members, fmt):
    with make_zip("x", members).open("rb") as stream:
        assert identify_format(stream) == fmt
