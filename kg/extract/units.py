"""The units that a measure may carry, as one pattern, and what kind of thing each measures."""

import re
from typing import Literal

Kind = Literal["share", "points", "times", "money", "people", "area", "length", "count", "duration", "other"]

_SHARE = ("%", "‰", "‱")
_RATIO = ("/10万", "/十万", "/万", ":1")
_POINTS = ("个百分点", "百分点", "个千分点")
_TIMES = ("倍", "成", "番")
_MONEY = ("元人民币", "美元", "欧元", "港元", "日元", "英镑", "元")
_PEOPLE = ("人次", "人(次)", "人·次", "人/次", "户次", "人", "名", "户", "位")
_AREA = (
    "平方公里", "平方千米", "平方米", "平米", "㎡", "m2", "m²", "㎢", "km2", "km²", "公顷", "亩次", "亩", "立方米", "m³", "m3",
)  # fmt: skip
_LENGTH = ("延米", "公里", "千米", "厘米", "毫米", "km", "米", "海里")
_MASS = (
    "吨标准煤", "吨标煤", "千克标准煤", "克标准煤", "吨二氧化碳当量", "吨二氧化碳", "吨公里", "蒸吨", "吨", "公斤", "千克", "毫克", "微克",
    "μg", "µg", "ug", "mg", "克", "斤", "升", "毫升",
)  # fmt: skip
_POWER = (
    "千瓦时", "兆瓦时", "吉瓦时", "千瓦", "兆瓦", "吉瓦", "千伏安", "兆伏安", "千伏", "瓦", "kWh", "MWh", "kW", "MW", "GW",
    "EFLOPS", "PFLOPS", "EFlops", "PFlops", "Gbps", "Mbps", "Tbps", "TB", "PB", "EB", "GB", "标准箱", "标箱", "TEU",
    "吉焦", "分贝", "dB", "摄氏度", "℃",
)  # fmt: skip
_DURATION = (
    "个工作日", "工作日", "个自然日", "自然日", "日历天", "个月", "个小时", "小时", "分钟", "秒", "天", "日", "周岁", "岁",
    "个学时", "学时", "个课时", "课时", "年", "周",
)  # fmt: skip
_COUNT = (
    "台(套)", "台套", "套(台)", "场(次)", "场次", "门次", "台次", "校次", "家次", "批次", "架次", "班次", "标段", "个班", "个项目", "人年",
    "个", "家", "所", "座", "处", "间", "张", "床", "台", "套", "辆", "部", "条", "项", "件", "种", "支", "场", "次", "期", "班", "届",
    "头", "只", "羽", "尾", "株", "棵", "册", "本", "篇", "枚", "艘", "架", "列", "栋", "幢", "站", "款", "门", "例", "宗", "单", "笔", "起",
    "眼", "口", "盏", "根", "块", "片", "杆", "份", "节", "对", "组", "队", "层", "孔", "分",
)  # fmt: skip
_KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("share", _SHARE),
    ("share", _RATIO),
    ("points", _POINTS),
    ("times", _TIMES),
    ("money", _MONEY),
    ("people", _PEOPLE),
    ("area", _AREA),
    ("length", _LENGTH),
    ("other", _MASS),
    ("other", _POWER),
    ("duration", _DURATION),
    ("count", _COUNT),
)
_KIND_OF = {unit: kind for kind, units in _KINDS for unit in units}
#: what may stand under the stroke of a compound unit: 微克/立方米, 元/人/月, 平方米/百户, 吨标准煤/万元
_UNDER = (
    r"(?:[百千万亿]?(?:平方公里|平方米|立方米|m³|m3|㎡|公顷|亩|公里|吨标准煤|吨|公斤|千克|升|L|元|千瓦时|人|户|家|所|个|张|床|名|"
    r"年|月|日|天|周|季度|小时|次|台|辆|头|百户|千人|万人|县区|县|乡镇|村|社区|街道|例|分钟|秒))"
)


