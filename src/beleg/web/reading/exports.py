"""What an article is given out as: the formats of the REST interface, with each CSV table by itself.

Every format is written from the analysis with what people said about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from beleg.records import Analysis
from beleg.report.csv import TABLES, Table
from beleg.web.api.exports import KINDS, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A format. write: from the analysis and the language of what is said in words.

    ending: of the file's name.
    """

    write: Callable[[Analysis, str], str | bytes]
    media_type: str
    ending: str


def _export(kind: Kind, table: Table, ending: str) -> Export:
    return Export(
        write=lambda analysis, ui: kind.write(analysis, "en" if ui == "en" else "de", table),
        media_type=kind.media_type,
        ending=ending,
    )


EXPORTS: Mapping[str, Export] = {
    **{name: _export(kind, "times", kind.ending) for name, kind in KINDS.items() if name != "csv"},
    **{f"csv-{table}": _export(KINDS["csv"], table, f"{table}.csv") for table in TABLES},
}
