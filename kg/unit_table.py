"""The base units of Chinese plans: dimension and size of each, and their other spellings.

Sizes follow GB 3100—1993 (国际单位制及其应用) and the legal 亩 of 10000/15 m² (666.67 m²).
"""

from fractions import Fraction

_AREA = Fraction(10_000, 15)

#: dimension → its units, each with how many of the dimension's base unit it is
_SIZES: dict[str, dict[str, str | int | Fraction]] = {
    "ratio": {"%": "0.01", "‰": "0.001", "‱": "0.0001", "倍": 1, "成": "0.1", "1/10万": "0.00001"},
    "points": {"百分点": 1, "千分点": "0.1"},
    "money": {"元": 1},
    "money-usd": {"美元": 1},
    "money-eur": {"欧元": 1},
    "money-hkd": {"港元": 1},
    "money-jpy": {"日元": 1},
    "money-gbp": {"英镑": 1},
    "person": {"人": 1},
    "person-time": {"人次": 1},
    "person-day": {"人天": 1},
    "person-year": {"人年": 1},
    "household": {"户": 1},
    "household-time": {"户次": 1},
    "area-time": {"亩次": 1},
    "doubling": {"番": 1},
    "container": {"标准箱": 1},
    "freight": {"吨公里": 1},
    "kilovolt": {"千伏": 1},
    "decibel": {"分贝": 1},
    "celsius": {"摄氏度": 1},
    "point": {"分": 1},
    "area": {"平方米": 1, "亩": _AREA, "公顷": 10_000, "平方公里": 1_000_000},
    "length": {"毫米": "0.001", "厘米": "0.01", "米": 1, "公里": 1000, "里": 500, "海里": 1852},
    "volume": {"升": "0.001", "毫升": "0.000001", "立方米": 1},
    "mass": {
        "微克": "0.000000000001",
        "毫克": "0.000000001",
        "克": "0.000001",
        "斤": "0.0005",
        "公斤": "0.001",
        "吨": 1,
    },
    "coal": {"吨标准煤": 1, "千克标准煤": "0.001", "克标准煤": "0.000001"},
    "carbon": {"吨二氧化碳": 1},
    "energy": {"千瓦时": 1, "兆瓦时": 1000, "吉瓦时": 1_000_000},
    "heat": {"吉焦": 1},
    "power": {"瓦": "0.001", "千瓦": 1, "兆瓦": 1000, "吉瓦": 1_000_000},
    "voltampere": {"千伏安": 1, "兆伏安": 1000},
    "month": {"月": 1, "季度": 3, "年": 12},
    "age": {"岁": 1},
    "minute": {"秒": Fraction(1, 60), "分钟": 1, "小时": 60, "天": 1440, "周": 10_080},
    "workday": {"工作日": 1},
    "class-hour": {"学时": 1, "课时": 1},
    "compute": {"PFLOPS": 1, "EFLOPS": 1000},
    "data": {"GB": 1, "TB": 1024, "PB": 1_048_576, "EB": 1_073_741_824},
    "bandwidth": {"Mbps": 1, "Gbps": 1000, "Tbps": 1_000_000},
}

#: unit → (dimension, size)
BASE_UNITS: dict[str, tuple[str, Fraction]] = {
    unit: (kind, Fraction(size)) for kind, rows in _SIZES.items() for unit, size in rows.items()
} | {
    counter: (f"count:{counter}", Fraction(1))
    for counter in "个家所处座间张床台套辆部条项种件支批场次期班届头只羽株棵册枚架艘栋幢站类"
    "款门例篇份眼门尾本列宗单笔起口盏根片杆节对组队层孔"
}

#: counters that count the same kind of thing: 10 所 and 10 家 of one metric are the same number
COUNT_GROUPS: tuple[frozenset[str], ...] = (
    frozenset("家所处座间站眼口"),
    frozenset("张床"),
    frozenset("台套部辆架艘件"),
    frozenset("项件条种类款宗笔单起"),
    frozenset("场次期班届批"),
    frozenset("头只羽尾"),
    frozenset("株棵"),
    frozenset("栋幢"),
)

#: other spellings → the usual one
SPELLINGS: dict[str, str] = {
    other: usual
    for usual, others in {
        "%": "％ 百分之 百分比 pct percent",
        "‰": "千分之 %0 %o",
        "1/10万": "/10万 /十万 1/十万 10万分之一 十万分之一",
        "百分点": "个百分点 pp",
        "元": "块 块钱 人民币 元人民币",
        "人": "名 位 人口 名人 个人 名老年人 老年人 老年人口 从业人员 劳动力 居民",
        "人次": "人(次) 人·次 人/次",
        "户": "户家庭 家庭 户居民 个家庭",
        "平方米": "㎡ m² m2 M2 平米 平方 m^2",
        "平方公里": "平方千米 km² km2 ㎢",
        "公里": "千米 km KM 公里(千米)",
        "米": "m 延米",
        "公顷": "hm2 hm²",
        "立方米": "m³ m3 方 ㎥",
        "公斤": "千克 kg",
        "吨": "t 吨重",
        "微克": "μg ug µg",
        "毫克": "mg",
        "吨标准煤": "吨标煤 tce 吨标准煤当量",
        "千克标准煤": "公斤标准煤 公斤标煤 千克标煤 kgce",
        "克标准煤": "克标煤 gce",
        "吨二氧化碳": "吨CO2 tCO2 吨二氧化碳当量",
        "千瓦时": "度 kWh 千瓦·时 kwh",
        "兆瓦时": "MWh",
        "吉瓦时": "GWh",
        "千瓦": "kW KW kw",
        "兆瓦": "MW",
        "吉瓦": "GW",
        "月": "个月",
        "年": "周年",
        "季度": "个季度",
        "天": "日 自然日 个自然日 日历天",
        "小时": "个小时 h",
        "工作日": "个工作日 个工作天 工作天",
        "分钟": "min",
        "周": "星期",
        "张": "张床 张床位",
        "床": "床位",
        "个": "个数 枚数 处所 个项目 标段",
        "班": "个班 班次",
        "台": "台(套) 台套 套(台) 台/套",
        "场": "场(次) 场次",
        "批": "批次",
        "架": "架次",
        "千分点": "个千分点",
        "标准箱": "标箱 TEU",
        "分贝": "dB",
        "摄氏度": "℃",
        "岁": "周岁",
        "学时": "个学时",
        "课时": "个课时",
        "EFLOPS": "EFlops EFLOPs",
        "PFLOPS": "PFlops PFLOPs",
        "微克/立方米": "μg/m³ μg/m3 ug/m3 微克每立方米",
    }.items()
    for other in others.split()
}
