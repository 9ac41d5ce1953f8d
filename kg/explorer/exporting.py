"""What is filtered on the screen as a report file: the writers of `kg report`, nothing of their own."""

from collections.abc import Sequence
from dataclasses import replace

from kg.explain import Lang
from kg.model import Finding
from kg.report import dated, render
from kg.report.content import compose
from kg.report.material import Scope, gather, text_keys_of
from kg.source import GraphSource

#: what can be downloaded: ending → media type
MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def exported(
    source: GraphSource,
    where: str,
    scope: Scope,
    findings: Sequence[Finding],
    *,
    lang: Lang,
    ending: str,
    filtered: bool,
) -> bytes:
    """The findings of a scope as the bytes of a file; filtered: whether some of the scope's are left out.

    where: directory or address of the graph. ending: one of `MEDIA`.
    """
    whole = gather(source, scope, text_keys_of(where))
    material = replace(whole, findings=tuple(findings))
    title = "report.filtered_title" if filtered else "report.title"
    return render(compose(material, lang, dated(where), title=title), ending)
