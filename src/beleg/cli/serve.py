"""`beleg serve`: the web application."""

from __future__ import annotations

import click

from beleg.cli.opened import opened
from beleg.cli.options import LEDGER
from beleg.cli.talking import talk


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen on this address.")
@click.option(
    "--port", type=click.IntRange(1, 65_535), default=8765, show_default=True, help="And this port."
)
@click.option(
    "--public",
    is_flag=True,
    help="Others may come, and log in (see beleg accounts). Without it, only this machine, and "
    "nobody has to.",
)
@click.option(
    "--plain-http",
    is_flag=True,
    help="With --public: to try it out on this machine without the proxy that does https.",
)
@click.option(
    "--name",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="A name browsers ask for; others are refused. Several times for several.",
)
@click.option(
    "--proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy whose word is taken on where a visitor comes from.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 16),
    default=1,
    show_default=True,
    help="So many answer at once, for a team: one for each processor. Another one adds articles.",
)
@LEDGER
def serve(
    host: str,
    port: int,
    public: bool,
    plain_http: bool,
    hosts: tuple[str, ...],
    proxies: tuple[str, ...],
    processes: int,
    ledger: str | None,
) -> None:
    """Open the ledger in the browser, until Ctrl-C.

    Needs: pip install "beleg[web]"
    """
    from beleg.web.serve import check_address
    from beleg.web.serve import serve as run

    check_address(host, public=public, secure=not plain_http)
    with opened(ledger) as book:
        shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
        talk(f"http://{shown}:{port}/ (Ctrl-C ends it)")
        run(
            book,
            host=host,
            port=port,
            public=public,
            secure=not plain_http,
            hosts=hosts,
            proxies=proxies,
            processes=processes,
        )
