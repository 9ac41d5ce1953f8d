"""What a plan is about: sectors by their words, so that only plans of one subject are compared.

An outline for national economic and social development is about everything; a plan for services or for public
services is about several sectors. A title without any sector word is compared by its own words.
"""

import re
from functools import lru_cache

from kg.link.titles import dice, read_title
from kg.model import Document

#: sector → words of titles, agencies and metrics that belong to it and to no other
SECTOR_WORDS: dict[str, str] = {
    "养老": "养老(?!保险)|老龄|老年|康养|敬老|托老|养护院|适老|长者|颐养",
    "卫生健康": "卫生|健康(?!养老)|医疗|医药|医院|疾病|疾控|中医|家庭医生|托育|托位|婴幼儿|预期寿命|妇幼",
    "社会保障": (
        "社会保障|社会保险|养老保险|医疗保险|失业保险|参保|社会救助|低保|特困|慈善|残疾|社会福利|民政"
    ),
    "教育": "教育|学校|学前|幼儿园|义务教育|职业院校|高校|招生|学位",
    "就业": "就业|创业|职业技能|劳动力|人力资源",
    "设备更新": "设备更新|以旧换新|技术改造|装备|报废|淘汰老旧",
    "生态环境": (
        "生态|环境保护|环保|污染|大气|空气|水质|碳|减排|绿色|垃圾|污水|固废|无废|森林|绿化|优良天数"
    ),
    "节能能源": "节能|能源|能耗|电力|光伏|风电|新能源|煤炭|天然气|充电|储能|氢",
    "数字经济": "数字|信息化|大数据|智慧城市|互联网|人工智能|算力|5G|软件|智能制造|电子信息|数据要素|网络",
    "营商环境": (
        "营商环境|放管服|政务服务|行政审批|市场主体|一网通办|市场准入|信用体系|市场监管|政府采购|知识产权"
    ),
    "农业农村": "农业|乡村振兴|种业|粮食|畜牧|渔业|农产品|耕地|高标准农田|乡村|农田|农机|种植|养殖|脱贫",
    "工业": "工业|制造业|产业链|产业集群|新型工业化|规上|企业技术|开发区|园区",
    "服务业": "服务业|商贸|物流|消费|家政|会展|电子商务",
    "文化旅游": "文化|旅游|文旅|体育|健身|文物|博物|图书馆|民宿",
    "交通": "交通|公路|铁路|公交|航空|机场|港口|农村客运|轨道",
    "住房城建": (
        "住房|城镇老旧|老旧小区|城市更新|棚户区|保障性租赁|城市建设|供水|供热|燃气|管网|海绵城市|停车"
    ),
    "水利": "水利|水资源|防洪|灌溉|河湖|节水|水库",
    "科技": "科技|创新驱动|研发|高新技术|专利|科学素质",
    "金融": "金融|信贷|上市|融资|普惠贷",
    "应急安全": "应急|安全生产|消防|防灾|减灾|道路安全|食品安全|药品",
    "自然资源": "国土空间|土地|矿产|地质|自然资源|测绘|林业|海洋",
    "人口": "人口|生育|户籍|城镇化",
    "妇女儿童": "妇女|儿童|未成年|青年|青少年",
    "人才": "人才",
}
_SECTORS = {sector: re.compile(words) for sector, words in SECTOR_WORDS.items()}

#: plans over many sectors → the sectors they cover; None: all of them
BROAD: tuple[tuple[re.Pattern[str], frozenset[str] | None], ...] = (
    (
        re.compile(
            r"国民经济和社会发展|远景目标纲要|政府工作报告|重点工作|高质量发展(?:规划|行动计划|纲要)?$"
        ),
        None,
    ),
    (
        re.compile(r"公共服务|民生|社会事业|社会建设"),
        frozenset({"养老", "卫生健康", "社会保障", "教育", "就业", "文化旅游", "住房城建", "妇女儿童"}),
    ),
    (re.compile(r"服务业"), frozenset({"服务业", "养老", "卫生健康", "文化旅游", "金融", "科技", "就业"})),
)

#: words of titles that say nothing on the subject
_IDLE = re.compile(
    r"关于|加快|推进|促进|推动|进一步|深入|全面|高质量|发展|建设|体系|工作|实施|行动|三年|五年|规划|计划|方案|意见|办法|"
    r"措施|纲要|若干|政策|专班|专项|重点|年度|转型|提升|完善|加强|的|和|及|与"
)
_ALIKE = 0.5


@lru_cache(maxsize=65536)
def sectors_in(text: str) -> frozenset[str]:
    """The sectors whose words a text holds."""
    return frozenset(sector for sector, words in _SECTORS.items() if words.search(text))


def titles_of(document: Document) -> tuple[str, ...]:
    """What a plan calls itself, without place, years and issuer."""
    return _titles(document.title, document.aliases, document.place)


@lru_cache(maxsize=65536)
def _titles(title: str | None, aliases: tuple[str, ...], place: str | None) -> tuple[str, ...]:
    printed = (name for name in (title, *aliases) if name)
    return tuple(dict.fromkeys(read_title(name, place).core for name in printed))


def subjects(document: Document) -> frozenset[str]:
    """The sectors that a plan is about, from its titles; where they name none, from its issuer."""
    return sectors_of_titles(titles_of(document)) or sectors_in(document.issuer or "")


@lru_cache(maxsize=65536)
def sectors_of_titles(titles: tuple[str, ...]) -> frozenset[str]:
    """The sectors that titles name, a broad plan's own ones included."""
    found: set[str] = set()
    for title in titles:
        found |= sectors_in(title)
        found |= broad_sectors(title) or frozenset()
    return frozenset(found)


def broad_sectors(title: str) -> frozenset[str] | None:
    """The sectors of a plan over several; every sector for an outline; None for any other title."""
    for pattern, covered in BROAD:
        if pattern.search(title) and (covered is not None or not sectors_in(title)):
            return covered if covered is not None else frozenset(SECTOR_WORDS)
    return None


class Subjects:
    """What plans are about, looked up once for each."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._known: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {}

    def overlap(self, left: Document, right: Document) -> str | None:
        """Why two plans are of one subject, as words to print (养老); None when they are not."""
        (one, titles), (other, others) = self._of(left), self._of(right)
        shared = one & other
        return _printed(shared) if shared else _alike(titles, others)

    def _of(self, document: Document) -> tuple[frozenset[str], tuple[str, ...]]:
        """The subjects and the titles of a plan."""
        known = self._known.get(document.doc)
        if known is None:
            known = self._known[document.doc] = subjects(document), titles_of(document)
        return known


@lru_cache(maxsize=4096)
def _printed(shared: frozenset[str]) -> str:
    return "、".join(sorted(shared)) if len(shared) <= 3 else "综合"


@lru_cache(maxsize=65536)
def _alike(left: tuple[str, ...], right: tuple[str, ...]) -> str | None:
    """The words of the first title that is like one of the other side's."""
    pairs = [(_busy(a), _busy(b)) for a in left for b in right]
    alike = [(a, b) for a, b in pairs if dice(a, b) >= _ALIKE]
    return alike[0][1] if alike else None


def _busy(title: str) -> str:
    """The words of a title that are not in every title."""
    return _IDLE.sub("", title)
