"""The check before signature as a linter prints it: lines for people, JSON and SARIF for programs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg import __version__
from kg.check import Checked
from kg.explain import Lang
from kg.listing import GRAVEST_FIRST, finding_row
from kg.messages import t
from kg.model import Finding, Record, Verdict
from kg.remarks import Remark
from kg.report.content import ASKED, compose, gap_of
from kg.report.parts import Report, Warned
from kg.report.words import is_draft_note, metric_of, note_in, one_line, section_of, title_of

#: verdicts that are printed; what is met needs no line
TOLD: tuple[Verdict, ...] = ("short", "late", "weaker", "conflict", "absent", "incomparable")
_LEVELS: dict[str, str] = {
    "short": "error",
    "late": "error",
    "absent": "error",
    "weaker": "warning",
    "conflict": "warning",
    "incomparable": "note",
}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def lines(checked: Iterable[Checked], lang: Lang) -> str:
    """`file:section: verdict metric (upper quote → lower quote)` a finding, a line a remark, then counts."""
    return "".join(f"{line}\n" for each in checked for line in _lines(each, lang))


def as_json(checked: Iterable[Checked], lang: Lang) -> str:
    """Every finding as `kg compare --format jsonl` has it, and the remarks: an object a plan."""
    rows = [
        {
            "file": each.file,
            "title": title_of(each.document),
            "place": each.document.place,
            "findings": [finding_row(finding) for finding in _ordered(each.findings)],
            "remarks": [_remark_row(remark, lang) for remark in each.remarks],
            "uppers": [title_of(document) for document in _uppers(each)],
            "grave": each.grave,
        }
        for each in checked
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def sarif(checked: Sequence[Checked], lang: Lang) -> str:
    """The same as SARIF 2.1.0, which editors and code hosts show beside a text.

    Offsets count Unicode characters of the file; a draft that is no plain text has sections instead.
    """
    results = [result for each in checked for result in _results(each, lang)]
    kinds = sorted({result["ruleId"] for result in results})
    driver = {
        "name": "policy-kg",
        "version": __version__,
        "informationUri": "https://w3id.org/policy-kg/",
        "rules": [{"id": kind, "shortDescription": {"text": _rule_name(kind, lang)}} for kind in kinds],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def report(checked: Checked, lang: Lang, date: str | None) -> Report:
    """A report on one draft, its remarks among the sections."""
    warned = [
        Warned(
            kind=remark.kind,
            section=section_of(remark.record.section) if remark.record else t("check.whole", lang),
            said=one_line(remark.said(lang)),
            quote=one_line(remark.record.quote) if remark.record else "",
            start=remark.record.start if remark.record else 0,
            end=remark.record.end if remark.record else 0,
        )
        for remark in checked.remarks
    ]
    return compose(checked.material, lang, date, warned, title="report.check_title")


# ---------------------------------------------------------------- lines


def _lines(checked: Checked, lang: Lang) -> Iterator[str]:
    for finding in _ordered(checked.findings):
        if finding.verdict in TOLD:
            yield _line(checked, finding, lang)
    for remark in checked.remarks:
        where = _section(remark.record, lang)
        quote = f"（「{_quote(remark.record)}」）" if remark.record else ""
        yield f"{checked.file}:{where}: {t('check.remark', lang)} {one_line(remark.said(lang))}{quote}"
    yield f"{checked.file}: 《{title_of(checked.document)}》{_summary(checked, lang)}"


def _line(checked: Checked, finding: Finding, lang: Lang) -> str:
    """What stands in the draft comes second; a contradiction has both sides in the draft."""
    verdict, metric = t(f"verdict.{finding.verdict}", lang), metric_of(finding.upper)
    below = f"「{_quote(finding.lower)}」" if finding.lower else t("check.none", lang)
    above = "" if finding.verdict == "conflict" else f"《{title_of(_document(checked, finding.upper_doc))}》"
    gap = gap_of(finding, lang)
    where = _section(finding.lower or (finding.upper if finding.verdict == "conflict" else None), lang)
    doubts = [note_in(note, lang) for note in finding.notes if not is_draft_note(note)]
    caution = f" [{'；'.join(doubts)}]" if finding.verdict == "absent" and doubts else ""
    quotes = f"({above}「{_quote(finding.upper)}」 → {below})"
    return f"{checked.file}:{where}: {verdict} {metric} {quotes}{f' {gap}' if gap else ''}{caution}"


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Gravest first, binding before expected, then as the upper plans read."""
    return sorted(
        findings,
        key=lambda each: (
            GRAVEST_FIRST.index(each.verdict),
            each.upper.nature != "binding",
            each.upper_doc,
            each.upper.start,
            each.upper.id,
        ),
    )


