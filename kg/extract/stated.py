"""What the manifest states about a document stands above what is read from its text."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

from kg.model import Document, Evidence, Level, Status
from kg.places import by_code, find

_CHOICES: dict[str, tuple[str, ...]] = {"level": get_args(Level), "status": get_args(Status)}


def with_statements(document: Document, stated: Mapping[str, str]) -> Document:
    """The document with the stated fields in place; each has evidence of rule "manifest" without a quote."""
    if not stated:
        return document
    fields = dict(_fields(stated))
    evidence = tuple(one for one in document.evidence if one.field not in fields)
    evidence += tuple(_evidence(document, name) for name in fields)
    return replace(document, **fields, evidence=evidence, stated=tuple(sorted(stated.items())))


def _fields(stated: Mapping[str, str]) -> list[tuple[str, Any]]:
    values: dict[str, Any] = {
        name: stated[name] for name in ("title", "doc_number", "issuer", "issued") if name in stated
    }
    values |= _place(stated)
    for name, choices in _CHOICES.items():
        if stated.get(name) in choices:
            values[name] = stated[name]
    years = re.findall(r"\d{4}", stated.get("period", ""))
    if years:
        values["period"] = (int(years[0]), int(years[-1]))
    if "trusted" in stated:
        values["trusted"] = stated["trusted"].lower() == "true"
    return list(values.items())


def _place(stated: Mapping[str, str]) -> dict[str, Any]:
    """Place, chain and level from a stated code or name; a name that several places have stays a name."""
    code, name = stated.get("place"), stated.get("jurisdiction")
    found = [by_code(code)] if code else list(find(name)) if name else []
    if len(found) == 1 and found[0] is not None:
        place = found[0]
        return {"place": place.code, "jurisdiction": name or place.full_name, "level": place.level}
    return {"jurisdiction": name} if name else {}


def _evidence(document: Document, name: str) -> Evidence:
    return Evidence(field=name, start=document.start, end=document.start, quote="", rule="manifest")
