"""Numbers of documents (发文字号), of orders and announcements, and of standards, in every written form.

GB/T 9704-2012 §7.2.5 asks for agency code, full year in 〔〕 and serial without 第 or leading zero; texts
print any bracket, spaces, ○ for 0, and glue the words before the number to its agency code.
"""

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from kg.places import number_heads
from kg.text.characters import unified
from kg.text.numerals import small_number

Form = Literal["document", "order", "standard"]


class NumberMention(NamedTuple):
    """One number where it stands: text[start:end], in the text as it was given.

    number: normal form without spaces (洪府办发〔2022〕26号, 民政部令第66号, 建标144, GB/T29353-2012).
    agency: its code or issuing body as printed (洪府办发, 民政部), "" when not printed; year, serial: None
    where the number has none. form: document, order (令, 公告) or standard.
    """

    start: int
    end: int
    number: str
    agency: str
    year: int | None
    serial: int | None
    form: Form = "document"


def find_numbers(text: str) -> list[NumberMention]:
    """Every number in the text, in order, none inside another; linear in the text's length."""
    plain = unified(text)
    found = [mention for finder in FINDERS for mention in finder(plain)]
    found.sort(key=lambda mention: (mention.start, -mention.end))
    apart: list[NumberMention] = []
    for mention in found:
        if not apart or mention.start >= apart[-1].end:
            apart.append(mention)
    return apart


# --- 洪府办发〔2022〕26号 -----------------------------------------------------------------------------

#: what texts print for a nought: circle, Chinese nought, letters O of two alphabets
_NOUGHTS = "○〇零Oo\u039f"
_ZEROS = str.maketrans(_NOUGHTS, "0" * len(_NOUGHTS))
_ALL_DIGITS = str.maketrans(_NOUGHTS + "一二三四五六七八九", "0" * len(_NOUGHTS) + "123456789")
_DIGIT = rf"[0-9{_NOUGHTS}]"
_HAN_DIGIT = r"[○〇零一二三四五六七八九]"
_YEAR = rf"[12](?:\s?{_DIGIT}){{3}}|[一二]\s?[○〇零九](?:\s?{_HAN_DIGIT}){{2}}"
_SERIAL = rf"第?\s*(?P<serial>{_DIGIT}(?:\s?{_DIGIT}){{0,4}}|[一二三四五六七八九十百]{{1,5}})"
_YEAR_FORMS = (
    rf"[〔\[【(〈《<{{「〖]\s*(?P<year1>{_YEAR})\s*年?\s*[〕\])】〉》>}}」〗]",  # in any bracket
    rf"〔\s*(?P<year2>{_YEAR})|(?<=[一-龥])(?P<year3>{_YEAR})\s*〕",  # half of the bracket is lost
    r"(?<=[发函字规])(?P<year4>(?:19|20)\d\d)\s?年(?=\s?第)",  # 国发2021年第2号
)
_YEAR_AND_SERIAL = re.compile(rf"(?:{'|'.join(_YEAR_FORMS)})\s*{_SERIAL}\s*(?:[号號]|(?=[)。;,、文]|$))")
#: what makes 号 part of an address or of something built
_NOT_A_SERIAL = re.compile(r"[楼线院门厂机组路地井车站馆炉塔桥仓库矿坑房店铺小公]")
_RUN = re.compile(r"(?!\s)[一-龥\s]+$")
_WINDOW = 40
_LONGEST_CODE = 12


def _numbers_with_code(text: str) -> Iterator[NumberMention]:
    for match in _YEAR_AND_SERIAL.finditer(text):
        if _NOT_A_SERIAL.match(text, match.end()):
            continue
        start = _code_start(text, match.start())
        code = re.sub(r"\s", "", text[start : match.start()])
        if not code or (not match[0].endswith(("号", "號")) and not _ends_like_a_code(code)):
            continue
        year = _year(next(filter(None, match.group("year1", "year2", "year3", "year4"))))
        serial = _serial(match["serial"])
        if year is None or serial is None:
            continue
        yield NumberMention(start, match.end(), f"{code}〔{year}〕{serial}号", code, year, serial)


def _year(printed: str) -> int | None:
    digits = re.sub(r"\s", "", printed).translate(_ALL_DIGITS)
    return int(digits) if digits.isdecimal() and 1949 <= int(digits) <= 2099 else None


def _serial(printed: str) -> int | None:
    bare = re.sub(r"\s", "", printed)
    digits = bare.translate(_ZEROS)
    return int(digits) if digits.isdecimal() else small_number(bare)


def _ends_like_a_code(code: str) -> bool:
    return code[-1] in "发函字规通电办令文建社"


