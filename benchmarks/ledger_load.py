"""A ledger of many articles under load: search, reading view and a mix of pages, on loopback.

The ledger is made of the analyses of PATHS (as they are, then again and again with another last
line, day and outlet, so that each is a text of its own), entered by `add_article`; one for
PostgreSQL is read from the archive of that for SQLite. The load comes from wrk (Debian: wrk): first
from `--people` at once, each of whom waits for a while after every answer, as people do, so that
all of them ask for 50 pages a second; then as fast as it is answered, with `--connections`.

    python benchmarks/ledger_load.py ARTICLES --articles 100000 --place ledger.db -o results/…
    python benchmarks/ledger_load.py --only-load --place postgresql://…
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import psutil
from support import load, parser, publish, table

from beleg import Analysis, analyse_many
from beleg.ledger.article_changes import add_article
from beleg.ledger.articles import count_articles
from beleg.ledger.store import Ledger, open_ledger
from beleg.text.article import Article

_AT_ONCE = 200  # articles a transaction
_OUTLETS = 40
_FIRST_DAY = date(2010, 1, 1)
_DAYS = 5_000
_WORD = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]{4,14}\b")
_ASKED = 4_000  # different addresses of each kind
_RATE, _P95_MS = 50, 150  # the targets
_EXPECTED_MS = 100  # until an answer; where that is less, people ask for more than the target
_SCRIPT = """
local paths = {}
for line in io.lines(os.getenv("BELEG_PATHS")) do paths[#paths + 1] = line end
local next = 0
local pause = tonumber(os.getenv("BELEG_PAUSE_MS"))
function delay()
  return -math.log(1 - math.random()) * pause
end
function request()
  next = next % #paths + 1
  return wrk.format("GET", paths[next])
end
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %f %f %f %f\\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.timeout + errors.status,
    latency:percentile(50), latency:percentile(95), latency:percentile(99), latency.max))
