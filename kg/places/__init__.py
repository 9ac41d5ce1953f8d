"""Places: administrative divisions, names in texts, and whose document number it is."""

from kg.places.gazetteer import Place, all_places, ancestors, by_code, find, heirs, is_within, short_names
from kg.places.numbers import agency_code, agency_of_number, ministry_of, number_heads
from kg.places.resolve import Resolution, by_area_code, resolve
from kg.places.scan import Mention, mentions

__all__ = [
    "Mention",
    "Place",
    "Resolution",
    "agency_code",
    "agency_of_number",
    "all_places",
    "ancestors",
    "by_area_code",
    "by_code",
    "find",
    "heirs",
    "is_within",
    "mentions",
    "ministry_of",
    "number_heads",
    "resolve",
    "short_names",
]
