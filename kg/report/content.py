"""A report in words: what every format prints, chosen and ordered once.

Formats lay out; they decide nothing. Findings stand gravest first: binding before expected, short before
late before weaker; absences without a doubt before those that may not apply.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from kg import __version__
from kg.explain import Lang, amount, value_of
from kg.messages import CATALOGUE, t
from kg.model import Document, Finding, Governs, Quantity, Verdict
from kg.queries import Missing
from kg.report.charts import loads, matrix, timelines
from kg.report.material import Material
from kg.report.parts import Entry, Lacking, Pair, Report, Side, Source, Warned
from kg.report.words import (
    around,
    is_draft_note,
    metric_of,
    note_in,
    one_line,
    plan_names,
    printable,
    section_of,
    title_of,
)
from kg.vocabulary import finding_id

#: what a plan must answer for, the gravest first
SHORTFALLS: tuple[Verdict, ...] = ("short", "late", "weaker")
#: the verdicts on what an upper plan asks, in the order of the summary
ASKED: tuple[Verdict, ...] = (
    "meets",
    "exceeds",
    "contributes",
    "short",
    "late",
    "weaker",
    "absent",
    "incomparable",
)
_NATURES = {"binding": 0, None: 1, "expected": 2}


def compose(
    material: Material,
    lang: Lang = "zh",
    date: str | None = None,
    warnings: Sequence[Warned] = (),
    title: str = "report.title",
) -> Report:
    """The report on `material`.

    date: as it is to be printed; None leaves it out. The same material and date give the same report.
    warnings: remarks of the check before signature. title: key of the report's name.
    """
    entries = [_entry(each, material, lang) for each in sorted(material.findings, key=_gravity)]
    absent = [each for each in entries if each.verdict == "absent"]
    counts = Counter(each.verdict for each in entries)
    return Report(
        lang=lang,
        title=t(title, lang),
        subject=subject(material, lang),
        date=date,
        version=__version__,
        digest=material.digest(),
        summary=tuple(_summary(entries, material, lang)),
        counts=tuple((each, t(f"verdict.{each}", lang), counts[each]) for each in (*ASKED, "conflict")),
        pairs=tuple(_pairs(material, lang)),
        shortfalls=_only(entries, SHORTFALLS),
        conflicts=_only(entries, ("conflict",)),
        incomparable=_only(entries, ("incomparable",)),
        absent=tuple(each for each in absent if not each.notes),
        doubtful=tuple(each for each in absent if each.notes),
        kept=_only(entries, ("meets", "exceeds", "contributes")),
        benchmarks=_only(entries, ("benchmark",)),
        missing=tuple(_lacking(each, material, lang) for each in material.missing),
        sources=tuple(_source(each, material, lang) for each in material.documents.values()),
        method=tuple(t(f"report.method.{number}", lang) for number in range(1, 5)),
        matrix=matrix(material),
        timelines=timelines(material, lang),
        loads=loads(material),
        material=material,
        warnings=tuple(warnings),
    )


def _only(entries: Iterable[Entry], verdicts: Sequence[Verdict]) -> tuple[Entry, ...]:
    return tuple(each for each in entries if each.verdict in verdicts)


def _gravity(finding: Finding) -> tuple[object, ...]:
    """Binding before expected, then the graver verdict, then the order of reading."""
    grave = SHORTFALLS.index(finding.verdict) if finding.verdict in SHORTFALLS else len(SHORTFALLS)
    place = finding.lower_doc, finding.upper_doc, finding.upper.start, finding.upper.id
    return _NATURES[finding.upper.nature], grave, *place


# ---------------------------------------------------------------- one finding


def _entry(finding: Finding, material: Material, lang: Lang) -> Entry:
    upper, lower = (material.documents[doc] for doc in (finding.upper_doc, finding.lower_doc))
    notes = [note_in(note, lang) for note in finding.notes if not is_draft_note(note)]
    return Entry(
        id=finding_id(finding),
        verdict=finding.verdict,
        word=t(f"verdict.{finding.verdict}", lang),
        metric=metric_of(finding.upper),
        nature=t(f"nature.{finding.upper.nature}", lang) if finding.upper.nature else "",
        gap=gap_of(finding, lang),
        said=printable(finding.explanation if lang == "zh" else finding.explanation_en),
        basis=t(f"basis.{finding.basis}", lang) if finding.basis else "",
        confidence=finding.confidence,
        rule=finding.rule,
        notes=tuple(notes),
        upper_plan=title_of(upper),
        lower_plan=title_of(lower),
        upper=_side(finding.upper, upper, material, lang),
        lower=_side(finding.lower, lower, material, lang) if finding.lower else None,
        finding=finding,
    )


def gap_of(finding: Finding, lang: Lang) -> str:
    """The gap as a person signs it: 低10个百分点（相对低10%）, 迟3年, 优5个百分点, 占12.5%."""
    words = (finding.gap or "") if lang == "zh" else amount(finding.gap_value, finding.gap_unit, lang)
    if finding.gap_value is None or not words:
        return ""
    key = f"report.gap.{finding.verdict}"
    return printable(t(key, lang, gap=words) if key in CATALOGUE else words)


def _side(quantity: Quantity, document: Document, material: Material, lang: Lang) -> Side:
    before, after = around(material.contexts.get((quantity.doc, quantity.id), ("", "")))
    return Side(
        doc=quantity.doc,
        title=title_of(document),
        number=one_line(document.doc_number or ""),
        section=section_of(quantity.section),
        start=quantity.start,
        end=quantity.end,
        before=before,
        quote=one_line(quantity.quote),
        after=after,
        metric=metric_of(quantity),
        value=one_line(value_of(quantity, lang)),
        time=quantity.time or "",
    )


# ---------------------------------------------------------------- plain words


def subject(material: Material, lang: Lang) -> str:
    """What the report is about, in words."""
    scope, documents = material.scope, material.documents
    titles = {doc: f"《{title_of(each)}》" for doc, each in documents.items()}
    if scope.chain:
        return t("report.subject.chain", lang, plan=titles[scope.chain])
    if scope.lower and scope.upper:
        names = {"lower": titles[scope.lower], "upper": titles.get(scope.upper, scope.upper)}
        return t("report.subject.pair", lang, **names)
    if scope.lower:
        return t("report.subject.lower", lang, plan=titles[scope.lower])
    if scope.upper:
        return t("report.subject.upper", lang, plan=titles.get(scope.upper, scope.upper))
    if scope.place:
        return t("report.subject.place", lang, place=_place(scope.place))
    return t("report.subject.corpus", lang, count=len(material.lowers))


def _place(code: str) -> str:
    from kg.places import by_code

    found = by_code(code)
    return f"{found.full_name}（{code}）" if found else code


def _summary(entries: Sequence[Entry], material: Material, lang: Lang) -> Iterable[str]:
    """How many targets govern and what became of them, what to mend first, what is not known."""
    yield _range(material, lang)
    yield _tally([each for each in entries if each.verdict in ASKED], lang)
    first = [each for each in entries if each.verdict in SHORTFALLS]
    if first:
        yield t("report.first", lang, count=len(first), said=first[0].said)
    conflicts = sum(1 for each in entries if each.verdict == "conflict")
    if conflicts:
        yield t("report.conflicts", lang, count=conflicts)
    yield from _limits(material, lang)


def _range(material: Material, lang: Lang) -> str:
    uppers = {each.upper for each in material.governs if each.upper in material.documents}
    lowers = {each.lower for each in material.governs if each.upper in material.documents}
    if not uppers:
        return t("report.no_upper", lang, lowers=len(material.lowers))
    names = "、".join(f"《{title_of(material.documents[doc])}》" for doc in sorted(uppers)[:4])
    more = t("report.more", lang) if len(uppers) > 4 else ""
    return t("report.range", lang, lowers=len(lowers), uppers=len(uppers), names=names + more)


def _tally(asked: Sequence[Entry], lang: Lang) -> str:
    if not asked:
        return t("report.nothing_asked", lang)
    counts = Counter(each.verdict for each in asked)
    joint = "、" if lang == "zh" else ", "
    parts = joint.join(
        t("report.count", lang, word=t(f"verdict.{verdict}", lang), count=counts[verdict])
        for verdict in ASKED
        if counts[verdict]
    )
    binding = sum(1 for each in asked if each.finding.upper.nature == "binding")
    return t("report.tally", lang, count=len(asked), binding=binding, parts=parts)


def _limits(material: Material, lang: Lang) -> Iterable[str]:
    """What the reader must know before believing the numbers."""
    above = {each.upper for each in material.governs}
    if material.missing:
        bases = sum(1 for each in material.missing if each.stub.id in above)
        yield t("report.missing", lang, count=len(material.missing), bases=bases)
    drafts = [doc for doc in material.lowers if material.documents[doc].status == "draft"]
    if drafts:
        names = "、".join(f"《{title_of(material.documents[doc])}》" for doc in drafts[:4])
        yield t("report.drafts", lang, names=names)
    spun = [each for each in material.documents.values() if not each.trusted]
    if spun:
        yield t("report.untrusted", lang, names="、".join(f"《{title_of(each)}》" for each in spun[:4]))


def _pairs(material: Material, lang: Lang) -> Iterable[Pair]:
    """Who is held against whom, and why."""
    held = Counter((each.upper_doc, each.lower_doc) for each in material.findings)
    for each in material.governs:
        if each.upper in material.documents:
            yield Pair(
                upper=title_of(material.documents[each.upper]),
                lower=title_of(material.documents[each.lower]),
                basis=t(f"basis.{each.basis}", lang),
                reason=one_line(each.reason if lang == "zh" else each.reason_en),
                confidence=each.confidence,
                findings=held[each.upper, each.lower],
            )


def _lacking(row: Missing, material: Material, lang: Lang) -> Lacking:
    names = plan_names(material.documents.values())
    cites = [each for each in row.citations if each.doc in material.documents]
    return Lacking(
        title=one_line(row.stub.title or ""),
        number=one_line(row.stub.number or ""),
        issuer=one_line(row.stub.issuer or ""),
        level=t(f"level.{row.stub.level}", lang) if row.stub.level else "",
        governs=_is_upper(row.stub.id, material.governs),
        cited_by=tuple(dict.fromkeys(names[doc] for doc in row.stub.cited_by if doc in names)),
        places=tuple(f"{each.doc}[{each.start}:{each.end}]" for each in cites),
    )


def _source(document: Document, material: Material, lang: Lang) -> Source:
    return Source(
        doc=document.doc,
        title=title_of(document),
        number=one_line(document.doc_number or ""),
        jurisdiction=one_line(document.jurisdiction or ""),
        period="–".join(map(str, document.period)) if document.period else "",
        status=t(f"status.{document.status}", lang) if document.status else "",
        file=printable(document.file),
        text_key=material.text_keys.get(document.doc, ""),
    )


def _is_upper(doc: str, governs: Iterable[Governs]) -> bool:
    return any(each.upper == doc for each in governs)


def number(value: Decimal | None) -> float | int | None:
    """A value as a spreadsheet's number."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
