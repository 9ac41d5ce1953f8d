"""Who does what inside one responsibility clause: "X牵头,Y、Z配合" to names with roles."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract.agencies import Name, split_names
from kg.extract.agency_grammar import accompanies, is_agency, is_listed
from kg.extract.headings import Heading
from kg.extract.homes import Home, complete
from kg.model import AgencyRole, Role

_SHARE = (
    r"(?:[按根依]据?照?(?:各自|相关|部门|任务|工作)*(?:职责|职能|分工)(?:任务)?(?:分工)?|"
    r"分别|共同|联合|具体|各自|组织|积极|密切|总|抓好|做好)*"
)
#: a word that closes the names before it and says their role
_MARKER = re.compile(
    rf"{_SHARE}(?:"
    r"(?P<lead>(?:为|是)?牵头(?:负责|组织|实施|抓总|落实|推进|推动|制定|办理|单位|部门)*|主办|为主)|"
    r"(?P<support>(?:协同|参与|协助)?配合(?:落实|实施)?|参与|参加|协办|协助|协同|支持|为(?:配合|成员|参与)(?:单位|部门))|"
    r"(?P<responsible>(?:落实和?)?负责(?:落实|实施|推进)?|落实|组织实施|实施|承担|[为是]责任(?:单位|部门)))"
    r"|(?P<joined>会同|联合)|(?P<bracket>\([^()\n]*\))"
)
#: a remark on time among the agencies: "5月底前出台政策,年内持续推进"
_TIMING = re.compile(
    r"(?:\d{4}年|\d{1,2}月|年内|年底|全年|持续|长期|每年|上半年|下半年|[一二三四]季度).{0,20}"
)
_ROLES: tuple[Role, ...] = ("lead", "support", "responsible")


class Duty(NamedTuple):
    """One name and its role within a clause."""

    name: Name
    role: Role


class Clause(NamedTuple):
    """A responsibility clause in view indices; heading: what it answers for, where a table says so."""

    start: int
    end: int
    duties: tuple[Duty, ...]
    rule: str
    heading: Heading | None = None
    confidence: float = 1.0


def read_duties(text: str, start: int, end: int, default: Role | None, *, proved: bool) -> list[Duty]:
    """The names of text[start:end] with their roles; [] when a piece is no agency.

    default: the role that the label before the clause gives. Names that no role word follows take it;
    without a label they support a lead named before them, and are responsible where there is none.
    proved: every piece must be an agency by grammar, or a company or zone after one, else the clause is
    none; otherwise pieces that are plainly something else are left out.
    """
    duties: list[Duty] = []
    for first, last, marked in _groups(text, start, end):
        role = marked or default or ("support" if any(d.role == "lead" for d in duties) else "responsible")
        for name in split_names(text, first, last):
            known = is_agency(name.full) or (bool(duties) and accompanies(name.full))
            if known or (not proved and is_listed(name.full)):
                duties.append(Duty(name, "lead" if name.leads else role))
            elif proved and not _TIMING.fullmatch(name.text):
                return []
    if not default and any(d.name.leads for d in duties):
        return [Duty(d.name, "lead" if d.name.leads else "support") for d in duties]
    return duties


def _groups(text: str, start: int, end: int) -> Iterator[tuple[int, int, Role | None]]:
    """Stretches of names with the role word that closes each; None for what no word closes."""
    last = start
    forced: Role | None = None
    for match in _MARKER.finditer(text, start, end):
        if match["bracket"]:
            continue
        if not _has_names(text, last, match.start()):
            last, forced = match.end(), "support" if match["joined"] else forced
            continue
        found: Role = next((role for role in _ROLES if match[role]), "lead")
        yield last, match.start(), forced or found
        last, forced = match.end(), "support" if match["joined"] else None
    if _has_names(text, last, end):
        yield last, end, forced


def _has_names(text: str, start: int, end: int) -> bool:
    return bool(text[start:end].strip("、,;。和及与由并等 \n\t"))


def agency_roles(duties: Sequence[Duty], home: Home) -> tuple[AgencyRole, ...]:
    """The duties as records, each name completed with its place, none twice in one role."""
    found: dict[tuple[str, Role], AgencyRole] = {}
    carried: str | None = None
    for duty in duties:
        name, carried = complete(duty.name.full, home, carried)
        found.setdefault((name, duty.role), AgencyRole(name=name, raw=duty.name.text, role=duty.role))
    return tuple(found.values())
