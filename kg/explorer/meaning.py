"""Search by meaning: every different text of a build encoded once, in the background, and kept beside it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from zipfile import BadZipFile

import numpy as np

from kg.link.encoder import Encoder

#: below this, two texts have nothing to do with each other
LEAST = 0.3
#: the nearest texts whose records are shown
MOST = 60
#: texts that are encoded between two looks at a question, and between two savings
CHUNK, SAVED = 64, 8_000
#: rows that are multiplied at once: half precision is widened piece by piece
_ROWS = 16_384

Vectors = dict[str, Any]


class Meanings:
    """The texts of a build and, as far as they are encoded, their vectors."""

    def __init__(
        self, texts: Callable[[], Sequence[str]], encoder: Encoder, path: Path | None = None
    ) -> None:
        """Nothing is asked or encoded yet. texts: gives them. path: where vectors are kept; None: nowhere."""
        self.texts: Sequence[str] = ()
        self.done = 0
        self._ask = texts
        self._encoder, self._path, self._lock = encoder, path, Lock()
        self._vectors: Any = None
        self._thread: Thread | None = None

    def start(self, patience: float = 0.0) -> None:
        """Encode in the background, once; wait so many seconds for it."""
        if self._thread is None:
            self._thread = Thread(target=self.encode, daemon=True)
            self._thread.start()
        self._thread.join(patience)

    @property
    def running(self) -> bool:
        """Whether more texts are being encoded."""
        return self._thread is not None and self._thread.is_alive()

    def encode(self) -> None:
        """Encode all texts, those of another build that are known already excepted."""
        known = self._read()
        self.texts = self._ask()
        saved = len(known)
        for at in range(0, len(self.texts), CHUNK):
            batch = [words_of(text) for text in self.texts[at : at + CHUNK]]
            self._learn([each for each in dict.fromkeys(batch) if each not in known], known)
            rows = np.stack([known[each] for each in batch])
            if self._vectors is None:
                self._vectors = np.zeros((len(self.texts), rows.shape[1]), dtype=np.float16)
            self._vectors[at : at + len(batch)] = rows
            self.done = at + len(batch)
            if len(known) - saved >= SAVED or (self.done == len(self.texts) and len(known) > saved):
                self._write(known)
                saved = len(known)

    def _learn(self, new: Sequence[str], known: Vectors) -> None:
        if new:
            with self._lock:
                rows = self._encoder.encode(list(new))
            known.update(zip(new, rows.astype(np.float16), strict=True))

    def nearest(self, words: str) -> dict[str, float]:
        """The encoded texts nearest to the words, each with its cosine, the nearest first."""
        done, vectors = self.done, self._vectors
        if not done:
            return {}
        with self._lock:
            asked = self._encoder.encode([words])[0]
        parts = [
            vectors[at : min(at + _ROWS, done)].astype(np.float32) @ asked for at in range(0, done, _ROWS)
        ]
        scores = np.concatenate(parts)
        best = np.argsort(-scores, kind="stable")[:MOST]
        return {self.texts[at]: float(scores[at]) for at in best if scores[at] >= LEAST}

    # ---------------------------------------------------------------- on disk

    def _read(self) -> Vectors:
        """The vectors of an earlier run or build, by text; a damaged file is ignored and written anew."""
        if self._path is None:
            return {}
        try:
            with np.load(self._path, allow_pickle=False) as stored:
                texts = bytes(stored["texts"]).decode("utf-8", "surrogatepass").split("\n")
                return dict(zip(texts, stored["vectors"], strict=True))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return {}

    def _write(self, known: Mapping[str, Any]) -> None:
        if self._path is None:
            return
        fresh = self._path.with_suffix(".part")
        texts = np.frombuffer("\n".join(known).encode("utf-8", "surrogatepass"), dtype=np.uint8)
        try:
            self._path.parent.mkdir(exist_ok=True)
            with fresh.open("wb") as stream:
                np.savez(stream, texts=texts, vectors=np.stack(list(known.values())))
            fresh.replace(self._path)
        except OSError:
            fresh.unlink(missing_ok=True)  # a folder that only may be read: encoded again by the next process


def words_of(text: str) -> str:
    """What a text is about, on one line, in few words."""
    return " ".join(text.split())[:120]
