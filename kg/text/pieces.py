"""Where one document of a file ends and the next begins.

Two kinds of files hold several documents: a compilation whose pieces are numbered under one caption
(篇一:X, 篇二:X …), with page furniture around them, and a file in which several whole documents follow
one another, each with a masthead and a number of its own. Everything else is one document.
"""

import re
from collections import Counter
from typing import NamedTuple

_SPACE = r"[ \t　\xa0]*"
_SERIES = re.compile(
    rf"^{_SPACE}(?P<label>【?第?(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})?篇(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})?】?"
    rf"|范文(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})){_SPACE}[:：、]{_SPACE}(?P<caption>[^\r\n]{{2,60}}?){_SPACE}\r?$",
    re.MULTILINE,
)
#: lines that a website prints below its last piece
_FOOTER = re.compile(
    rf"^{_SPACE}(?:推荐访问|猜你喜欢|相关(?:文章|推荐|热词)|上一篇|下一篇|热门(?:文章|推荐)|本文(?:来源|链接|网址))(?:{_SPACE}[:：]|{_SPACE}\r?$)",
    re.MULTILINE,
)
_MASTHEAD = re.compile(
    rf"^{_SPACE}[^\s,，。;；:：《》]{{2,40}}(?:委员会|政府|办公厅|办公室|[局厅部署])文件{_SPACE}\r?\n"
    rf"(?:\s*\n)?{_SPACE}[一-龥]{{2,14}}\s?[〔\[【(（﹝]\s?\d{{4}}\s?[〕\]】)）﹞]\s?第?\s?\d{{1,5}}\s?号",
    re.MULTILINE,
)
#: characters below which a stretch is no document of its own
_LEAST = 200


class Piece(NamedTuple):
    """One document's stretch raw[start:end] of a file; label: its marker (篇一), "" for a whole file."""

    start: int
    end: int
    label: str = ""


def split(raw: str) -> list[Piece]:
    """The documents of a file in reading order, at least one; only markers that prove it part a file."""
    return _series(raw) or _mastheads(raw) or [Piece(0, len(raw))]


def _series(raw: str) -> list[Piece]:
    """The pieces of a compilation: two or more markers under the same caption."""
    if "篇" not in raw and "范文" not in raw:
        return []
    found = list(_SERIES.finditer(raw))
    if not found:
        return []
    caption, times = Counter(marker["caption"] for marker in found).most_common(1)[0]
    if times < 2:
        return []
    markers = [marker for marker in found if marker["caption"] == caption]
    footer = _FOOTER.search(raw, markers[-1].end())
    ends = [marker.start() for marker in markers[1:]] + [footer.start() if footer else len(raw)]
    return [
        _trimmed(raw, marker.end(), end, marker["label"].strip("【】"))
        for marker, end in zip(markers, ends, strict=True)
    ]


def _mastheads(raw: str) -> list[Piece]:
    """Whole documents one after another: two or more mastheads, each with a number of its own below it."""
    if raw.count("文件") < 2:
        return []
    found = list(_MASTHEAD.finditer(raw))
    starts = [0, *(masthead.start() for masthead in found[1:])]
    ends = [*starts[1:], len(raw)]
    distinct = len({re.sub(r"\s", "", masthead[0]) for masthead in found})
    if len(found) < 2 or distinct < len(found):
        return []
    if any(end - start < _LEAST for start, end in zip(starts, ends, strict=True)):
        return []
    return [
        _trimmed(raw, start, end, str(number))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    ]


def _trimmed(raw: str, start: int, end: int, label: str) -> Piece:
    """The stretch without the blank space around it."""
    text = raw[start:end]
    bare = text.strip()
    first = start + (len(text) - len(text.lstrip()) if bare else 0)
    return Piece(first, first + len(bare), label)
