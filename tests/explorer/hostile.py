"""A plan that tries to be more than text: markup, formulas, templates, very long names, 10,000 facts."""

from decimal import Decimal

from kg.model import AgencyRole, Assignment, Concept, Deadline, Document, Knowledge, Quantity, identify

MARKUP = "<script>window.hacked=1</script>"
IMAGE = "<img src=x onerror=window.hacked=1>"
TRICKS = (
    MARKUP,
    IMAGE,
    '"><svg onload=window.hacked=1>',
    "=cmd|' /C calc'!A0",
    "[点这里](javascript:window.hacked=1)",
    "$$\\frac{1}{0}$$ :material/home: {b} {{7*7}}",
    "长" * 5_000,
)


def hostile_plan(facts=10_000, metrics=400):
    """Its knowledge and its text; the first figures are of so many metrics."""
    lines = [
        f"到2025年，{trick}率达到{at % 100}%。责任单位：{trick[:80]}局。" for at, trick in enumerate(TRICKS)
    ]
    lines += [f"到2025年，指标{at}率达到{at % 100}%。" for at in range(facts)]
    text = "\n".join(lines) + "\n"
    whole = {"doc": "evil", "start": 0, "end": len(text), "quote": ""}
    title = f"{MARKUP}{IMAGE}养老规划"
    plan = Document(
        **whole, title=title, issuer=f"{IMAGE}府", jurisdiction=f"{MARKUP}市", period=(2021, 2025)
    )
    records, at = [plan], 0
    for number, line in enumerate(lines):
        end = at + line.index("。")
        stands = {
            "doc": "evil",
            "start": at,
            "end": end,
            "quote": text[at:end],
            "section": (TRICKS[number % 7][:60],),
        }
        name = line[7 : line.rindex("达到", 0, line.index("%"))]
        figures = {"unit": "%", "time": "2025", "value": Decimal(number % 100)}
        records.append(Quantity(**stands, indicator=name, **figures))
        if number < len(TRICKS):
            records.append(Deadline(**stands, what=name, time="2025"))
            who = (AgencyRole(name=f"{TRICKS[number][:80]}局", raw="局", role="lead"),)
            records.append(Assignment(**stands, task=name, agencies=who, task_start=at, task_end=end))
        at += len(line) + 1
    found = identify(records)
    quantities = tuple(each for each in found if isinstance(each, Quantity))
    concepts = tuple(
        Concept(id=f"m{at}", label=each.indicator, names=(each.indicator,))
        for at, each in enumerate(quantities[:metrics])
    )
    known = Knowledge(
        documents=tuple(each for each in found if isinstance(each, Document)),
        quantities=quantities,
        deadlines=tuple(each for each in found if isinstance(each, Deadline)),
        assignments=tuple(each for each in found if isinstance(each, Assignment)),
        concepts=concepts,
        concept_of={(each.doc, each.id): f"m{at}" for at, each in enumerate(quantities[:metrics])},
    )
    return known, {"evil": text}
