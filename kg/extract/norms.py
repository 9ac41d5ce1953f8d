"""Norms and terms: so much for each case, an amount granted, done within so many days."""

import re

from kg.extract.frames import Frame
from kg.extract.names import Named, closed, completed, core_of
from kg.extract.words import strip_reach

_STANDARD = re.compile(r"的?(?:标准|比例|额度|规模)(?:的)?")
_NEXT_CLAUSE = re.compile(
    r"[,、](?:通过[^,。;]{0,40}?方式|采取[^,。;]{0,40}?方式|统一|足额|不区分[^,。;]{0,8}?(?=落实|给予|发放))?([^,。;\n|]{2,30})"
)
_WITHIN = re.compile(r"(?:以)?内([^,。;、]*)")
_ALONE = re.compile(r"可?在?|自?.{0,12}之日起?")
_GRANTED = re.compile(
    r"(?:的)?(?P<what>[一-龥()]{0,12}?(?:补助|奖励|补贴|资助|贷款|支持|贴息|奖补|扶持|奖金|经费|优惠|授信|额度|罚款|津贴)(?:资金|金|费|标准)?)"
)
_GIVES = re.compile(
    r"(?:可(?:以)?|按(?:照)?|予以|给予|申请|享受|发放|安排|不超过|不低于|最高|最低|一次性|分别|再|奖励|补助|补贴|资助|支持|提供|获得|对|市级|省级|财政|按照?标准|的|不少于|原则上)+$"
)
_OF = re.compile(
    r"(?P<sign>(?:按照?|给予|落实|达到?)*(?:不低于|不少于|不超过|不高于|不得低于|不得超过)|按照?|给予)"
    r"(?P<base>[^,。;]{1,24}?(?:额|费|费用|标准|投资|价|款|收入|工资|成本|金|值|量|投入|总数|贡献|面积|支出|租金|利息|利率|保费))的?$"
)
_TO = re.compile(
    r"(?:叠加|予以|给予|进行|一次性|再)*(?:落实|发放|给予|支付|计发|补助|确定|执行|奖励|补贴)(?P<what>[一-龥()]{2,16})?"
)


def case_norm(text: str, frame: Frame, before: str, after: str) -> Named:
    """按每百户不少于20平方米配建设施: whose norm, and what is done by it."""
    end, done = done_behind(text, frame, after)
    return closed(core_of(strip_reach(before)) + done, frame.measure.unit, "per-unit", end)


def done_behind(text: str, frame: Frame, after: str) -> tuple[int, str]:
    """What a norm is for: behind the number, or in the clause that follows 的标准."""
    end = frame.group[-1].end
    standard = _STANDARD.match(after)
    done = after[standard.end() :] if standard else after
    if done:
        return end + len(after), done.split("、")[0]
    following = _NEXT_CLAUSE.match(text, frame.clause_end)
    if standard and following:
        return following.end(), following[1]
    return end + len(after), ""


def duration(text: str, frame: Frame, body: str, subject: str) -> Named:
    """办理时间压缩至3个工作日以内; 在5个工作日内办结; 五年内继续按原用途适用政策."""
    measure = frame.measure
    within = _WITHIN.match(text, measure.end, frame.clause_end)
    core = core_of(body)
    if measure.unit == "年" and within:
        return Named(f"{'' if _ALONE.fullmatch(core) else core}{within[1]}的年限", "term", core, within.end())
    if within and within[1]:
        core = core.removesuffix("在").removesuffix("于")
        core = subject if _ALONE.fullmatch(core) else core
        return Named(f"{core}{within[1]}时限", "time-limit", core, within.end())
    return Named(completed(core, subject), "metric", core, measure.end)


def grant(frame: Frame, body: str, after: str, subject: str) -> Named | None:
    """给予最高不超过500万元一次性奖励: who gets what; None where nothing is granted."""
    granted = _GRANTED.match(after)
    if frame.measure.kind != "money" or not granted:
        return None
    core = core_of(_GIVES.sub("", body))
    what = granted["what"]
    name = (core or subject) + what
    return Named(name, "grant", core, frame.measure.end + granted.end())


def share_of_base(frame: Frame, body: str, after: str, subject: str) -> Named | None:
    """按设备投资额的20%给予补助; 不低于省级标准的50%落实补贴: a share of a sum that is named."""
    of = _OF.search(body)
    if not of or not body.endswith("的") and not of["sign"]:
        return None
    base = of["base"]
    core = core_of(body[: of.start()])
    measure = frame.measure
    if after.startswith("的"):
        what, end = after[1:].split("、")[0], frame.after_end
    elif to := _TO.match(after):
        what, end = to["what"] or "补助", measure.end + to.end()
    else:
        return None
    relation = "倍数" if measure.kind == "times" else "比例"
    return Named(f"{core or subject}{what}占{core_of(base)}的{relation}", "used-share", core, end)
