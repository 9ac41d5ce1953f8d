"""The command line: a command calls and prints; `main` alone turns errors into sentences."""

import argparse
import gc
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import kg
from kg.errors import KgError, UsageError

FINE, FOUND, WRONG = 0, 1, 2


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 fine, 1 findings or a document failed, 2 wrong use."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args))
    except UsageError as error:
        complain([error])
        return WRONG
    except KgError as error:
        complain([error])
        return FOUND
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE


def complain(errors: Iterable[KgError]) -> None:
    """Print each error with its remedy, for people, on standard error."""
    for error in errors:
        print(f"错误 error: {error}", file=sys.stderr)


def run_build(args: argparse.Namespace) -> int:
    """Build or update the graph."""
    from kg.build import build

    built = build(
        args.paths or [Path("data")],
        args.out,
        workers=args.workers,
        cluster=args.cluster,
        encoder=args.encoder,
        progress=None if args.quiet else progress(),
    )
    if args.store:
        _send(args.out, args.store)
    complain(built.faults)
    if not args.quiet:
        state = "已更新 updated" if built.changed else "无变化 unchanged"
        print(f"{state}: {built.documents} 份文件 documents, {built.read} 个新读 read anew → {args.out}")
        for note in built.notes:
            print(f"  注 note: {note}")
    return FOUND if built.faults else FINE


def _send(out: Path, url: str) -> None:
    """Make a server's graphs those of the build in `out`."""
    from kg.store import open_local, write_remote

    write_remote(open_local(out), url)


def run_extract(args: argparse.Namespace) -> int:
    """Print the records of files as JSON lines."""
    gc.set_threshold(100_000)  # nearly all that is made here lives to the end; to search it takes 4 %
    from kg import corpus
    from kg.model import to_json
    from kg.stage import attempt, with_citations_resolved

    sources, faults = corpus.find(args.files)
    outcomes = [attempt(source) for source in sources]
    faults += [outcome for outcome in outcomes if isinstance(outcome, KgError)]
    files = [outcome for outcome in outcomes if not isinstance(outcome, KgError)]
    faults += [fault for file in files for fault in file.faults]
    for record in with_citations_resolved(record for file in files for record in file.records):
        print(json.dumps(to_json(record), ensure_ascii=False))
    complain(faults)
    return FOUND if faults else FINE


def run_text(args: argparse.Namespace) -> int:
    """Print the text that offsets refer to."""
    from kg.readers import read

    for text in read(args.file):
        sys.stdout.write(text.characters)
        for note in text.notes:
            print(f"注 note: {note}", file=sys.stderr)
    return FINE


def run_compare(args: argparse.Namespace) -> int:
    """List verdicts."""
    from kg import listing, queries

    graph = opened(args)
    found = queries.findings(
        graph, upper=args.upper, lower=args.lower, verdicts=args.verdict, place=args.place
    )
    if args.summary:
        print(listing.summary(found, args.lang))
    else:
        sys.stdout.write(listing.findings(found, args.format, args.lang))
    return FINE


def run_trace(args: argparse.Namespace) -> int:
    """Show the vertical chain of a metric or a document."""
    from kg import queries
    from kg.trace import render, trace

    print(render(trace(queries.knowledge(opened(args)), args.query), args.lang))
    return FINE


def run_missing(args: argparse.Namespace) -> int:
    """List cited documents that the corpus lacks."""
    from kg import listing, queries

    sys.stdout.write(
        listing.missing(queries.missing(opened(args), with_citations=False), args.format, args.lang)
    )
    return FINE


def run_report(args: argparse.Namespace) -> int:
    """Write the findings for people."""
    from kg.report import dated, render
    from kg.report.content import compose
    from kg.report.material import Scope, gather, text_keys_of

    scope = Scope(upper=args.upper, lower=args.lower, place=args.place, chain=args.chain)
    material = gather(opened(args), scope, text_keys_of(args.graph))
    report = compose(material, args.lang, dated(args.graph, args.date))
    if not args.out:
        sys.stdout.write(render(report, ".md").decode())
    for path in args.out:
        written(path, render(report, path.suffix))
    return FINE


