"""A view's words as the file prints them: repaired and joined, but with their own quotation marks."""

from kg.text.plan import PlanText

_QUOTES = "“”‘’"


def printed(plan: PlanText, start: int, end: int) -> str:
    """The view's characters without blanks; a unified quote is given back as the raw text has it."""
    out = []
    for index in range(start, end):
        character = plan.text[index]
        if character in "\"'":
            raw = plan.raw[plan.view.raw_index(index)]
            character = raw if raw in _QUOTES else character
        if not character.isspace():
            out.append(character)
    return "".join(out)
