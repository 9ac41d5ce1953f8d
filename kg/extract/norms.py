"""Norms and terms: so much for each case, an amount granted, done within so many days."""

import re

from kg.extract.frames import Frame, previous_clause
from kg.extract.names import Named, closed, completed, core_of
from kg.extract.words import leading_verb

_STANDARD = re.compile(r"的?(?:标准|比例|额度|规模)(?:的)?")
_BY = re.compile(r"^.*(?:按照?|依照)(?=.)")
_THING = re.compile(r"([一-龥]{1,10})的标准")
_REST = re.compile(r"[^,。;]*的标准([^,。;\n|]{2,30})")
_NEXT_CLAUSE = re.compile(
    r"[,、](?:通过[^,。;]{0,40}?方式|采取[^,。;]{0,40}?方式|统一|足额|不区分[^,。;]{0,8}?(?=落实|给予|"
    r"发放))?([^,。;\n|]{2,30})"
)
_NORM_NOUN = re.compile(r"(?:标准|补助|补贴|经费|津贴|奖励|待遇|资助|定额)$")
_GIVEN = r"补助|奖励|补贴|资助|贷款|支持|贴息|奖补|扶持|奖金|经费|优惠|授信|额度|罚款|津贴|补偿"
_GRANTED = re.compile(rf"(?:的)?(?P<what>[一-龥()]{{0,12}}?(?:{_GIVEN})(?:资金|金|费|标准)?)")
_GIVING = re.compile(
    rf"(?P<what>(?:一次性|最高|定额)*(?:{_GIVEN})(?:标准)?)(?:标准|金额|额度|最高|最多|不超过|提高|"
    rf"达到?|为|到|至|约|再|上限|给予|分别|每年|总额|累计)*$"
)
_GIVES = re.compile(
    r"(?:可(?:以)?|按(?:照)?|予以|给予|申请|享受|不超过|不低于|最高|最低|一次性|分别|再|提供|获得|对|"
    r"市级|省级|市财政|省财政|财政|按标准|的|不少于|原则上)+$"
)
_INTEREST = re.compile(r"的?(?:财政)?贴息")
_EACH_OF = re.compile(
    r",?(?:单个|单项|单户|单家|每个|每家|每户|每项|每人|同一|年度|全年|累计)[^,。;\d]{0,10}"
)
_LAST_GIVEN = re.compile(rf"(?:{_GIVEN})(?!.*(?:{_GIVEN}))")
_GIVE = re.compile(r"^(?:给予|予以|发放|足额安排|安排)(?=.{2})")
_TOTALS = re.compile(r"发放|安排|落实|投入|筹集|设立|争取|新增|撬动|余额|总额|规模|累计")
_WITHIN = re.compile(r"[以之]?内([^,。;、]*)")
_ALONE = re.compile(r"可?在?|自?.{0,12}之日起?")
_FROM = re.compile(r"(?:由|从)(?:目前|现在|原来|现行)?的?$")
_BASE = (
    r"[^,。;]{0,24}?(?:额|费|费用|标准|投资|价|款|收入|工资|成本|金|值|量|投入|总数|贡献|面积|支出|租金|"
    r"利息|利率|保费|价格|资金|预算|总额|金额|GDP)"
)
_BOUND = r"不低于|不少于|不超过|不高于|不得低于|不得少于|不得超过|不得高于"
_OF = re.compile(
    rf"(?P<sign>(?:按照?|给予|落实|达到?)*(?:{_BOUND})|按照?|给予|(?<=标准)为)(?P<base>[一-龥(]{_BASE})的?$"
)
_OF_IT = re.compile(rf"的[一-龥]{{0,6}}(?:{_GIVEN})")
_TO = re.compile(
    r"(?:叠加|予以|给予|进行|一次性|再|最高)*(?:落实|发放|给予|支付|计发|补助|确定|执行|奖励|"
    r"补贴)(?P<what>[一-龥()]{2,16})?"
)


