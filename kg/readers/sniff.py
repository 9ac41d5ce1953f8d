"""What a file is, told from its bytes and never from its name alone."""

from typing import BinaryIO

HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a")

#: format names that a reader exists for, and the extensions they usually carry
EXTENSIONS: dict[str, tuple[str, ...]] = {
    "txt": (".txt", ".text", ".md", ".csv", ".tsv"),
    "html": (".html", ".htm", ".xhtml", ".shtml", ".jsp", ".asp", ".aspx", ".php"),
    "docx": (".docx", ".docm", ".dotx"),
    "doc": (".doc", ".wps", ".wpt", ".dot", ".rtf", ".odt", ".fodt", ".xml", ".uot"),
    "pdf": (".pdf",),
    "scan": (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"),
    "ofd": (".ofd",),
    "zip": (".zip",),
}

#: leading bytes → what the file is, in Chinese and English, for kinds that no reader takes
_FOREIGN: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"Rar!\x1a\x07", ("RAR 压缩包，请先解压", "a RAR archive: unpack it first")),
    (b"7z\xbc\xaf'\x1c", ("7z 压缩包，请先解压", "a 7z archive: unpack it first")),
    (b"\x1f\x8b", ("gzip 压缩包，请先解压", "a gzip archive: unpack it first")),
    (b"BZh", ("bzip2 压缩包，请先解压", "a bzip2 archive: unpack it first")),
    (b"\xfd7zXZ\x00", ("xz 压缩包，请先解压", "an xz archive: unpack it first")),
    (b"MZ", ("Windows 程序", "a Windows program")),
    (b"\x7fELF", ("Linux 程序", "a Linux program")),
    (b"SQLite format 3", ("数据库", "a database")),
    (b"HN\x01\x00", ("CAJ 文献，请转为 pdf", "a CAJ paper: convert it to pdf")),
    (b"CAJ\x00", ("CAJ 文献，请转为 pdf", "a CAJ paper: convert it to pdf")),
    (b"ID3", ("音频", "an audio file")),
    (b"OggS", ("音频", "an audio file")),
    (b"%!PS", ("PostScript，请转为 pdf", "PostScript: convert it to pdf")),
)

_SPREADSHEET = ("电子表格，请另存为 docx 或 pdf", "a spreadsheet: save it as docx or pdf")
_SLIDES = ("演示文稿，请另存为 docx 或 pdf", "a slide show: save it as docx or pdf")
_UNKNOWN = ("二进制文件", "a binary file")


class ForeignFormatError(Exception):
    """The bytes are of a kind that no reader takes; `args` name it in Chinese and English."""


class EncryptedError(Exception):
    """The bytes are an encrypted office document."""


def identify_format(stream: BinaryIO) -> str:
    """The format of a seekable stream: a key of EXTENSIONS; txt when nothing says otherwise.

    Raises:
        ForeignFormatError: a kind that no reader takes.
        EncryptedError: an office document behind a password.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    if head.lstrip().startswith(b"%PDF-") or (b"%PDF-" in head[:1024] and b" obj" in head):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_format(stream)
    if head.startswith(_OLE):
        return _ole_format(stream)
    if head.startswith(_IMAGES) or head[8:12] == b"WEBP" or (head[:2] == b"BM" and head[6:10] == bytes(4)):
        return "scan"
    for magic, what in _FOREIGN:
        if head.startswith(magic) and b"\x00" in head:  # a text may well begin with "MZ" or "ID3"
            raise ForeignFormatError(*what)
    if head[4:8] == b"ftyp":
        raise ForeignFormatError("视频或照片", "a video or photograph")
    return _markup_format(head)


def _zip_format(stream: BinaryIO) -> str:
    """docx, ofd, odt, or a plain zip; a directory too broken to list counts as a zip."""
    import zipfile  # most files are none

    try:
        names = set(zipfile.ZipFile(stream).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return _broken_zip_format(stream)
    roots = {name.replace("\\", "/").split("/")[0].lower() for name in names}
    if "[content_types].xml" in roots:
        if "xl" in roots:
            raise ForeignFormatError(*_SPREADSHEET)
        if "ppt" in roots:
            raise ForeignFormatError(*_SLIDES)
        return "docx"
    if "ofd.xml" in roots:
        return "ofd"
    return "doc" if {"mimetype", "content.xml"} <= roots else "zip"


def _broken_zip_format(stream: BinaryIO) -> str:
    """A truncated package still names its first members near its start."""
    stream.seek(0)
    head = stream.read(64 * 1024)
    if b"[Content_Types].xml" in head or b"word/" in head:
        return "docx"
    return "ofd" if b"OFD.xml" in head else "zip"


def _ole_format(stream: BinaryIO) -> str:
    """A compound file (Word 97, WPS, Excel, encrypted docx), told by its stream names in UTF-16."""
    stream.seek(0)
    data = stream.read()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedError
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book\0")):
        raise ForeignFormatError(*_SPREADSHEET)
    if "PowerPoint Document".encode("utf-16-le") in data:
        raise ForeignFormatError(*_SLIDES)
    return "doc"


def _markup_format(head: bytes) -> str:
    """html, rtf, a one-file office document, or txt."""
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").replace(b"\x00", b"")[:2048].lower()
    if start.startswith(b"{\\rtf"):
        return "doc"
    if start.startswith(b"mime-version:") or b"content-type: multipart/related" in start:
        raise ForeignFormatError("单个网页归档（mht），请另存为 html", "a web archive (mht): save it as html")
    if start.startswith(b"<?xml") and (b"word.document" in start or b"office:document" in start):
        return "doc"
    if start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<") and b"<html" in start):
        return "html"
    return "txt"


def looks_like_html(data: bytes) -> bool:
    """Whether a file named .html holds markup even without an <html> element."""
    return b"<" in data and any(tag in data.lower() for tag in (b"<p", b"<div", b"<br", b"<table", b"<body"))


def refuse_binary(data: bytes) -> None:
    """Raise ForeignFormatError for bytes that cannot be text in any encoding we read."""
    sample = data[: 64 * 1024]
    strange = sum(sample.count(code) for code in (*range(9), *range(14, 27), *range(28, 32)))
    if strange > max(8, len(sample) // 50):
        raise ForeignFormatError(*_UNKNOWN)
