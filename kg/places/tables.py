"""Tables in `kg/data`: tab-separated, `#` starts a comment line, the first other line names the columns."""

from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table as dictionaries; a cell left out at the end of a line is ""."""
    text = files("kg").joinpath("data", name).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    head, *body = lines
    return [dict(zip(head, [*cells, *[""] * (len(head) - len(cells))], strict=True)) for cells in body]
