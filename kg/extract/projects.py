"""The named project whose facts a sentence tells: 建设X基地,规划总装机1600万千瓦,总投资800亿元.

A fact opens with a word that only projects have (总投资, 占地, 全长 …); what the sentence lists behind it is
of the same project, until a time or a region of its own begins something else.
"""

import re

#: what only a project has
_FACT = re.compile(
    r"(?:项目)?(?:规划|计划|预计|估算|匡算)*(?:概算)?(?:总投资|占地|全长|线路长|总长|总建筑面积|总用地|"
    r"用地面积|(?:规划)用地|总装机)"
)
_MARKS = re.compile(r"[,:;。]")
_THING = re.compile(
    r"(?:项目|工程|基地|园区?|中心|段|线|公路|大道|高速|铁路|机场|集群|电站|电厂|[医法学书养病]院|学校|馆|"
    r"厂|[车泵枢电变]站|港|码头|枢纽|桥|隧道|新城|小镇|综合体|市场|水库)(?:\([^()]*\))?(?:改?扩建|改造|升级)?$"
)
_DEED = re.compile(
    r"^(?:其中|重点|加快|积极|全力|稳步|扎实|继续|持续|开工|深入|推动|支持|实施|推进|抓好|完成|启动|谋划|续建|"
    r"新建|建设|建成|打造|规划)+(?=.{4})"
)
_UNNAMED = re.compile(r"一批|若干|\d(?:个|项|处|条|座|家)|亿元以上|重[点大]项目$|各类|全部|所有")
#: what ends the listing of facts
_ELSE = re.compile(r"(?:到|至|力争)20\d\d年|20\d\d年(?:底|末)?前?,|全[市县区省旗州]|每年|各[市县区乡镇]")
_LONGEST = 50


def project_told(before: str, heading: str = "") -> str:
    """The project of whose facts a number is one; "" where the sentence tells of none.

    before: the sentence up to the number. heading: the title right before the sentence, if one stands
    there.
    """
    fact = _FACT.search(before)
    if not fact or _ELSE.search(before, fact.start()):
        return ""
    own = fact.group().startswith("项目") and before[fact.start() - 1 : fact.start()] not in (*",:;。", "")
    head = before[: fact.start() + 2 * own].rstrip(",:")
    return _named(_MARKS.split(head)[-1]) if head else _named(heading)


def _named(clause: str) -> str:
    name = _DEED.sub("", clause.strip('、 "-—'))
    if not 4 <= len(name) <= _LONGEST or _UNNAMED.search(name) or not _THING.search(name):
        return ""
    return name