def case_norm(text: str, frame: Frame, body: str, case: re.Match[str], subject: str) -> Named:
    """按每百户不少于20平方米配建设施: whose norm, and what is done by it."""
    core = _receiver(_BY.sub("", body[: case.start()]))
    end, done = done_behind(text, frame, frame.after(text))
    thing = _THING.match(frame.after(text))
    if thing:
        return Named(f"{core}每{case['case']}{thing[1]}标准", "per-unit", core, end)
    given = _GIVING.search(body[case.end() :])
    if not done and given:
        done = given["what"].removeprefix("最高")
    if not done:
        before = previous_clause(text, frame.clause_start)
        done = before.removeprefix(leading_verb(before)) if _NORM_NOUN.search(before) else ""
    core = core or _receiver(previous_clause(text, frame.clause_start)) or subject
    name = closed(core + done, frame.measure.unit, "per-unit", end)
    return name if name.indicator else Named(case["case"], "per-unit", "", end)


def done_behind(text: str, frame: Frame, after: str) -> tuple[int, str]:
    """What a norm is for: behind the number, or in the clause that follows 的标准."""
    end = frame.group[-1].end
    standard = _STANDARD.match(after)
    done = after[standard.end() :] if standard else after
    if done:
        return end + len(after), _GIVE.sub("", done.split("、")[0])
    if not standard and (rest := _REST.match(text, end, frame.clause_end)):
        return rest.end(), rest[1]
    following = _NEXT_CLAUSE.match(text, frame.clause_end)
    if standard and following:
        return following.end(), _GIVE.sub("", following[1])
    return end + len(after), ""


def duration(text: str, frame: Frame, body: str, subject: str) -> Named:
    """办理时间压缩至3个工作日以内; 在5个工作日内办结; 五年内继续按原用途适用政策."""
    measure = frame.measure
    within = _WITHIN.match(text, measure.end - (text[measure.end - 1] == "内"), frame.clause_end)
    core = core_of(_FROM.sub("", body))
    if measure.unit == "年" and within:
        return Named(f"{'' if _ALONE.fullmatch(core) else core}{within[1]}的年限", "term", core, within.end())
    if within and within[1]:
        core = core.removesuffix("在").removesuffix("于")
        core = subject if _ALONE.fullmatch(core) else core
        return Named(f"{core}{within[1]}时限", "time-limit", core, within.end())
    return Named(completed(core, subject), "metric", core, measure.end)


def grant(text: str, frame: Frame, body: str, after: str) -> Named | None:
    """给予最高不超过500万元一次性奖励: who gets what; None where nothing is granted."""
    if frame.measure.kind not in ("money", "points", "share") or _TOTALS.search(body):
        return None
    if frame.measure.kind == "share" and not _INTEREST.match(after):
        return None
    granted, giving = _GRANTED.match(after), _GIVING.search(body)
    if granted:
        what, head, end = granted["what"], body, frame.measure.end + granted.end()
    elif giving:
        what, head, end = giving["what"].removeprefix("最高"), body[: giving.start()], frame.measure.end
    elif (
        before := _LAST_GIVEN.search(previous_clause(text, frame.clause_start))
        if _EACH_OF.fullmatch(body)
        else None
    ):
        return Named(core_of(body) + before.group(), "grant", "", frame.measure.end)
    else:
        return None
    who = (
        _receiver(_GIVES.sub("", head))
        or _receiver(frame.shared)
        or _receiver(previous_clause(text, frame.clause_start))
    )
    return Named(who + what, "grant", who, end)


def _receiver(clause: str) -> str:
    """Who gets it: 对购买新能源乘用车的 → 购买新能源乘用车."""
    of = _OF.search(clause)
    head = clause[: of.start()] if of else re.split(r"按照?|给予", clause)[0]
    return core_of(head).removeprefix("对").removeprefix("于").removesuffix("的").removesuffix(",")


def share_of_base(text: str, frame: Frame, body: str, after: str, subject: str) -> Named | None:
    """按设备投资额的20%给予补助; 保证金不得超过预算的2%: a share of a sum that is named."""
    of = _OF.search(body)
    if not of or not (body.endswith("的") or frame.measure.kind == "times" or _OF_IT.match(after)):
        return None
    core = _receiver(body[: of.start()])
    end = frame.measure.end
    if after.startswith("的"):
        what, end = after[1:].split("、")[0], frame.after_end
    elif to := _TO.match(after):
        what, end = to["what"] or "补助", end + to.end()
    elif of["sign"].startswith(("不", "为")) and core:
        what = ""
    else:
        return None
    core = core or _receiver(previous_clause(text, frame.clause_start)) or subject
    relation = "倍数" if frame.measure.kind == "times" else "比例"
    if not what:
        core = core.removesuffix("比例")
    return Named(f"{core}{what}占{core_of(of['base'])}的{relation}", "used-share", core, end)
