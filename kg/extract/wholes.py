"""Targets of all in words: 全覆盖, 全部…, 所有…均…, 清零. Each counts as 100 %."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = r"(?=[,。;:\n)|\t!]|$|的?(?:目标|要求|任务)|、(?!全))"
WHOLE = re.compile(
    rf"(?P<cover>(?<![\"实行])全(?:面|域|部)?覆盖){_END}|(?P<zero>(?:全部|动态|基本|全面|年度)?清零){_END}|"
    rf"(?P<all>全部(?=[一-龥]{{2,}}))(?!门|或|分|由|收|免|用于|返|划|资|费|上缴|归)|(?P<every>所有(?!权|者|制|人|的|有|资))|"
    rf"(?P<should>应[一-龥]尽[一-龥]){_END}"
)


@dataclass(frozen=True, slots=True)
class Whole:
    """One such phrase: start/end in the searched text, form: cover, zero, all, every, should."""

    start: int
    end: int
    form: str


def find_wholes(text: str) -> Iterator[Whole]:
    """Every phrase that may claim a whole, in reading order."""
    for match in WHOLE.finditer(text):
        yield Whole(match.start(), match.end(), match.lastgroup or "")