def run_check(args: argparse.Namespace) -> int:
    """Hold a draft against all that governs its place, without adding it."""
    from kg.check import check
    from kg.report import dated, lint, render

    checked = check(args.draft, opened(args), encoder_of(args), args.place)
    out = args.out or Path(f"{args.draft.stem}-check.docx")
    if args.format == "docx":
        for number, each in enumerate(checked, 1):
            path = out if len(checked) == 1 else out.with_stem(f"{out.stem}-{number}")
            written(path, render(lint.report(each, args.lang, dated(args.graph, args.date)), ".docx"))
    else:
        write = {"lines": lint.lines, "json": lint.as_json, "sarif": lint.sarif}[args.format]
        told(write(checked, args.lang), args.out)
    return FOUND if any(each.grave for each in checked) else FINE


def run_diff(args: argparse.Namespace) -> int:
    """What changed between two editions of a plan, or between two builds."""
    from kg.builds import compare_builds
    from kg.editions import differences
    from kg.report import changes
    from kg.store import is_graph, open_graph

    if is_graph(args.old) and is_graph(args.new):
        built = compare_builds(open_graph(args.old), open_graph(args.new))
        told(changes.builds(built, args.format, args.lang), args.out)
        return FOUND if built else FINE
    found = differences(edition(args, args.old), edition(args, args.new), encoder_of(args))
    told(changes.editions(found, args.format, args.lang), args.out)
    return FOUND if found else FINE


def edition(args: argparse.Namespace, name: str) -> Any:
    """The plan in a file, or the plan of that id in the graph."""
    from kg.draft import held_plan, read_drafts

    if not Path(name).is_file():
        return held_plan(opened(args), name)
    drafts = read_drafts(Path(name))
    if len(drafts) > 1:
        fault = f"文件里有 {len(drafts)} 份规划 (the file holds several plans)"
        raise UsageError(name, fault, "用单独的文件，或图谱中的编号 (give a file of one, or an id).")
    return drafts[0]


def run_digest(args: argparse.Namespace) -> int:
    """What an agency owes by when."""
    from kg.digest import digest, listing

    agency, owed = digest(opened(args), args.agency)
    told(listing(agency, owed, args.format, args.lang), args.out)
    return FINE


def run_query(args: argparse.Namespace) -> int:
    """Run a SPARQL query from a file or by name."""
    from kg import listing, queries

    graph = opened(args)
    bindings = dict(pair.split("=", 1) for pair in args.set)
    if args.name:
        rows = queries.named(graph, args.name, **bindings)
    elif args.file:
        rows = graph.select(args.file.read_text("utf-8"), **bindings)
    else:
        sys.stdout.write(listing.query_names(queries.named_queries(), args.lang))
        return FINE
    sys.stdout.write(listing.rows(rows, args.format))
    return FINE


def run_validate(args: argparse.Namespace) -> int:
    """Check the graph against its SHACL shapes."""
    from kg.shacl import validate

    violations = validate(opened(args))
    for violation in violations:
        print(violation)
    if not violations:
        print("图谱符合全部约束 (the graph conforms to all shapes)")
    return FOUND if violations else FINE


def run_export(args: argparse.Namespace) -> int:
    """Write the graph for other tools."""
    from kg.export import export

    for path in export(opened(args), args.format, args.out):
        print(path)
    return FINE


def run_serve(args: argparse.Namespace) -> int:
    """Serve the graph by the SPARQL 1.1 Protocol."""
    from kg.server.app import run
    from kg.store import current

    current(Path(args.graph))  # says what is wrong before a server starts
    run(args.graph, args.host, args.port, print)
    return FINE


def run_explore(args: argparse.Namespace) -> int:
    """Start the explorer."""
    from kg import launch
    from kg.explorer import firsts

    opened(args)  # says what is wrong before a server starts
    firsts.prepare(str(args.graph), _tell_of_preparing)
    process, url = launch.start(args.graph, args.port)
    try:
        launch.wait_until_it_answers(process, url)
        print(f"浏览界面 explorer: {url}", flush=True)
        if not args.check:
            process.wait()
    except KeyboardInterrupt:
        pass
    finally:
        launch.stop(process)
    return FINE


def _tell_of_preparing() -> None:
    """Say why nothing is seen for a while."""
    told = "正在准备首页清单，每次构建后一次 (preparing the first lists, once after each build)"
    print(told, file=sys.stderr, flush=True)