#: a counter that is but the first character of a word counts nothing: 9部门, 3类个体, 10门诊, 5场所
_RUNS_ON = {
    "个": "人|体|性|别", "家": "庭|政|具|电|长|属|居|校", "人": "间|口|员|才|均|民|工智|文|居|社|大|群", "名": "单|牌|录|优|称", "户": "籍|外|均|用",
    "项": "目", "处": "理|置|于", "次": "数|序", "台": "账|湾|风", "部": "门|分|委|署|位", "条": "件|例|款", "期": "间|末|限|货", "年": "",
    "门": "诊|户|类|槛", "床": "位", "节": "能|点|目|约|日|水", "层": "次|级|面", "组": "织|合|建|成", "队": "伍", "场": "所|地|馆|景|均|域",
    "口": "岸|径|腔|述", "块": "链", "份": "额", "列": "入|为|车", "支": "持|付|撑|出|行|部|点|援", "起": "步|草|点", "根": "据|本",
    "款": "项", "单": "位|元|一|独|项|个|体|列", "本": "级|市|区|县|科|地|土|年|着|省|专", "种": "植|养|类|子|业|质", "套": "餐|房", "宗": "旨|教",
    "片": "区", "件": "数", "站": "点|式", "间": "接|隔|距|歇", "所": "有|在|属|需|得|示|述|列|说", "级": "", "批": "发|准|复", "度": "", "天": "然|津",
    "日": "常|间|照|均", "周": "边|期|年|转", "成": "立|功|为|效|果|熟|本|员|长|品|都", "方": "", "米": "兰", "斤": "", "秒": "杀", "升": "级|学",
    "克": "服", "元": "宇宙|素|旦", "位": "置|于|居", "头": "部|雁", "本册": "", "篇": "章", "对": "接|口|外|标|于|应|象|策|全|县|符|新|老|各|照|口帮",
    "分": "别|类|级|布|之|年|期|批|步|局|会|公|区|行|院|支|馆|校|散|等|解|配|享|数|析|层|工|担|红|项", "孔": "雀|子", "尾": "矿|水|气|款", "例": "如|行",
    "班": "子|车|级", "届": "", "番": "茄", "倍": "增", "座": "谈|位", "张": "家", "册": "", "栋": "梁", "只": "有|要|能",
}  # fmt: skip


def _alternatives() -> str:
    """Every unit, the longest first; none may run on into another word."""
    return "|".join(re.escape(unit) + _guard(unit) for unit in sorted(_KIND_OF, key=len, reverse=True))


def _guard(unit: str) -> str:
    if unit[-1].isascii() and unit[-1].isalpha():
        return r"(?![A-Za-z])"
    return f"(?!{_RUNS_ON[unit]})" if _RUNS_ON.get(unit) else ""


#: a unit with its scale split off: 万|亿|万亿 stay with the unit as printed
UNIT_PATTERN = rf"(?:{_alternatives()})(?:/{_UNDER}){{0,2}}"


def kind_of(unit: str | None) -> Kind:
    """What a unit measures; scale and denominator do not matter. Unknown units count things."""
    if not unit:
        return "other"
    bare = unit.split("/")[0].lstrip("百千万亿") or "个"
    return _KIND_OF.get(bare, "count")


#: how an indicator is closed that counts in this unit: 引进…机构 + 数量
_CLOSINGS: dict[str, str] = {
    "人": "人数", "名": "人数", "位": "人数", "人次": "人次", "户次": "户次", "户": "户数", "期": "期数", "场": "场次", "场(次)": "场次",
    "场次": "场次", "次": "次数", "批次": "批次", "层": "层数", "班": "班数", "公里": "里程", "千米": "里程", "km": "里程", "架次": "架次",
    "个班": "班数", "班次": "班次",
}  # fmt: skip


def closing(unit: str | None) -> str:
    """The word that closes the name of a counted thing: 数量, 人数, 面积, 里程, 金额."""
    if not unit:
        return ""
    bare = unit.split("/")[0].lstrip("百千万亿")
    if bare in _CLOSINGS:
        return _CLOSINGS[bare]
    by_kind: dict[Kind, str] = {
        "area": "面积",
        "length": "长度",
        "money": "金额",
        "count": "数量",
        "people": "人数",
    }
    return by_kind.get(kind_of(unit), "")
