"""html as government sites serve it: the body of the page, its title and its information table.

Nothing is fetched. What a visitor does not read as the document (menus, search boxes, "related",
footers, hidden parts) is left out; what is left out is counted in the notes.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html as lxml_html

from kg.errors import DocumentError
from kg.limits import Limits
from kg.readers.base import Text, tidy
from kg.readers.markup import Markup, plain_text, squeeze
from kg.readers.messages import note, refusal, too_large
from kg.readers.plain import Decoding, decode
from kg.readers.xml import Element, check_depth, local

_UNREAD = (
    "script style noscript template iframe object embed svg nav footer aside input select option button "
    "textarea audio video canvas map"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: names that site builders give to what surrounds a document
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:foot(?:er)?|copyright|nav\w*|menu\w*|side(?:bar)?|breadcrumbs?|crumbs?|position|location|"
    r"search\w*|share\w*|bdshare\w*|related|recommend\w*|friend\w*|links?|toolbar|tools?|pagination|pager|"
    r"login|banner|qrcode|ewm|dayin|fenxiang)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
#: names that the usual publishing systems give to a document's body
_BODY_NAMES = (
    "trs_editor trs_ueditor ucap-content zoom pages_content article-content articlecontent article_content "
    "custom_unionstyle wp_articlecontent news_content_text content-body detail-content j-fontcontent "
    "xxgk_content view-content maintext con_txt txt_txt"
)
_BODY = frozenset(_BODY_NAMES.split())
_DOMINANT = 0.75
_INFORMATION = re.compile(
    r"索\s*引\s*号|发\s*文\s*字\s*号|文\s*号|发布机构|发文机关|制发机关|成文日期|主题分类"
)
_INFORMATION_MOST = 1_500
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
#: page tags that the state's rules for government sites prescribe, and what we call them
_META = {"articletitle": "title", "pubdate": "published", "contentsource": "source", "author": "author"}
_META |= {"sitename": "site", "columnname": "column", "keywords": "keywords"}


def read_html(path: Path, name: str, limits: Limits) -> Text:
    """Read one web page: its information table and title, then the body, tables one row a line.

    Paragraphs are one line each. hints hold the page's own tags (title, published, source …).
    """
    data = path.read_bytes()
    if len(data) > limits.xml_bytes:
        raise too_large(name, len(data), limits.xml_bytes, "xml_bytes")
    decoding = _decode(data, name)
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = lxml_html.document_fromstring(tidy(decoding.characters).encode("utf-8", "ignore"), parser=parser)
    check_depth(root, name, limits)
    hints, headline = _hints(root), _headline(root)
    body = next(root.iter("body"), None)
    if body is None:
        raise refusal(name, "no_text")
    hidden = _drop_unseen(body)
    whole = _length(body)
    main = _main(body)
    markup = Markup(limits)
    for line in _before_body(body, main, headline):
        markup.write_line(line)
    markup.write(main)
    characters = markup.lines.characters()
    notes = [*decoding.notes, *markup.notes, *_notes(main, whole - _length(main), hidden)]
    return Text(name, characters, "html", decoding.encoding, markup.lines.places(), hints, tuple(notes))


def _decode(data: bytes, name: str) -> Decoding:
    """The encoding that the bytes prove, else the one the page declares."""
    try:
        return decode(data, name)
    except DocumentError:
        declared = _CHARSET.search(data[:4096])
        encoding = declared[1].decode("ascii") if declared else ""
        try:
            return Decoding(encoding, data.decode(encoding))
        except (LookupError, UnicodeDecodeError):
            pass
        raise


def _hints(root: Element) -> tuple[tuple[str, str], ...]:
    """The page's own tags."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = _META.get((meta.get("name") or "").lower())
        if key and (text := squeeze(meta.get("content") or "").strip()):
            found.setdefault(key, text)
    if "title" not in found and (title := next(root.iter("title"), None)) is not None:
        found["title"] = plain_text(title)
    return tuple(found.items())


def _headline(root: Element) -> str:
    """The document's title as the page shows it or says it; "" when it does neither."""
    shown = next((text for h in root.iter("h1") if len(text := plain_text(h)) > 5), "")
    tags = (m for m in root.iter("meta") if (m.get("name") or "").lower() == "articletitle")
    said = next((m.get("content") or "" for m in tags), "")
    return shown or squeeze(said).strip()


def _drop_unseen(body: Element) -> int:
    """Remove what a visitor does not see or does not read as the document; returns hidden passages."""
    hidden = 0
    for element in list(body.iter(*_UNREAD.split())):
        _remove(element)
    whole = _length(body)
    for element in list(body.iter()):
        if not local(element) or element is body or element.getparent() is None:
            continue
        unseen = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        named = _FURNITURE.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        if unseen or (named and _length(element) * 2 < whole):
            hidden += bool(unseen and plain_text(element))
            _remove(element)
    return hidden


def _remove(element: Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _length(element: Element) -> int:
    """Characters of text outside links: what a document has and a menu has not."""
    total = sum(len(part.strip()) for part in element.itertext())
    return total - sum(len(part.strip()) for link in element.iter("a") for part in link.itertext())


def _main(body: Element) -> Element:
    """The element that holds the document: one with a telling name, else the one most text is in."""
    whole = max(1, _length(body))
    named = [element for element in body.iter() if _is_named_body(element)]
    best = max(named, key=_length, default=None)
    if best is not None and _length(best) * 2 >= whole:
        return best
    element = body
    while True:
        inner = max((e for e in element if local(e)), key=_length, default=None)
        if (
            inner is None
            or _length(inner) < _DOMINANT * _length(element)
            or local(inner) in ("p", "tr", "td")
        ):
            return element
        element = inner


def _is_named_body(element: Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower() if local(element) else ""
    return not _BODY.isdisjoint(names.split())


def _before_body(body: Element, main: Element, headline: str) -> Iterator[str]:
    """The information table's pairs and the title, where the body does not hold them itself."""
    table = next((e for e in body.iter("table", "ul", "dl", "div") if _is_information(e, main)), None)
    if table is not None and main not in table.iter():
        yield from _pairs(table)
    opening = re.sub(r"\W", "", plain_text(main)[:2_000])
    if headline and re.sub(r"\W", "", headline) not in opening:
        yield headline


def _is_information(element: Element, main: Element) -> bool:
    """Whether this is the table of document number, issuer and date that stands above a document."""
    text = plain_text(element)
    return (
        len(text) < _INFORMATION_MOST
        and len(set(_INFORMATION.findall(text))) >= 2
        and main not in element.iterancestors()
        and element is not main
    )


def _pairs(table: Element) -> Iterator[str]:
    """Label and value, a line each."""
    if local(table) != "table":
        markup = Markup(Limits())
        markup.write(table)
        yield from markup.lines.characters().splitlines()
        return
    for row in table.iter("tr"):
        cells = [plain_text(cell) for cell in row.iter("td", "th")]
        for label, text in zip(cells[::2], cells[1::2], strict=False):
            yield re.sub(r"\s", "", label) + text


def _notes(main: Element, left_out: int, hidden: int) -> Iterator[str]:
    if left_out > 0:
        yield note("body", count=left_out)
    if local(main) == "body":
        yield note("whole_page")
    if hidden:
        yield note("hidden", count=hidden)
    if pictures := sum(1 for _ in main.iter("img")):
        yield note("pictures", count=pictures)
