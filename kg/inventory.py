"""What a finished store holds, graph by graph: enough to tell which graphs a new build must write.

It stands beside the store as `graphs-DIGEST.json`, under the same digest as the store's own name.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.files import write_whole


@dataclass(frozen=True, slots=True)
class Inventory:
    """The graphs of one store.

    code: a mark of the code that wrote it. graphs: name → mark of what its statements follow from ("" where
    that is not known), digest of the statements in their order.
    """

    code: str
    graphs: Mapping[str, tuple[str, str]]

    def holds(self, graph: str, mark: str) -> bool:
        """Whether the graph stands there and follows from the same as now."""
        return bool(mark) and self.graphs.get(graph, ("", ""))[0] == mark

    def digest(self) -> str:
        """16 hex digits that stand for every statement of the store."""
        lines = (f"{graph} {digest}\n" for graph, (_, digest) in sorted(self.graphs.items()))
        return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]

    def write(self, out: Path) -> None:
        """Note it beside the stores under `out`."""
        content = {"code": self.code, "graphs": self.graphs}
        write_whole(inventory_file(out, self.digest()), json.dumps(content, ensure_ascii=False), durable=True)


def inventory_file(out: Path, digest: str) -> Path:
    """Where the inventory of `store-DIGEST` stands."""
    return out / f"graphs-{digest}.json"


def read_inventory(store: Path, code: str) -> Inventory:
    """The inventory of a store directory; an empty one where other code wrote it, or none is there."""
    path = inventory_file(store.parent, store.name.removeprefix("store-"))
    if code and path.is_file():
        content = json.loads(path.read_text("utf-8"))
        if content["code"] == code:
            return Inventory(
                code, {graph: (mark, digest) for graph, (mark, digest) in content["graphs"].items()}
            )
    return Inventory(code, {})
