"""The endpoint as a web application: /sparql, /health, and a page to write queries on."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.messages import t
from kg.named import named_queries
from kg.server.protocol import MAX_QUERY, Query, RefusedError, read_request
from kg.server.worker import Bounds, Workers

WEB = Path(__file__).parent / "web"
#: the page may load nothing but what we serve
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:"


def make_app(graph: str, workers: int = 2, bounds: Bounds | None = None) -> Starlette:
    """The application for the graph directory at `graph`."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.workers = Workers(graph, workers, bounds)
        yield
        app.state.workers.close()

    cors = Middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST", "OPTIONS"], allow_headers=["*"]
    )
    routes = [
        Route("/", page),
        Route("/queries.json", questions),
        Route("/health", health),
        Route("/sparql", sparql, methods=["GET", "POST", "PUT", "DELETE", "PATCH"]),
        Mount("/web", StaticFiles(directory=WEB)),
    ]
    return Starlette(routes=routes, middleware=[cors], lifespan=lifespan)


async def sparql(request: Request) -> Response:
    """Answer a query, or say in one sentence why not."""
    try:
        body = await _body(request)
        query = read_request(request.method, request.url.query, request.headers, body)
        answer = await request.app.state.workers.answer(query)
    except RefusedError as refused:
        headers = {"Retry-After": "5"} if refused.status == 503 else {}
        return PlainTextResponse(refused.reason + "\n", refused.status, headers)
    return Response(answer.body, answer.status, media_type=answer.media_type, headers={"Vary": "Accept"})


async def _body(request: Request) -> bytes:
    """The body, no more of it than a query can need."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_QUERY * 3:
            raise RefusedError(413, t("endpoint.too_long", limit=MAX_QUERY // 1024))
        parts.append(part)
    return b"".join(parts)


async def health(request: Request) -> Response:
    """Whether the graph answers."""
    try:
        await request.app.state.workers.answer(Query("ASK { ?s ?p ?o }"))
    except RefusedError as refused:
        return JSONResponse({"status": "error", "reason": refused.reason}, 503)
    return JSONResponse({"status": "ok"})


async def questions(request: Request) -> Response:
    """The named queries, for the page."""
    listed: list[dict[str, Any]] = [
        {"name": query.name, "zh": query.zh, "en": query.en, "sparql": query.sparql}
        for query in named_queries().values()
        if not query.parameters
    ]
    return JSONResponse(listed)


async def page(request: Request) -> Response:
    """The query page."""
    return HTMLResponse((WEB / "index.html").read_text("utf-8"), headers={"Content-Security-Policy": _POLICY})


def run(graph: str, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve until interrupted."""
    import uvicorn

    say(f"SPARQL: http://{host}:{port}/sparql · {t('endpoint.page')}: http://{host}:{port}/")
    uvicorn.run(make_app(graph), host=host, port=port, log_level="warning")
