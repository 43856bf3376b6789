"""What an article is given out as: one table of formats, which the links and addresses follow.

Every format is written from the analysis with what people said about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from beleg.records import Analysis
from beleg.report.claimreview import to_claimreview
from beleg.report.csv import TABLES, Table, table_csv
from beleg.report.html import to_html

Writer = Callable[[Analysis, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A format. write: from the analysis and the language of what is said in words ("de", "en").

    ending: of the file's name.
    """

    write: Writer
    media_type: str
    ending: str


def _table(table: Table) -> Export:
    return Export(
        write=lambda analysis, ui: table_csv(analysis, table, ui=ui),
        media_type="text/csv",
        ending=f"{table}.csv",
    )


EXPORTS: Mapping[str, Export] = {
    "json": Export(
        write=lambda analysis, _: analysis.to_json(indent=2) + "\n",
        media_type="application/json",
        ending="json",
    ),
    "html": Export(
        write=lambda analysis, ui: to_html(analysis, ui=ui), media_type="text/html", ending="html"
    ),
    "claimreview": Export(
        write=lambda analysis, _: to_claimreview(analysis, indent=2) + "\n",
        media_type="application/ld+json",
        ending="claimreview.jsonld",
    ),
    **{f"csv-{table}": _table(table) for table in TABLES},
}
