"""Signs that a text is spun, copied from a document mill or too damaged to rely on.

A real plan shows who issued it, measures its goals and names who answers for them. A text that shows none of
these, or claims to be national without any mark of office, is not trusted; single signs are only recorded.
"""

import re
from typing import NamedTuple

from kg.model import Document
from kg.text.plan import PlanText

_FIGURE = re.compile(
    r"\d\s?(?:%|‰|[万亿]|个|家|张|人|所|项|公里|平方|吨|户|件|次|座|亩|名|处|条|辆|台|套|元|年底|月底)"
)
_AGENCY = re.compile(
    r"(?:[省市县区]|[一-龥]{2})(?:人民政府|政府办|委员会|局|厅|发改委|卫健委|教体局)|部门|各级政府|责任单位|牵头单位"
)
_ODD = re.compile(r"[一-龥](?:[a-z]{1,3}|[養發業為務會國學對開關])(?=[一-龥])|●(?=[一-龥\"])(?<=[一-龥\"]●)")
_PAGE = re.compile(r"位置[:：]\s*首页|投稿作者|网友投稿|猜你喜欢|推荐访问|范文|点击[:：]")
_DAMAGE = re.compile(r"(?<=[一-龥\"“”《])[?�□](?=[一-龥\"“”》?])")
_TOLERATED_DAMAGE = 0.02  # of all characters
_FIGURES_PER_PAGE = 0.7  # in 1,000 characters


class Trust(NamedTuple):
    """The verdict and the signs seen, in Chinese with English behind, in a fixed order."""

    trusted: bool
    signs: tuple[str, ...]


def judge(plan: PlanText, document: Document) -> Trust:
    """Whether a document can be relied on, by its own text and the page around it."""
    text = plan.text
    anonymous = not (document.doc_number or document.issuer or document.issued)
    national = anonymous and document.level == "national"
    vague = len(_FIGURE.findall(text)) < _FIGURES_PER_PAGE * max(1, len(text) / 1000)
    unanswered = not _AGENCY.search(text)
    alone = "《" not in text
    damage = len(_DAMAGE.findall(text)) / max(1, len(text))
    odd = tuple(
        dict.fromkeys(match[0] + text[match.end() : match.end() + 1] for match in _ODD.finditer(text))
    )
    checks = (
        (not document.doc_number, "无发文字号 (no document number)"),
        (not document.issuer, "无发文机关 (no issuer)"),
        (not document.issued, "无成文日期 (no date of issue)"),
        (document.place is None, "辖区不明 (no jurisdiction)"),
        (national, "托名国家文件而无任何公文标识 (claims to be national, shows no mark of office)"),
        (vague, "几乎没有量化指标 (hardly a figure)"),
        (unanswered, "没有责任部门 (names no agency)"),
        (alone, "不引用任何文件 (cites no document)"),
        (bool(odd), f"异常文字 (odd words): {'、'.join(odd[:3])}"),
        (_on_a_mill_page(plan), "来自范文汇编网页 (from a page of a document mill)"),
        (damage > _TOLERATED_DAMAGE, f"未能修复的残损字符 (damage left): {damage:.1%}"),
    )
    spun = anonymous and vague and unanswered and alone
    return Trust(
        not (spun or national or damage > _TOLERATED_DAMAGE), tuple(sign for seen, sign in checks if seen)
    )


def _on_a_mill_page(plan: PlanText) -> bool:
    """Whether the page around the piece, or its own first lines, carry a document mill's furniture."""
    around = plan.raw[max(0, plan.start - 400) : plan.start + 100] + plan.raw[plan.end : plan.end + 100]
    return bool(_PAGE.search(plan.raw[: min(plan.start, 400)] + around))
