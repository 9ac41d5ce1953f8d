"""Every sentence a user reads, Chinese first, English second: one catalogue.

A key maps to (zh, en); `{name}` marks what is filled in. Words follow the glossary in docs/glossary.md.
"""

from typing import Any

CATALOGUE: dict[str, tuple[str, str]] = {
    # --- verdicts ---
    "verdict.meets": ("达到", "meets"),
    "verdict.exceeds": ("超过", "exceeds"),
    "verdict.late": ("滞后", "late"),
    "verdict.short": ("低于", "short"),
    "verdict.weaker": ("弱化", "weaker"),
    "verdict.absent": ("缺失", "absent"),
    "verdict.incomparable": ("不可比", "not comparable"),
    "verdict.contributes": ("贡献", "contributes"),
    "verdict.conflict": ("自相矛盾", "conflict"),
    "verdict.benchmark": ("同级对照", "benchmark"),
    # --- words of the records ---
    "level.national": ("国家", "national"),
    "level.province": ("省级", "province"),
    "level.prefecture": ("市级", "prefecture"),
    "level.county": ("县级", "county"),
    "level.township": ("乡级", "township"),
    "nature.binding": ("约束性", "binding"),
    "nature.expected": ("预期性", "expected"),
    "basis.cited": ("明确引用", "cited"),
    "basis.implied": ("层级推定", "implied by hierarchy"),
    "role.lead": ("牵头", "lead"),
    "role.support": ("配合", "support"),
    "role.responsible": ("责任", "responsible"),
    "status.issued": ("已印发", "issued"),
    "status.draft": ("征求意见稿", "consultation draft"),
    "class.target": ("目标", "target"),
    "class.standard": ("标准", "standard"),
    "class.baseline": ("基期", "baseline"),
    "class.forecast": ("预测", "forecast"),
    "class.project": ("项目", "project fact"),
    # --- columns ---
    "column.title": ("标题", "title"),
    "column.number": ("发文字号", "document number"),
    "column.issuer": ("发文机关", "issuer"),
    "column.level": ("层级", "level"),
    "column.cited_by": ("引用者", "cited by"),
    "nothing": ("没有结果", "nothing found"),
}


def t(key: str, lang: str = "zh", **values: Any) -> str:
    """The sentence for a key in `lang` ("zh" or "en"), its places filled in.

    Raises KeyError for a key that the catalogue lacks: a fault of ours that a test must catch.
    """
    return CATALOGUE[key][0 if lang == "zh" else 1].format(**values)
