"""Small files made on the spot: a docx or an ofd from the XML that matters."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

FILES = Path(__file__).parents[1] / "files"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


@pytest.fixture
def files() -> Path:
    """The folder of sample files."""
    return FILES


@pytest.fixture
def make_zip(tmp_path: Path) -> Callable[..., Path]:
    """A zip of the given members; keys are names, values text or bytes."""

    def make(name: str, members: dict[str, str | bytes]) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for member, content in members.items():
                package.writestr(member, content)
        return path

    return make


@pytest.fixture
def make_docx(make_zip) -> Callable[..., Path]:
    """A docx whose body is the given WordprocessingML; keyword parts are other files of word/."""

    def make(body: str, extra: dict[str, str | bytes] | None = None, **parts: str) -> Path:
        members: dict[str, str | bytes] = {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships><Relationship Id="1" Type="{RELATION}" Target="word/document.xml"/>'
            "</Relationships>",
            "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        }
        members |= {f"word/{part}.xml": f"<w:{part} {WORD}>{xml}</w:{part}>" for part, xml in parts.items()}
        return make_zip("plan.docx", members | (extra or {}))

    return make


@pytest.fixture
def make_ofd(make_zip) -> Callable[..., Path]:
    """An ofd of the given pages' layer contents; `common` goes into CommonData, `before` before each
    page's content, `extra` into the zip."""

    def make(
        *pages: str, common: str = "", extra: dict[str, str | bytes] | None = None, before: str = ""
    ) -> Path:
        members: dict[str, str | bytes] = {
            "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocInfo><ofd:Title>规划</ofd:Title></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>"
            + "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(pages)))
            + "</ofd:Pages></ofd:Document>",
        }
        for number, layer in enumerate(pages):
            members[f"Doc_0/Pages/{number}.xml"] = (
                f"<ofd:Page {OFD}>{before}<ofd:Content><ofd:Layer>{layer}</ofd:Layer></ofd:Content></ofd:Page>"
            )
        return make_zip("plan.ofd", members | (extra or {}))

    return make
