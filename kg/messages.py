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
    # --- why two metrics are not comparable, why a verdict is weaker, which statements conflict ---
    "reason.words": ("一方只有文字表述，没有数值", "one side gives words, not a number"),
    "reason.close": ("名称相近而口径不同（{detail}）", "near names, different metrics ({detail})"),
    "reason.kind": (
        "一方是目标，另一方是单个设施的标准",
        "one is a target, the other a norm for each facility",
    ),
    "reason.unit": ("单位不能换算（{detail}）", "the units do not convert ({detail})"),
    "reason.bounds": ("一方是下限，另一方是上限", "one is a lower bound, the other an upper bound"),
    "reason.per": (
        "下位规划的数值分摊到其下各级政府",
        "the lower plan puts its number on each government below it",
    ),
    "reason.sort": (
        "不能确定该指标是总量还是比率",
        "it is not known whether the metric is a total or a rate",
    ),
    "reason.direction": (
        "不能确定该指标越高越好还是越低越好",
        "it is not known whether more or less is better",
    ),
    "reason.not_due": (
        "下位规划期先于上位时限结束，尚不能判定",
        "the lower plan ends before the target is due",
    ),
    "reason.time": ("下位规划未写明何时达到", "the lower plan does not say since when the value holds"),
    "reason.nature": ("约束性目标变为预期性目标", "a binding target became an expected one"),
    "reason.soft": ("表述弱化为“{detail}”", "the wording was softened to “{detail}”"),
    "reason.comparator": ("“{detail}”的要求被弱化", "the bound “{detail}” was softened"),
    "reason.absent": ("下位规划没有对应指标", "the lower plan has no aligned metric"),
    "reason.values": ("同一指标同一时点有两个数值", "two values for one metric and time"),
    "reason.steady": ("称“保持”而更早时点尚未达到", "said to be kept, yet not reached at an earlier time"),
    # --- cautions beside a verdict ---
    "note.draft": ("下位文件为征求意见稿", "the lower plan is a consultation draft"),
    "note.draft_peer": ("其中有征求意见稿", "one of them is a consultation draft"),
    "note.upper_time": (
        "上位目标未写时限，按规划期末计",
        "the target has no date: the end of its plan is taken",
    ),
    "note.lower_time": (
        "下位目标未写时限，按规划期末计",
        "the lower target has no date: the end of its plan is taken",
    ),
    "note.approximate": ("一方为约数", "one value is approximate"),
    "note.unit_assumed": ("一方未写单位，按同一单位计", "one side prints no unit: the other's is taken"),
    "note.no_earlier_value": (
        "下位规划没有更早时点的数值",
        "the lower plan gives no value for an earlier time",
    ),
    "note.yearly": ("下位规划按年度列数，已合计", "the lower plan gives yearly numbers: they are added up"),
    "note.rural": (
        "村、乡镇类指标，对市辖区不一定适用",
        "a metric of villages and townships may not apply to an urban district",
    ),
    "note.other_field": ("属其他部门领域，不一定适用", "another department's field: may not apply"),
    "note.own_level": ("上级本级的设施或项目", "a facility or project of the upper government's own"),
    "note.total": ("总量指标，上级未必分解到本级", "a total: it need not be broken down to this level"),
    "note.expired": ("目标时点早于下位规划期", "due before the lower plan begins"),
    "note.beyond": ("目标时点晚于下位规划期", "due after the lower plan ends"),
    "note.baseline_only": (
        "下位文件只有该指标的现状值",
        "the lower plan only gives today's value of this metric",
    ),
    "note.also": ("同一内容另见 {detail}", "the same is also stated at {detail}"),
    "note.aligned": ("指标按“{detail}”对应", "the metrics are aligned: {detail}"),
    "note.conflict_upper": ("上位规划对此指标前后不一", "the upper plan contradicts itself on this metric"),
    "note.conflict_lower": ("下位规划对此指标前后不一", "the lower plan contradicts itself on this metric"),
    "note.maybe_parts": ("总量，两处可能分别统计", "totals: the two may count different parts"),
    "note.undated": ("两处均未写时限", "neither statement has a date"),
    "note.could_both_hold": ("两处表述可能同时成立", "both statements could hold"),
    # --- trace ---
    "trace.metric": ("指标：{names}", "metric: {names}"),
    "trace.lacking": ("（语料缺失）", "(missing from the corpus)"),
    "trace.silent": ("· 未提及", "· not mentioned"),
    "trace.agencies": ("责任分工：{names}", "answerable: {names}"),
    "trace.undated": ("未写时限", "undated"),
    "trace.missing": ("链上缺失的文件（{count}）：", "documents missing from the chain ({count}):"),
    "trace.unknown": (
        "没有这个指标或文件 (no such metric or document)",
        "no such metric or document",
    ),
    "trace.try": ("可试 (try): {names}", "try: {names}"),
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