def _summary(checked: Checked, lang: Lang) -> str:
    uppers = _uppers(checked)
    if not uppers:
        return t("check.no_upper", lang)
    counts = Counter(finding.verdict for finding in checked.findings)
    words = " · ".join(
        f"{t(f'verdict.{verdict}', lang)} {counts[verdict]}"
        for verdict in (*ASKED, "conflict")
        if counts[verdict]
    )
    return t(
        "check.summary",
        lang,
        uppers=len(uppers),
        counts=words or t("nothing", lang),
        remarks=len(checked.remarks),
    )


def _uppers(checked: Checked) -> list[Any]:
    documents = checked.material.documents
    return [documents[pair.upper] for pair in checked.material.governs if pair.upper in documents]


def _document(checked: Checked, doc: str) -> Any:
    return checked.material.documents[doc]


def _section(record: Record | None, lang: Lang) -> str:
    """Where to look: the heading path; the whole text for what stands nowhere."""
    return section_of(record.section) if record and record.section else t("check.whole", lang)


def _quote(record: Record | None) -> str:
    return one_line(record.quote) if record else ""


def _remark_row(remark: Remark, lang: Lang) -> dict[str, Any]:
    record = remark.record
    row: dict[str, Any] = {"kind": remark.kind, "said": remark.said(lang), **dict(remark.values)}
    if record:
        row |= {
            "section": list(record.section),
            "start": record.start,
            "end": record.end,
            "quote": record.quote,
        }
    return row


# ---------------------------------------------------------------- SARIF


def _results(checked: Checked, lang: Lang) -> Iterator[dict[str, Any]]:
    for finding in _ordered(checked.findings):
        if finding.verdict in TOLD:
            said = finding.explanation if lang == "zh" else finding.explanation_en
            yield {
                "ruleId": finding.verdict,
                "level": _LEVELS[finding.verdict],
                "message": {"text": one_line(said)},
                "locations": [_location(checked, finding.lower)],
                "properties": {"confidence": finding.confidence, "upper": finding_row(finding)["upper"]},
            }
    for remark in checked.remarks:
        yield {
            "ruleId": remark.kind,
            "level": "note",
            "message": {"text": one_line(remark.said(lang))},
            "locations": [_location(checked, remark.record)],
        }


def _location(checked: Checked, record: Record | None) -> dict[str, Any]:
    """The file, the characters where they count in the file itself, and the heading path."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(checked.file)}}
    location: dict[str, Any] = {"physicalLocation": physical}
    if record is None:
        return location
    if checked.plain:
        length = record.end - record.start
        physical["region"] = {
            "charOffset": record.start,
            "charLength": length,
            "snippet": {"text": record.quote},
        }
    if record.section:
        location["logicalLocations"] = [{"fullyQualifiedName": section_of(record.section)}]
    return location


def _uri(file: str) -> str:
    """A relative path as a relative reference, an absolute one as a file URI."""
    from urllib.parse import quote

    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _rule_name(kind: str, lang: Lang) -> str:
    return t(f"verdict.{kind}", lang) if kind in _LEVELS else t(f"remark.name.{kind}", lang)
