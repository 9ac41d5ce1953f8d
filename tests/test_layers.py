"""Imports run one way along the flow, and heavy libraries stay in their rooms."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))

#: a heavy library and the only places that may import it
ROOMS = {
    "streamlit": ("kg/explorer/", "app.py"),
    "sentence_transformers": ("kg/link/encoder.py",),
    "rdflib": ("kg/graph", "kg/shacl.py", "kg/export", "kg/server"),
    "pyoxigraph": (
        "kg/graph",
        "kg/store.py",
        "kg/source.py",
        "kg/remote.py",
        "kg/shacl.py",
        "kg/export",
        "kg/server",
    ),
    "pyshacl": ("kg/shacl.py",),
    "dask": ("kg/cluster.py",),
    "distributed": ("kg/cluster.py",),
}
#: a room and the rooms whose modules it must not import: they stand to its right in the flow
LATER = (
    "kg.compare",
    "kg.knowledge",
    "kg.graph",
    "kg.store",
    "kg.queries",
    "kg.report",
    "kg.explorer",
    "kg.cli",
)
MUST_NOT = {
    "kg/model.py": ("kg.",),
    "kg/readers/": ("kg.text", "kg.extract", "kg.link", *LATER),
    "kg/text/": ("kg.extract", "kg.link", *LATER),
    "kg/places/": ("kg.text", "kg.extract", "kg.link", *LATER),
    "kg/extract/": ("kg.link", "kg.corpus", *LATER),
    "kg/link/": LATER,
    "kg/compare.py": LATER[1:],
    "kg/queries.py": ("kg.report", "kg.explorer", "kg.cli", "kg.build"),
    "kg/report/": ("kg.explorer", "kg.cli"),
    "kg/explorer/": ("kg.cli",),
}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_heavy_libraries_stay_in_their_rooms(path):
    here = path.relative_to(ROOT).as_posix()
    for name in imports(path):
        rooms = ROOMS.get(name.split(".")[0])
        assert rooms is None or here.startswith(rooms), f"{here} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_along_the_flow(path):
    here = path.relative_to(ROOT).as_posix()
    forbidden = next((rooms for room, rooms in MUST_NOT.items() if here.startswith(room)), ())
    for name in imports(path):
        assert not (name + ".").startswith(tuple(room.rstrip(".") + "." for room in forbidden)), (
            f"{here} imports {name}"
        )


def test_importing_kg_is_light():
    """`import kg` and the command line's start load no heavy library."""
    script = "import sys, kg, kg.cli; print(' '.join(m for m in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    heavy = {"streamlit", "rdflib", "pyoxigraph", "numpy", "torch", "sentence_transformers", "pandas", "docx"}
    assert not heavy & set(loaded.stdout.split())
