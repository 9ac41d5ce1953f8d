"""Records in the words of a report: what to call a plan, how a quote and a caution are printed."""

from collections.abc import Iterable

from kg.explain import Lang, name_of
from kg.messages import CATALOGUE
from kg.model import Document, Quantity

#: characters of context printed on each side of a quote
CONTEXT = 28
#: characters that neither XML 1.0 nor a terminal can show, and halves of characters of a damaged file
_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "�")


def printable(text: str) -> str:
    """The text with what no document format can hold shown as U+FFFD."""
    return text if text.isprintable() else text.translate(_UNPRINTABLE)


def one_line(text: str) -> str:
    """The text on one line: breaks and runs of spaces are the page's, not the author's."""
    return printable(" ".join(text.split()))


def title_of(document: Document) -> str:
    """A plan's title without the spaces and breaks of its page; its id where it has none."""
    return printable("".join((document.title or document.doc).split()))


def plan_names(documents: Iterable[Document]) -> dict[str, str]:
    """What to call each plan in a chart: its place; with its title where two plans are of one place."""
    names = {each.doc: (name_of(each), title_of(each)) for each in documents}
    places = [place for place, _ in names.values()]
    return {
        doc: place
        if places.count(place) == 1
        else f"{place}《{title}》"
        if place.strip("《》") != title
        else place
        for doc, (place, title) in names.items()
    }


def metric_of(quantity: Quantity) -> str:
    """The measured thing on one line."""
    return printable("".join(quantity.indicator.split()))


def section_of(section: tuple[str, ...]) -> str:
    """The heading path, outermost first."""
    return one_line(" > ".join(section))


def context_at(text: str, start: int, end: int) -> tuple[str, str]:
    """The characters of a text before and after a quote, as a graph keeps them."""
    return text[max(0, start - 2 * CONTEXT) : start], text[end : end + 2 * CONTEXT]


def around(context: tuple[str, str]) -> tuple[str, str]:
    """What stands right before and after a quote, short enough to print beside it."""
    before, after = (one_line(part) for part in context)
    return before[-CONTEXT:], after[:CONTEXT]


def note_in(note: str, lang: Lang) -> str:
    """A caution in one language; it is kept as 中文 (English), a reviewer's note as it was written."""
    chinese, parted, english = note.partition(" (")
    if not parted or not english.endswith(")"):
        return printable(note)
    return printable(chinese if lang == "zh" else english[:-1])


def is_draft_note(note: str) -> bool:
    """Whether a caution only says that the lower plan is a draft: a report says that once, at its head."""
    return note.startswith(CATALOGUE["note.draft"][0])
