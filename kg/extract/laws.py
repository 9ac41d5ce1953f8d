"""Laws and regulations that a text names without 《》: 落实老年人权益保障法, 依据优化营商环境条例."""

import re

#: subjects of statutes; "X保护法" and the like are found by their last words
_TAILS = (
    r"(?:权益保障|权益保护|保护|保障|促进|防治|管理|安全|规划|教育|许可|处罚|强制|复议|诉讼|保险|救助|优待|服务|监督|应对|标准化|合同|"
    r"个人所得税|企业所得税|环境保护税|增值税|招标投标|政府采购|反垄断|"
    r"反不正当竞争|反电信网络诈骗|节约能源|可再生能源|清洁生产|循环经济|慈善|预算|审计|统计|会计|公司|合伙企业|企业破产|外商投资|电子商务|广告|价格|种子|农业|渔业|森林|草原|湿地|水|"
    r"旅游|体育|公路|铁路|港口|航道|消防|献血|药品|中医药|精神卫生|疫苗|档案|国防动员|兵役|宗教事务|信访|社区矫正)"
)
_LAW = rf"(?:中华人民共和国)?(?:[一-龥]{{0,14}}?{_TAILS}法|民法典|宪法|刑法)"
_REGULATION = r"[一-龥]{4,24}?(?:条例)"
_LED_BY = (
    r"(?:贯彻落实|贯彻实施|全面实施|严格执行|认真落实|依据|根据|按照|依照|遵守|贯彻|落实|执行|实施|违反|符合)"
    r"(?:好|国家|和)?"
)
_ENDS = r"(?=[,。;、:)和及与等的]|规定|要求|实施|有关|相关|精神|\n|$)"
#: the last word of a statute's name; only there is it worth looking for the rest of it
_LAST_WORD = re.compile(rf"(?:法典?|条例){_ENDS}")
_NAMED = re.compile(rf"{_LED_BY}(?P<law>{_LAW}|{_REGULATION})$")
_AFTER_ANOTHER = re.compile(rf"[、和与及](?P<law>{_LAW}){_ENDS}")
_REACH = 40  # characters that a name and the verb before it may take
#: words that end in 法 or 条例 and name no statute, or a statute that is only referred to
_NO_NAME = re.compile(
    r"^(?:本|该|有关|相关|国家|地方|各项|法律|上述|以上|新|这|此)?(?:法|条例)$|"
    r"(?:方法|做法|办法|立法|执法|司法|普法|看法|想法|用法|疗法|手法|说法)$|^(?:本|该|有关|相关|各|上述)|[《》]|(?:有关|相关|等)(?:法律|法规|条例)"
)


def find_laws(text: str) -> list[tuple[int, int]]:
    """Spans of statutes named without brackets after a verb that leads to one; linear in length."""
    spans: list[tuple[int, int]] = []
    for last in _LAST_WORD.finditer(text):
        begin = max(last.end() - _REACH, spans[-1][1] if spans else 0)
        match = _NAMED.search(text[begin : last.end()])
        if match is None or _NO_NAME.search(match["law"]):
            continue
        end = last.end()
        spans.append((begin + match.start("law"), end))
        while (more := _AFTER_ANOTHER.match(text, end)) and not _NO_NAME.search(more["law"]):
            spans.append(more.span("law"))
            end = more.end("law")
    return spans
