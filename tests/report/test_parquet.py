from __future__ import annotations

import builtins
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from judged_samples import judged_sample
from report_samples import changed, make_analysis, many_times, sample
from voices_samples import voices_sample

from beleg.errors import ExtraMissing, SpanOutsideText
from beleg.records import Analysis
from beleg.report import parquet
from beleg.report.csv import TABLES, table_csv
from beleg.report.parquet import write_parquet
from beleg.report.table_rows import TIME_COLUMNS

pandas = pytest.importorskip("pandas")
arrow = pytest.importorskip("pyarrow.parquet")

ALL = {"articles", "people", *TABLES}


def table(folder: Path, name: str) -> Any:
    return pandas.read_parquet(folder / f"{name}.parquet", engine="pyarrow")


def test_there_is_a_table_for_each_kind_of_record_with_the_columns_of_the_csv(
    tmp_path: Path,
) -> None:
    rows = write_parquet([sample(), voices_sample(), judged_sample()], tmp_path / "new")
    assert {path.name for path in (tmp_path / "new").iterdir()} == {f"{n}.parquet" for n in ALL}
    for name in TABLES:
        header = table_csv(sample(), name).partition("\r\n")[0]
        assert ",".join(table(tmp_path / "new", name).columns) == header
    assert rows == {name: len(table(tmp_path / "new", name)) for name in rows}
    assert rows["articles"] == 3
    assert rows["times"] == len(sample().times) + 5 + 1


def test_columns_are_typed(tmp_path: Path) -> None:
    write_parquet([judged_sample(), voices_sample()], tmp_path)
    types = {
        (name, field.name): str(field.type)
        for name in ALL
        for field in arrow.read_schema(tmp_path / f"{name}.parquet")
    }
    place = "list<element: struct<start: int32, end: int32>>"
    assert types["times", "earliest"] == types["articles", "published"] == "date32[day]"
    assert types["quotes", "start"] == types["checklist", "end"] == "int32"
    assert types["quotes", "spans"] == types["people", "mentions"] == place
    assert types["quotes", "chain"] == types["checklist", "why"] == "list<element: string>"
    assert types["forecasts", "certainty_low"] == types["checklist", "weight"] == "double"
    assert types["status", "about"] == types["forecasts", "certainty"] == "string"


def test_rows_hold_what_the_records_hold(tmp_path: Path) -> None:
    analyses = [judged_sample(), voices_sample()]
    write_parquet(analyses, tmp_path, ui="en")
    quote = table(tmp_path, "quotes").set_index("id").loc["quote-12"]
    assert quote["article"] == analyses[1].document.id
    assert quote["text"] == "„Erst der Turm, dann die Mole“ … „dann wir.“"
    assert list(quote["chain"]) == ["Strandläufer", "Die Boje", "Merle Hansohn", "Antje Rohwer"]
    text = analyses[1].document.text
    words = [text[place["start"] : place["end"]] for place in quote["spans"]]
    assert words == ["„Erst der Turm, dann die Mole“", "„dann wir.“"]
    (forecast,) = table(tmp_path, "forecasts").to_dict("records")
    assert (forecast["earliest"], forecast["latest"]) == (None, date(2024, 6, 30))
    assert (forecast["certainty_low"], forecast["holder_name"]) == (0.9, "Karla Wendt")
    node = table(tmp_path, "argument").set_index("id").loc["n2"]
    assert (list(node["supports"]), list(node["attacks"])) == (["n1"], [])
    assert list(node["cues"]) == ["denn"]
    check = table(tmp_path, "checklist").iloc[0]
    assert list(check["why"]) == ["unnamed source", "unconfirmed"]
    assert table(tmp_path, "times").iloc[0]["reason"].startswith("counted from")
    article = table(tmp_path, "articles").iloc[0]
    assert (article["title"], article["published"]) == ("Die Fähre", date(2024, 3, 7))
    assert article["length"] == len(analyses[0].document.text)
    assert table(tmp_path, "people").iloc[-1]["name"] == "Ole Marten"


def test_rows_are_written_in_groups_while_the_analyses_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROWS_IN_MEMORY", 10)
    held: list[int] = []
    add = parquet._Sink.add

    def counted(sink: parquet._Sink, row: Any) -> None:
        add(sink, row)
        held.append(len(sink._held))

    monkeypatch.setattr(parquet._Sink, "add", counted)

    def stream() -> Iterator[Analysis]:
        for _ in range(6):
            yield many_times(7)

    write_parquet(stream(), tmp_path)
    groups = arrow.ParquetFile(tmp_path / "times.parquet").metadata
    assert [groups.row_group(n).num_rows for n in range(groups.num_row_groups)] == [10, 10, 10, 10, 2]  # fmt: skip
    assert max(held) < 10
    assert len(table(tmp_path, "times")) == 42


def test_without_analyses_the_tables_are_there_and_empty(tmp_path: Path) -> None:
    assert set(write_parquet([], tmp_path).values()) == {0}
    assert list(table(tmp_path, "times").columns) == list(TIME_COLUMNS)


def test_if_one_analysis_does_not_fit_its_text_no_table_changes(tmp_path: Path) -> None:
    write_parquet([sample()], tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(SpanOutsideText):
        write_parquet([judged_sample(), changed(sample(), text="kurz")], tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_same_analyses_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_parquet([voices_sample(), judged_sample()], tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_a_quotation_without_words_and_odd_characters_are_kept(tmp_path: Path) -> None:
    analysis = judged_sample()
    first, *rest = analysis.quotes
    bare = msgspec.structs.replace(first, spans=(), chain=("p9",))
    odd = msgspec.structs.replace(make_analysis("x", title="a\x00=😀\r\n"), people=analysis.people)
    write_parquet([msgspec.structs.replace(analysis, quotes=(bare, *rest)), odd], tmp_path)
    row = table(tmp_path, "quotes").astype(object).iloc[0]
    assert pandas.isna(row["start"])
    assert (list(row["chain"]), list(row["spans"])) == (["p9"], [])
    assert table(tmp_path, "articles").iloc[1]["title"] == "a\x00=😀\r\n"


def test_without_the_extra_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExtraMissing, match=r'pip install "beleg\[exports\]"'):
        write_parquet([sample()], tmp_path / "new")
    assert not (tmp_path / "new").exists()
