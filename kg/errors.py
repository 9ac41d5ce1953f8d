"""The one error family: what was wrong, in which file and place, and what to do about it."""

from pathlib import Path


class KgError(Exception):
    """A fault a person can mend.

    `where` names the file (and place) at fault, `fault` says what is wrong, `remedy` what to do.
    """

    def __init__(self, where: str | Path, fault: str, remedy: str) -> None:
        """Keep the three parts apart so that a caller can print or serialise them."""
        self.where, self.fault, self.remedy = str(where), fault, remedy
        super().__init__(f"{where}: {fault}\n  {remedy}")

    def __reduce__(self) -> tuple[type["KgError"], tuple[str, str, str]]:
        """Let worker processes send the error home whole."""
        return type(self), (self.where, self.fault, self.remedy)


class DocumentError(KgError):
    """One document cannot be read; the others still can."""


class ManifestError(KgError):
    """The corpus manifest says something that is not so."""


class UsageError(KgError):
    """The command was called with something it does not know."""


class GraphError(KgError):
    """There is no graph, or it cannot be opened."""


class ClusterError(KgError):
    """The cluster that should read the files does not answer."""
