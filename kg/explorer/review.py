"""复核: links, verdicts and facts by rising confidence; decisions go to the ledger, the graph follows."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from kg.explorer import reviewing
from kg.explorer.parts import badge, empty, finding_card, here, kind_mark, places, quote_card, table
from kg.explorer.reading import describe
from kg.explorer.reviewing import SUBJECTS, Item
from kg.explorer.state import ask, asked, choose, first, kept, language, say, where
from kg.model import Alignment, Concept, Finding
from kg.review import CORRECTABLE, Action, Decision, Subject, decide, undo
from kg.vocabulary import Iri

#: verdicts that are listed with the sure ones among them
MOST = 5_000
#: what has been decided: what it is about, its key
Done = set[tuple[Subject, str]]


def page() -> None:
    """Choose what to review; decide; look at the ledger."""
    st.title(say("page.review"))
    ledger = reviewing.ledger_of(where())
    if ledger is None:
        empty("review.elsewhere")
        return
    st.caption(say("review.intro"))
    if st.session_state.pop("review.saved", False):
        st.success(say("review.saved"), icon=":material/check:")
    made = reviewing.entries(where())
    subject: Subject = (
        choose(say("review.about"), SUBJECTS, "about", show=lambda each: say(f"review.{each}")) or "alignment"
    )
    done = reviewing.decided(made)
    items = _links(done) if subject == "alignment" else _doubted(subject, done)
    opened = _asked(subject, items)
    if opened is None:
        empty("review.nothing", ":material/done_all:")
    else:
        _decide(ledger, subject, opened)
        st.caption(say("search.count", count=f"{len(items):,}"))
        start, end = places(len(items), "review")
        shown = _read(subject, items[start:end])
        on = next((at for at, item in enumerate(shown) if item.key == opened.key), None)
        heads = [say("column.confidence"), say(f"review.{subject}")]
        st.html(table(heads, [(f"{item.confidence:.2f}", _line(item)) for item in shown], on))
    _ledger(ledger, made)


def _links(done: Done) -> list[Item | Iri]:
    return [*reviewing.links(ask("alignments"), done)]


def _doubted(subject: Subject, done: Done) -> list[Item | Iri]:
    """Verdicts or records by their nodes; of very many verdicts those that are sure are left out."""
    keys = tuple(sorted(key for of, key in done if of == subject))
    gone: set[Iri] = kept(reviewing.nodes_of, subject=subject, keys=keys)
    found = kept(reviewing.doubtful)[subject]
    if subject == "finding":
        count = sum(first("totals").values())
        if count <= MOST:
            found = [*found, *kept(reviewing.certain)]
        else:
            st.caption(say("review.sure", count=f"{count - len(found):,}"))
    return [name for name in found if name not in gone]


def _read(subject: Subject, items: Sequence[Item | Iri]) -> list[Item]:
    """The items themselves, read where only their nodes are known."""
    names = tuple(item for item in items if not isinstance(item, Item))
    own = [item for item in items if isinstance(item, Item)]
    return [*own, *(kept(reviewing.read, subject=subject, names=names) if names else ())]


def _asked(subject: Subject, items: Sequence[Item | Iri]) -> Item | None:
    """The item that the address names, else the first one."""
    wanted = asked("key")
    if wanted and subject == "alignment":
        found = [item for item in _read(subject, items) if item.key == wanted]
    else:
        names = kept(reviewing.nodes_of, subject=subject, keys=(wanted,)) if wanted else ()
        found = _read(subject, tuple(names))
    return next(iter([*found, *_read(subject, items[:1])]), None)


def _line(item: Item) -> str:
    """One thing to review in a list."""
    if isinstance(item.of, Alignment):
        words = " — ".join(reviewing.named(item.of, _concepts()))
        return here(words, page="review", key=item.key)
    if isinstance(item.of, Finding):
        said = item.of.explanation if language() == "zh" else item.of.explanation_en
        return f"{badge(item.of.verdict)} {here(said, page='review', key=item.key)}"
    opened = here(describe(item.of, language()), page="review", key=item.key)
    return f"{kind_mark(item.of.kind)} {opened}"


def _concepts() -> dict[str, Concept]:
    return {each.id: each for each in ask("concepts")}


# ---------------------------------------------------------------- deciding


def _decide(ledger: Path, subject: Subject, item: Item) -> None:
    """What is decided on, with its proof, and the form."""
    with st.container(border=True):
        _proof(item)
        with st.form(f"decide {item.key}", border=False):
            columns = st.columns([1, 2])
            who = columns[0].text_input(say("review.who"), st.session_state.get("review.who", ""))
            reason = columns[1].text_input(say("review.reason"))
            actions = st.columns(4)
            accept = actions[0].form_submit_button(say("review.accept"), type="primary", width="stretch")
            reject = actions[1].form_submit_button(say("review.reject"), width="stretch")
            field = value = None
            correct = False
            if subject == "record":
                field = columns[0].selectbox(
                    say("review.field"), [each for each in CORRECTABLE if hasattr(item.of, each)]
                )
                value = columns[1].text_input(say("review.value"))
                correct = actions[2].form_submit_button(say("review.correct"), width="stretch")
        if accept or reject or correct:
            action: Action = "accept" if accept else "reject" if reject else "correct"
            given = {"field": field, "value": value} if correct else {}
            decide(ledger, action, subject, item.key, who=who, reason=reason, **given)
            _follow(who)


def _proof(item: Item) -> None:
    if isinstance(item.of, Finding):
        finding_card(item.of)
    elif isinstance(item.of, Alignment):
        _link(item.of)
    else:
        st.html(
            f"<p>{escape(describe(item.of, language()))}</p>"
            + quote_card(item.of, say(f"kind.{item.of.kind}"))
        )


def _link(alignment: Alignment) -> None:
    """Both metrics with a quote of each."""
    names = reviewing.named(alignment, _concepts())
    st.html(
        f"<p><strong>{escape(names[0])} — {escape(names[1])}</strong><br><span class=kg-where>"
        f"{escape(say('alignment.' + alignment.relation))} · {alignment.score:.2f} · "
        f"{escape(alignment.method)} · {escape(alignment.reason)}</span></p>"
    )
    for column, concept, name in zip(st.columns(2), (alignment.left, alignment.right), names, strict=True):
        for each in ask("quantities", concept=concept)[:2]:
            column.html(quote_card(each, name))


def _follow(who: str) -> None:
    """Let the graph follow the ledger, then show the next item."""
    st.session_state["review.who"] = who
    with st.spinner(say("review.rebuilding")):
        reviewing.follow(where())
    st.session_state["review.saved"] = True
    st.query_params.pop("key", None)
    st.rerun()


# ---------------------------------------------------------------- the ledger


def _ledger(ledger: Path, made: Sequence[Decision]) -> None:
    """Every decision, and a way to take one back."""
    st.subheader(say("review.ledger"))
    if not made:
        st.caption(say("review.empty_ledger"))
        return
    left = reviewing.undoable(made)
    undone = {each.undoes for each in made}
    rows = [
        (
            escape(each.when[:16].replace("T", " ")),
            escape(say(f"action.{each.action}"))
            + (f" · {escape(say('review.undone'))}" if each.id in undone else ""),
            escape(f"{each.key} {each.field or ''} {each.value or ''}".strip()),
            escape(each.who),
            escape(each.reason),
        )
        for each in reversed(made)
    ]
    heads = ("when", "action", "subject", "who", "reason")
    st.html(f"<div class=kg-scroll>{table([say(f'review.{head}') for head in heads], rows)}</div>")
    if left:
        _undo(ledger, left)


def _undo(ledger: Path, left: Sequence[Decision]) -> None:
    with st.form("undo"):
        columns = st.columns([3, 1, 2])
        entry = columns[0].selectbox(
            say("review.undo"),
            left,
            format_func=lambda each: (
                f"{say('action.' + each.action)} {each.key} · {each.who} {each.when[:10]}"
            ),
        )
        who = columns[1].text_input(say("review.who"), st.session_state.get("review.who", ""), key="undo.who")
        reason = columns[2].text_input(say("review.reason"), key="undo.reason")
        if st.form_submit_button(say("review.undo")):
            undo(ledger, entry, who=who, reason=reason)
            _follow(who)
