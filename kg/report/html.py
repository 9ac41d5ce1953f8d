"""A report as one self-contained web page: no script, nothing from outside, made to be printed."""

from functools import cache
from typing import Any

from kg.messages import t
from kg.report import svg
from kg.report.parts import Report
from kg.report.words import printable

#: findings shown in one section: a browser still scrolls through so many
MOST = 1000


def render(report: Report) -> bytes:
    """The page in UTF-8; every word of a document is escaped by the template."""
    from markupsafe import Markup

    charts = {
        "matrices": [Markup(each) for each in svg.matrix(report.matrix, report.lang)],
        "timelines": [Markup(svg.timeline(each, report.lang)) for each in report.timelines],
        "loads": Markup(svg.loads(report.loads, report.lang)) if report.loads else None,
    }
    page = _template().render(report=report, colours=svg.COLOURS, most=MOST, t=_say(report), **charts)
    return printable(str(page)).encode("utf-8")


def _say(report: Report) -> Any:
    return lambda key, **values: t(key, report.lang, **values)


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("kg.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