def written(path: Path, content: bytes) -> None:
    """Write a file whole and say where."""
    from kg.files import write_bytes_whole

    try:
        write_bytes_whole(path, content)
    except OSError as error:
        fault = f"写不了 (cannot be written): {error.strerror}"
        raise UsageError(path, fault, "检查目录和权限 (check folder and permissions).") from error
    print(path)


def told(text: str, out: Path | None) -> None:
    """To the terminal, or into a file."""
    if out:
        written(out, text.encode("utf-8", "backslashreplace"))
    else:
        sys.stdout.write(text)


def encoder_of(args: argparse.Namespace) -> Any:
    """The sentence encoder, with the vectors that the build of this graph kept."""
    from kg.link.encoder import DEFAULT, load_encoder

    cache = Path(args.graph) / "cache"
    return load_encoder(args.encoder or DEFAULT, cache if os.access(cache, os.W_OK) else None)


def opened(args: argparse.Namespace) -> Any:
    """The graph that the command asked for."""
    from kg.store import open_graph

    return open_graph(args.graph)


def progress() -> Any:
    """A progress line on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int, name: str) -> None:
        print(f"\r{done}/{total} {name[:50]:<50}", end="\n" if done == total else "", file=sys.stderr)

    return show


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    root = argparse.ArgumentParser(
        prog="kg", description="规划对照知识图谱 (policy comparison knowledge graph)"
    )
    root.add_argument("--version", action="version", version=f"policy-kg {kg.__version__}")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_build(commands)
    _add_reading(commands)
    _add_answers(commands)
    _add_reports(commands)
    _add_tools(commands)
    return root


def _command(commands: Any, name: str, run: Any, summary: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary)
    command.set_defaults(run=run)
    return command


def _on_graph(commands: Any, name: str, run: Any, summary: str) -> argparse.ArgumentParser:
    command = _command(commands, name, run, summary)
    default = os.environ.get("KG_GRAPH", "build")
    command.add_argument(
        "--graph", default=default, metavar="DIR-or-URL", help=f"图谱目录或 SPARQL 地址 (default: {default})"
    )
    command.add_argument(
        "--lang", choices=("zh", "en"), default="zh", help="输出语言 (language of the output)"
    )
    return command


def _add_build(commands: Any) -> None:
    build = _command(commands, "build", run_build, "建立或更新图谱 (build or update the graph)")
    build.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="文件或目录 (default: data)")
    build.add_argument("--out", type=Path, default=Path("build"), metavar="DIR")
    build.add_argument("--workers", type=int, metavar="N", help="读取进程数 (processes that read files)")
    build.add_argument("--cluster", metavar="URL", help="Dask 调度器地址 (address of a Dask scheduler)")
    build.add_argument(
        "--encoder", metavar="NAME", help="句向量模型名或路径 (sentence encoder by name or path)"
    )
    build.add_argument("--store", metavar="URL", help="同时写入 SPARQL 服务器 (write to a SPARQL server too)")
    build.add_argument("--quiet", action="store_true", help="只报错误 (errors only)")


def _add_reading(commands: Any) -> None:
    extract = _command(commands, "extract", run_extract, "输出文件中的记录 (records of files as JSON lines)")
    extract.add_argument("files", nargs="+", type=Path, metavar="FILE")
    text = _command(commands, "text", run_text, "输出偏移量所指的文本 (the text that offsets refer to)")
    text.add_argument("file", type=Path, metavar="FILE")


def _add_answers(commands: Any) -> None:
    compare = _on_graph(commands, "compare", run_compare, "列出对照结论 (list verdicts)")
    compare.add_argument("--upper", metavar="ID", help="上位规划 (governing document)")
    compare.add_argument("--lower", metavar="ID", help="下位规划 (lower document)")
    compare.add_argument(
        "--place", metavar="CODE", help="下位规划的行政区划代码 (place of the lower document)"
    )
    compare.add_argument(
        "--verdict", action="append", metavar="VERDICT", help="只列此结论，可重复 (repeatable)"
    )
    compare.add_argument("--format", choices=("table", "jsonl", "csv"), default="table")
    compare.add_argument("--summary", action="store_true", help="只列各结论的数目 (counts only)")
    trace = _on_graph(commands, "trace", run_trace, "自上而下追溯指标或文件 (the vertical chain of a metric)")
    trace.add_argument("query", metavar="METRIC-or-DOC")
    missing = _on_graph(
        commands, "missing", run_missing, "被引用而缺少的文件 (cited documents that are missing)"
    )
    missing.add_argument("--format", choices=("table", "jsonl", "csv"), default="table")


def _add_reports(commands: Any) -> None:
    report = _on_graph(commands, "report", run_report, "生成对照报告 (write the findings for people)")
    report.add_argument("--lower", metavar="ID", help="下位规划 (lower document)")
    report.add_argument("--upper", metavar="ID", help="上位规划 (governing document)")
    report.add_argument("--place", metavar="CODE", help="行政区划代码，含所辖各地 (a place and all in it)")
    report.add_argument("--chain", metavar="ID", help="规划及其各级上位规划 (a plan and all above it)")
    report.add_argument("--date", metavar="YYYY-MM-DD", help="报告日期 (default: 图谱建立之日)")
    report.add_argument(
        "--out",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=".html .docx .xlsx .md .json，可重复 (repeatable; default: Markdown to the terminal)",
    )
    check = _on_graph(commands, "check", run_check, "送签前核对草案 (check a draft before signature)")
    check.add_argument("draft", type=Path, metavar="DRAFT")
    check.add_argument("--place", metavar="CODE", help="草案所属地区，文中未写明时用 (place of the draft)")
    check.add_argument("--format", choices=("lines", "json", "sarif", "docx"), default="lines")
    check.add_argument("--out", type=Path, metavar="FILE")
    check.add_argument("--date", metavar="YYYY-MM-DD", help="docx 报告的日期 (date of the docx report)")
    check.add_argument("--encoder", metavar="NAME", help="句向量模型名或路径 (sentence encoder)")
    diff = _on_graph(commands, "diff", run_diff, "两个版本的差异 (what changed between two editions)")
    diff.add_argument("old", metavar="A", help="文件、图谱中的编号，或图谱目录 (file, id, or a build)")
    diff.add_argument("new", metavar="B")
    diff.add_argument("--format", choices=("lines", "jsonl"), default="lines")
    diff.add_argument("--out", type=Path, metavar="FILE")
    diff.add_argument("--encoder", metavar="NAME", help="句向量模型名或路径 (sentence encoder)")
    digest = _on_graph(commands, "digest", run_digest, "一个单位何时须完成什么 (what an agency owes by when)")
    digest.add_argument("agency", metavar="AGENCY")
    digest.add_argument("--format", choices=("lines", "jsonl", "csv"), default="lines")
    digest.add_argument("--out", type=Path, metavar="FILE")


def _add_tools(commands: Any) -> None:
    query = _on_graph(
        commands, "query", run_query, "SPARQL 查询 (SPARQL; without a file: list the named ones)"
    )
    query.add_argument("file", nargs="?", type=Path, metavar="FILE.rq")
    query.add_argument("--name", help="命名查询 (a named query)")
    query.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="查询参数 (parameter)"
    )
    query.add_argument("--format", choices=("table", "jsonl", "csv"), default="table")
    serve = _on_graph(commands, "serve", run_serve, "SPARQL 1.1 端点，只读 (read-only SPARQL 1.1 endpoint)")
    serve.add_argument("--port", type=int, default=7878, metavar="N")
    serve.add_argument(
        "--host", default="127.0.0.1", help="监听地址 (address to listen on; default: this machine)"
    )
    explore = _on_graph(commands, "explore", run_explore, "打开浏览界面 (start the explorer)")
    explore.add_argument("--port", type=int, metavar="N")
    explore.add_argument("--check", action="store_true", help="能启动即停 (see that it starts, then stop)")
    _on_graph(commands, "validate", run_validate, "按 SHACL 检查图谱 (check the graph by SHACL)")
    export = _on_graph(commands, "export", run_export, "导出图谱 (write the graph for other tools)")
    export.add_argument("--format", required=True, metavar="FORMAT")
    export.add_argument("--out", type=Path, required=True, metavar="PATH")