def _code_start(text: str, end: int) -> int:
    """Where the agency code that ends at `end` begins; `end` itself when there is none."""
    run = _RUN.search(text[max(0, end - _WINDOW) : end])
    if not run:
        return end
    start = max(0, end - _WINDOW) + run.start()
    start = _after_line_break(text, start, end)
    letters = [at for at in range(start, end) if not text[at].isspace()]
    bare = "".join(text[at] for at in letters)
    cut = _lead_in(bare, text[start - 1 : start])
    return letters[cut] if cut < len(letters) else end


def _after_line_break(text: str, start: int, end: int) -> int:
    """The start of the last line of the run, unless what stands there is only the rest of a code."""
    lines = text[start:end].rstrip().rsplit("\n", 1)
    if len(lines) == 1 or len(lines[1].strip()) < 2 or lines[1].strip()[0] in _ORGAN:
        return start
    return start + len(lines[0]) + 1


# --- which characters before the bracket are the code --------------------------------------------------

#: seats of government: a code cannot begin with one, so what stands before it is the code's head
_ORGAN = "府政办委"
_LEADS = re.compile(
    r"根据|依据|按照|依照|遵照|遵循|参照|对照|结合|贯彻|落实|执行|实施|关于|有关|印发|转发|下发|制发|颁发|发布|出台|废止|"
    r"修订|修改|替代|代替|详见|参见|以及|及其|现将|特将|其中|包括|同时|替换|文件|通知|意见|规定|要求|精神|办法|方案|规划|"
    r"计划|决定|纲要|措施|条例|细则|批复|复函|我[省市县区局厅委]|本[省市县区局厅委]|名为|文号|字号|编号|[的了在被把之号]|"
    rf"[至从](?![{_ORGAN}])"  # 东至政发, 从府发
)
_LEAD = re.compile(r"[和与及或原经将据按依以由见对为是如并即现且则](?=.{2})")
#: behind these 和 joins two documents: 《甲规划》和龙政发〔2021〕3号 names one of 龙
_JOINED = "》)号"
#: an issuer's name in full, glued to its code; names that codes themselves begin with are no issuers
_ISSUER = re.compile(
    r"(?:[省市县区州旗盟]|自治[区州县旗])(?:委办公[厅室]|委|人民政府办公[厅室]|政府办公[厅室]|人民政府|政府)|"
    r"国务院办公厅|国务院|中共中央办公厅|中共中央|[一-龥]{2,}?(?:委员会办公[厅室]|委员会|办公[厅室]|人民政府|改革委|"
    r"健康委|民族委|国资委|发改委|卫健委|信息化委|管委会|总局|[一-龥][局厅部]|总署)"
)
_SHORT_BODIES = ("工信部", "人社部", "人社厅", "工信厅", "中组部", "中宣部", "住建部")


def _lead_in(run: str, before: str) -> int:
    """How many characters at the front of the run are no part of the code; before: what stands before it."""
    cut = _after_words(run, before)
    cut = _after_issuer(run, cut)
    cut = _after_lead(run, cut, before)
    if len(run) - cut > _LONGEST_CODE - 4:
        return _at_head(run, cut)
    return cut


def _after_words(run: str, before: str = "") -> int:
    leads = [match for match in _LEADS.finditer(run) if len(run) - match.end() >= 2]
    ends = [lead.end() for lead in leads if len(lead[0]) > 1 or not _begins_a_place(run, lead.start())]
    return _after_lead(run, ends[-1] if ends else 0, before)


def _after_lead(run: str, cut: int, before: str) -> int:
    """Past a glued particle (和, 经, 原 …); before a seat of government it is the head itself (和政办发)."""
    while (lead := _LEAD.match(run, cut)) and run[lead.end()] not in _ORGAN:
        if run[cut] == "经" and run[lead.end()] in "信开发贸济":
            break
        joins = run[cut] in "和与及" and (run[cut - 1] if cut else before) in tuple(_JOINED)
        if not joins and _begins_a_place(run, cut):
            break
        cut = lead.end()
    return cut


def _begins_a_place(run: str, at: int) -> bool:
    """Whether a code begins here with two characters of a place's name or more: 如皋政发, 和龙政发."""
    return any(place.name.startswith(run[at : at + 2]) for place in number_heads(run[at:]))


def _after_issuer(run: str, cut: int) -> int:
    """Past the issuer's full name, if what follows it is a code of its own (苏州市住建局|苏住建规)."""
    last = cut
    for match in _ISSUER.finditer(run, cut):
        rest = run[match.end() :]
        if len(rest) >= 2 and rest[0] not in _ORGAN + "联" and match[0] not in _SHORT_BODIES:
            last = match.end()
    return last


def _at_head(run: str, cut: int) -> int:
    """For an over-long run: where the longest code begins whose head some government has."""
    for start in range(max(cut, len(run) - _LONGEST_CODE), len(run) - 2):
        if run[start] not in _ORGAN and number_heads(run[start:]):
            return start
    return cut if len(run) - cut <= _LONGEST_CODE else len(run)