end
"""


def fill(ledger: Ledger, base: list[Analysis], articles: int) -> None:
    """Enters articles until there are so many; goes on where an earlier run stopped."""
    chance = random.Random(1)
    with ledger.read() as db:
        from sqlalchemy import func, select

        from beleg.ledger import schema

        done = db.scalar(select(func.count()).select_from(schema.articles)) or 0
    start = time.perf_counter()
    for first in range(0, articles, _AT_ONCE):
        numbers = range(first, min(first + _AT_ONCE, articles))
        varied = [_varied(base[n % len(base)], n, chance) for n in numbers]
        if numbers[-1] < done:
            continue
        with ledger.change(who="benchmark") as change:
            for number, analysis in zip(numbers, varied, strict=True):
                add_article(change, analysis, source=f"https://example.org/{number}")
        if first % 5_000 == 0:
            rate = (numbers[-1] + 1 - done) / (time.perf_counter() - start)
            print(f"{numbers[-1] + 1} articles, {rate:.0f}/s", file=sys.stderr, flush=True)


def _varied(analysis: Analysis, number: int, chance: random.Random) -> Analysis:
    text = f"{analysis.document.text}\n\nNummer {number}."
    day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    return msgspec.structs.replace(
        analysis,
        document=msgspec.structs.replace(
            analysis.document,
            text=text,
            id=Article(text=text).id,
            title=analysis.document.text.split("\n", 1)[0][:120],
            outlet=f"Zeitung {chance.randrange(_OUTLETS)}",
            url=f"https://example.org/{number}",
            published=day,
        ),
    )


def addresses(ledger: Ledger, kind: str) -> list[str]:
    """Addresses to ask for, chosen at random, the same in every run."""
    from sqlalchemy import select

    from beleg.ledger import schema

    chance = random.Random(kind)
    with ledger.read() as db:
        most = db.scalar(select(schema.articles.c.id).order_by(schema.articles.c.id.desc())) or 1
        people = list(db.scalars(select(schema.people.c.id).limit(5_000)))
        texts = db.scalars(select(schema.articles.c.text).limit(400)).all()
    words = sorted({word for text in texts for word in _WORD.findall(text)})

    def article() -> str:
        return f"/articles/{chance.randint(1, most)}"

    def search() -> str:
        looked_for = " ".join(chance.sample(words, chance.choice((1, 1, 2))))
        return f"/search?q={quote(looked_for)}"

    def other() -> str:
        return chance.choice(
            (
                "/",
                f"/people/{chance.choice(people)}",
                "/forecasts",
                "/checks",
                f"/timeline?q={quote(chance.choice(words))}",
                f"/search?q={quote(chance.choice(words))}&within=quotations",
            )
        )

    kinds = {"search": (search,), "reading": (article,), "mix": (article, search, article, other)}
    return [chance.choice(kinds[kind])() for _ in range(_ASKED)]


@contextmanager
def serving(place: str, processes: int) -> Iterator[str]:
    """The application, as `beleg serve` starts it; gives its address."""
    port = 8765
    beleg = str(Path(sys.executable).with_name("beleg"))
    command = [beleg, "serve", "--ledger", place, "--port", str(port)]
    command += ["--processes", str(processes)]
    server = subprocess.Popen(command)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(address, timeout=5).read()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def ask(
    address: str, paths: list[str], *, seconds: int, connections: int, pause_ms: float = 0.0
) -> dict[str, float]:
    """What wrk measures: requests, errors, rate and percentiles in milliseconds; stolen: in %.

    pause_ms: how long each connection waits between an answer and the next request, on average
    (exponentially distributed).
    """
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder, "paths"), Path(folder, "ask.lua")
        listed.write_text("\n".join(paths), encoding="utf-8")
        script.write_text(_SCRIPT, encoding="utf-8")
        psutil.cpu_times_percent()  # the next call tells of the time since this one
        done = subprocess.run(
            [
                "wrk",
                "-t1",
                f"-c{connections}",
                f"-d{seconds}s",
                "--timeout=10s",
                "-s",
                str(script),
                address,
            ],
            env={
                "BELEG_PATHS": str(listed),
                "BELEG_PAUSE_MS": str(pause_ms),
                "PATH": "/usr/bin:/bin",
            },
            capture_output=True,
            text=True,
            check=True,
        )
    stolen = getattr(psutil.cpu_times_percent(), "steal", 0.0)  # known on Linux only
    found = re.search(r"RESULT (.+)", done.stdout)
    if found is None:
        raise SystemExit(done.stdout + done.stderr)
    requests, duration, errors, *percentiles = map(float, found[1].split())
    p50, p95, p99, most = (value / 1000 for value in percentiles)
    return {
        "requests": requests,
        "errors": errors,
        "rate": requests / (duration / 1e6),
        "p50": p50,
        "p95": p95,
        "p99": p99,
        "max": most,
        "stolen": stolen,
    }


def _shown(found: dict[str, float]) -> tuple[str, ...]:
    return tuple(
        f"{found[key]:.0f}"
        for key in ("requests", "errors", "rate", "p50", "p95", "p99", "max", "stolen")
    )


def main() -> None:
    """Fills the ledger where needed, asks, prints."""
    arguments = parser(__doc__)
    arguments.add_argument("--articles", type=int, default=100_000)
    arguments.add_argument("--place", required=True, help="a file or postgresql://…")
    arguments.add_argument("--seconds", type=int, default=120, help="for the mix")
    arguments.add_argument("--people", type=int, default=50, help="who ask with pauses")
    arguments.add_argument("--connections", type=int, default=4, help="without pauses")
    arguments.add_argument("--processes", type=int, default=2, help="that answer")
    arguments.add_argument("--only-load", action="store_true", help="the ledger is there already")
    arguments.add_argument("--only-fill", action="store_true")
    given: Any = arguments.parse_args()
    ledger = open_ledger(given.place)
    if not given.only_load:
        fill(ledger, list(analyse_many(load(given.paths))), given.articles)
    if given.only_fill:
        return
    rows = []
    # Of the second that each of them takes for a page, most is theirs and not ours.
    pause = 1000 * given.people / _RATE - _EXPECTED_MS
    with serving(given.place, given.processes) as address:
        for kind in ("search", "reading", "mix"):
            paths = addresses(ledger, kind)
            ask(address, paths[:400], seconds=10, connections=4)  # what is loaded once
            # The rate has to be held with the mix of pages; one kind alone is asked for half as long.
            seconds = given.seconds if kind == "mix" else given.seconds // 2
            people = ask(address, paths, seconds=seconds, connections=given.people, pause_ms=pause)
            rows.append((kind, f"{given.people} people", *_shown(people)))
            most = ask(address, paths, seconds=seconds, connections=given.connections)
            rows.append((kind, "as fast as it can", *_shown(most)))
    with ledger.read() as db:
        count = count_articles(db)
    kept = "PostgreSQL" if ledger.postgres else "SQLite"
    publish(
        f"The web application under load, {kept}",
        [
            f"A ledger of {given.articles if count > 1000 else count} articles; wrk asks for "
            f"{given.seconds} s (the mix) and half as long (the others): for {given.people} people "
            f"with pauses of {pause:.0f} ms on average, and with {given.connections} connections "
            f"without pauses. {given.processes} processes answer, on the same cores as wrk and the "
            f"database. Targets: p95 below {_P95_MS} ms for search and reading view, {_RATE} "
            "requests a second without an error.",
            table(
                (
                    "pages",
                    "asked by",
                    "requests",
                    "errors",
                    "per second",
                    "median ms",
                    "p95",
                    "p99",
                    "longest",
                    "stolen %",
                ),
                rows,
            ),
            "Mix: half reading views, a quarter searches, a quarter inbox, people, forecasts, "
            "checklist, timeline, quotations. Stolen: the share of both cores' time that the host "
            "gave to other guests meanwhile.",
        ],
        given.output,
    )
    ledger.close()


if __name__ == "__main__":
    main()
