"""One plan as the extractors read it: raw text, view, outline, tables, and the way back to raw."""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from kg.model import Repair
from kg.text.outline import Section, ancestors, outline
from kg.text.repair import mend
from kg.text.tables import Table, tables
from kg.text.view import View, make_view


@dataclass(frozen=True)
class PlanText:
    """A document inside its file. All indices of view, sections and tables count the view.

    doc: the document's id. raw: the whole file's text; the plan is raw[start:end]. file: its name.
    stated: what the manifest says about the document (jurisdiction, level, trusted, …).
    """

    doc: str
    raw: str
    start: int
    end: int
    view: View
    repairs: tuple[Repair, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    file: str = ""
    stated: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The view's text: what rules read."""
        return self.view.text

    def span(self, start: int, end: int) -> tuple[int, int, str]:
        """Raw start, raw end and raw quote of a view span."""
        first, last = self.view.raw_span(start, end)
        return first, last, self.raw[first:last]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    def section_index(self, at: int) -> int:
        """Index of the innermost section that covers a view index; -1 before the first."""
        index = bisect_right(self._section_starts, at) - 1
        while index >= 0 and self.sections[index].end <= at:
            index = self.sections[index].parent
        return index

    def sections_at(self, at: int) -> list[Section]:
        """The sections that cover a view index, outermost first."""
        return ancestors(self.sections, self.section_index(at))

    def path(self, at: int) -> tuple[str, ...]:
        """The heading titles above a view index, outermost first, untitled paragraphs left out."""
        return tuple(section.title for section in self.sections_at(at) if section.title)

    def table_at(self, at: int) -> Table | None:
        """The table that covers a view index."""
        return next((table for table in self.tables if table.start <= at < table.end), None)


def read_plan(
    doc: str,
    raw: str,
    start: int = 0,
    end: int | None = None,
    *,
    file: str = "",
    stated: dict[str, str] | None = None,
) -> PlanText:
    """Prepare raw[start:end] for extraction."""
    end = len(raw) if end is None else end
    mended, repairs = mend(raw, start, end)
    view = make_view(mended, start, end)
    return PlanText(doc, raw, start, end, view, repairs, outline(view), tables(view), file, stated or {})