# --- 民政部令第66号, 公告2019年第1号 ---------------------------------------------------------------------

_COUNT = rf"(?P<serial>{_DIGIT}(?:\s?{_DIGIT}){{0,4}}|[一二三四五六七八九十百]{{1,7}})"
_ORDER = re.compile(
    rf"(?P<word>令|公告|通告)\s*(?:[〔\[(]?\s*(?P<year>(?:19|20)\d\d)\s*(?:年|[〕\])]年?)\s*)?"
    rf"(?:[〔\[(]\s*)?第?\s*{_COUNT}\s*号"
)
_NUMBER_FIRST = re.compile(rf"第\s*{_COUNT}\s*号\s*(?P<issuer>国务院|主席)?令")
_ISSUES_ORDERS = re.compile(
    r"(?:国|主席|国务院|政府|部|局|委|院|会|署|厅|办公室|行|委员会|[省市县区州])$"
)  # who may stand before 令 and 公告


def _orders(text: str) -> Iterator[NumberMention]:
    for match in _ORDER.finditer(text):
        start = _issuer_start(text, match.start())
        issuer = re.sub(r"\s", "", text[start : match.start()])
        word, year, serial = match["word"], match["year"], _serial(match["serial"])
        printed_as_one = "第" in match[0] or year
        if serial is None or not (issuer or (word != "令" and year)) or not printed_as_one:
            continue
        number = f"{issuer}{word}{year + '年' if year else ''}第{serial}号"
        yield NumberMention(start, match.end(), number, issuer, int(year) if year else None, serial, "order")


def _number_first(text: str) -> Iterator[NumberMention]:
    """国务院第722号令, 第722号国务院令."""
    for match in _NUMBER_FIRST.finditer(text):
        start = match.start() if match["issuer"] else _issuer_start(text, match.start())
        issuer = match["issuer"] or re.sub(r"\s", "", text[start : match.start()])
        serial = _serial(match["serial"])
        if issuer and serial is not None:
            number = f"{issuer}令第{serial}号"
            yield NumberMention(start, match.end(), number, issuer, None, serial, "order")


def _issuer_start(text: str, end: int) -> int:
    """Where the body that issued the order begins; `end` when none stands there."""
    run = _RUN.search(text[max(0, end - _WINDOW) : end])
    if not run:
        return end
    start = max(0, end - _WINDOW) + run.start()
    start += text[start:end].rstrip().rfind("\n") + 1
    letters = [at for at in range(start, end) if not text[at].isspace()]
    bare = "".join(text[at] for at in letters)
    cut = _after_words(bare)
    return letters[cut] if _ISSUES_ORDERS.search(bare[cut:]) else end


# --- GB/T 29353-2012, 建标144 --------------------------------------------------------------------------

_STANDARD = re.compile(
    r"(?<![A-Za-z0-9])(?P<code>(?:GBZ|GB|DB\s?\d{2,4}|JGJ|CJJ|HJ|MZ|WS|YY|JTG|JT|LY|NY|SB|RB|AQ|TSG|TD|SL|DL|QB|HG|YD|SJ|"
    r"GA|WH|LB|CJ|JG|SN|SY|SC|TB|XF|YC|YZ|ZY|CB|CH|DZ|FZ|GH|GY|JB|JC|JR|KA|MH|MT|NB|QC|QX|WB|YB)(?:\s?/\s?[TZ])?|T\s?/\s?[A-Z]{2,10})"
    r"\s?(?P<serial>\d{1,6}(?:\.\d{1,3})?)(?:\s?[-—–~]{1,2}\s?(?P<year>(?:19|20)\d\d|\d\d))?(?![A-Za-z0-9%])"
)
_BUILDING_STANDARD = re.compile(
    r"建标\s?(?P<serial>\d{2,3})(?:\s?[-—–]{1,2}\s?(?P<year>(?:19|20)\d\d))?(?![\d%个项家处号])"
)


def _standards(text: str) -> Iterator[NumberMention]:
    for match in _STANDARD.finditer(text):
        code = re.sub(r"\s", "", match["code"])
        if "/" in code or match["year"] or code.startswith("GB"):
            yield _standard(match, code)
    for match in _BUILDING_STANDARD.finditer(text):
        yield _standard(match, "建标")


def _standard(match: re.Match[str], code: str) -> NumberMention:
    year = match["year"]
    number = f"{code}{match['serial']}{'-' + year if year else ''}"
    serial = int(match["serial"].split(".")[0])
    return NumberMention(
        match.start(), match.end(), number, code, int(year) if year else None, serial, "standard"
    )


Finder = Callable[[str], Iterator[NumberMention]]
FINDERS: tuple[Finder, ...] = (_numbers_with_code, _orders, _number_first, _standards)
