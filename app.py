"""The explorer's pages, nothing else: `kg explore` runs it."""

from kg.explorer.shell import run

run()
