"""XML from strangers: no entities, no DTD, no network, bounded size and depth."""

from typing import Any, TypeAlias

from lxml import etree

from kg.limits import Limits
from kg.readers.messages import refusal, too_large

Element: TypeAlias = Any
"""An lxml element; lxml ships no types."""


def parse_xml(data: bytes, where: str, limits: Limits) -> Element:
    """The root of one XML part.

    Raises:
        DocumentError: it declares entities, is nested too deeply, or is not well formed.
    """
    if len(data) > limits.xml_bytes:
        raise too_large(where, len(data), limits.xml_bytes, "xml_bytes")
    if b"<!DOCTYPE" in data[:65536] or b"<!ENTITY" in data:
        raise refusal(where, "entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as e:
        raise refusal(where, "broken", format="XML", reason=e.msg) from e
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal(where, "entities")
    check_depth(root, where, limits)
    return root


def check_depth(root: Element, where: str, limits: Limits) -> None:
    """Refuse a tree whose elements are nested more deeply than `limits.xml_depth`."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.xml_depth:
            raise refusal(where, "too_deep", depth=depth, limit=limits.xml_depth, setting="xml_depth")


def local(element: Element) -> str:
    """An element's name without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that local name."""
    if element is None:
        return None
    return next((found for found in element if local(found) == name), None)


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace."""
    if element is None:
        return None
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), None)


def value(element: Element | None, name: str) -> str | None:
    """The `val` attribute of the child of that name, which is how WordprocessingML says most things."""
    return attribute(child(element, name), "val")
