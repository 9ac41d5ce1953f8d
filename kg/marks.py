"""Marks: short hashes that stand for all that something follows from."""

import hashlib
from typing import Any


def mark(content: Any) -> str:
    """24 hex digits that stand for `content`: records, texts, numbers and sequences of them.

    The same content gives the same mark in every process; sets and other things without an order do not
    belong here.
    """
    import msgspec

    try:
        told = msgspec.msgpack.encode(content)
    except UnicodeEncodeError:  # a damaged text's lone surrogates
        told = repr(content).encode("utf-8", "surrogatepass")
    return hashlib.sha256(told).hexdigest()[:24]
