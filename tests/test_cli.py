from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

import beleg.cli.read as module
from beleg import __version__
from beleg.cli import cli, rendering, talking
from beleg.records import Analysis
from beleg.report.csv import TABLES
from beleg.text.article import Article

pytestmark = pytest.mark.model

ROOT = Path(__file__).resolve().parents[1]

TEXT = "Der Rat hat am Dienstag vertagt. Am 14. März 2024 tagt er wieder, sagte die Sprecherin.\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `beleg` in an empty folder with three articles a.txt, b.txt, c.txt."""
    monkeypatch.chdir(tmp_path)
    for name in "abc":
        Path(f"{name}.txt").write_text(f"{name.upper()}: {TEXT}", encoding="utf-8")

    def runner(*arguments: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(cli, arguments, input=stdin, prog_name="beleg")

    return runner


def files(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def process(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "beleg", *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=60, **options)  # type: ignore[call-overload, no-any-return]


# Formats and languages


def test_text_is_the_default_and_says_what_was_read(run: Run) -> None:
    result = run("read", "a.txt", "--published", "2024-03-07")
    assert result.exit_code == 0
    assert "Erschienen: Donnerstag, 7. März 2024 (angegeben)" in result.stdout
    assert "Dienstag, 5. März" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize(("ui", "expected"), [("de", "Erschienen:"), ("en", "Published:")])
def test_reports_speak_the_language_asked_for(run: Run, ui: str, expected: str) -> None:
    assert expected in run("read", "a.txt", "--ui", ui).stdout


@pytest.mark.parametrize("written", ["2024-03-07", "7.3.2024", "07.03.2024", "7. 3. 2024"])
def test_published_takes_iso_and_german_dates(run: Run, written: str) -> None:
    result = run("read", "a.txt", "--published", written, "--format", "json")
    assert Analysis.from_json(result.stdout).document.published == date(2024, 3, 7)


def test_json_of_several_inputs_is_one_line_each_and_reads_back(run: Run) -> None:
    result = run("read", "a.txt", "b.txt", "c.txt", "--format", "json")
    analyses = [Analysis.from_json(line) for line in result.stdout.splitlines()]
    assert [analysis.document.text[0] for analysis in analyses] == ["A", "B", "C"]


def test_csv_of_several_inputs_is_one_table(run: Run) -> None:
    result = run("read", "a.txt", "b.txt", "--format", "csv", "--published", "7.3.2024")
    rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8"), newline="")))
    assert [row["id"] for row in rows].count("t1") == 2
    assert {row["latest"] for row in rows} == {"2024-03-05", "2024-03-14"}


def test_the_command_line_names_the_tables_that_there_are() -> None:
    assert rendering.TABLES == TABLES


def test_claimreview_of_several_inputs_is_one_line_each(run: Run) -> None:
    result = run("read", "a.txt", "b.txt", "--format", "claimreview", "--published", "7.3.2024")
    graphs = [json.loads(line) for line in result.stdout.splitlines()]
    assert [graph["@context"] for graph in graphs] == ["https://schema.org"] * 2


def test_web_annotations_of_several_inputs_are_one_line_each(run: Run) -> None:
    result = run("read", "a.txt", "b.txt", "--format", "webannotation", "--published", "7.3.2024")
    pages = [json.loads(line) for line in result.stdout.splitlines()]
    assert [page["type"] for page in pages] == ["AnnotationPage"] * 2
    assert all(page["items"] for page in pages)


def test_timeml_of_one_input_is_printed(run: Run) -> None:
    result = run("read", "a.txt", "--format", "timeml", "--published", "7.3.2024")
    root = etree.fromstring(result.stdout_bytes)
    assert "".join(root.find("TEXT").itertext()) == f"A: {TEXT}"  # type: ignore[union-attr, arg-type]
    assert 'value="2024-03-14"' in result.stdout


def test_texts_of_several_inputs_are_parted_by_a_line(run: Run) -> None:
    result = run("read", "a.txt", "b.txt")
    assert len(re.findall(r"^─+$", result.stdout, re.MULTILINE)) == 1


def test_html_goes_to_standard_output_for_one_input(run: Run) -> None:
    assert run("read", "a.txt", "--format", "html").stdout.startswith("<!DOCTYPE html>")


def test_standard_input_is_read(run: Run) -> None:
    result = run("read", "-", "--format", "json", stdin=TEXT.encode())
    assert Analysis.from_json(result.stdout).document.text == TEXT


def test_the_mode_is_handed_on(run: Run) -> None:
    text = "Am 3. Mai 1920 kam er an. Drei Tage später ging er wieder fort.".encode()
    arguments = ("read", "-", "--format", "json", "--published", "7.3.2024", "--mode")
    narrative = Analysis.from_json(run(*arguments, "narrative", stdin=text).stdout)
    assert narrative.times[1].earliest == date(1920, 5, 6)


# Where reports are written


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("r.html", "<!DOCTYPE"),
        ("r.json", '{\n  "schema": 1'),
        ("r.csv", "article,"),
        ("r.jsonld", '{\n  "@context"'),
        ("r.tml", '<?xml version="1.0"'),
        ("r.argdown", "===\n"),
        ("r.md", "A"),
    ],
)
def test_the_ending_of_the_output_names_the_format(run: Run, name: str, begins: str) -> None:
    result = run("read", "a.txt", "-o", f"new/{name}")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert Path(f"new/{name}").read_text(encoding="utf-8").startswith(begins)
    assert files("new") == [name]


def test_the_format_given_wins_over_the_ending(run: Run) -> None:
    run("read", "a.txt", "-o", "r.txt", "--format", "json")
    Analysis.from_json(Path("r.txt").read_text(encoding="utf-8"))


def test_a_folder_gets_one_file_for_each_input(run: Run) -> None:
    result = run("read", "a.txt", "b.txt", "--format", "html", "-o", "out")
    assert result.exit_code == 0
    assert files("out") == ["a.html", "b.html"]


def test_csv_in_a_folder_has_all_tables(run: Run) -> None:
    run("read", "a.txt", "-o", "out/", "--format", "csv")
    assert files("out") == sorted(f"a.{table}.csv" for table in TABLES)
    heads = {str(n): Path(f"out/a.{n}.csv").read_text("utf-8").split("\n")[0] for n in TABLES}
    columns = {"events": "after", "quotes": "speaker", "times": "value", "checklist": "why"}
    for table, column in columns.items():
        assert column in heads[table].strip().split(","), table


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("timeml", ".tml"),
        ("cas", ".cas.zip"),
        ("webannotation", ".annotations.jsonld"),
        ("argdown", ".argdown"),
    ],
)
def test_standard_formats_in_a_folder_are_named_after_the_input(
    run: Run, kind: str, ending: str
) -> None:
    result = run("read", "a.txt", "b.txt", "--format", kind, "-o", "out")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert files("out") == [f"a{ending}", f"b{ending}"]


def test_a_cas_is_written_as_it_is_and_its_name_may_say_the_format(run: Run) -> None:
    assert run("read", "a.txt", "-o", "r.zip", "--published", "7.3.2024").exit_code == 0
    with zipfile.ZipFile("r.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["TypeSystem.xml", "document.xmi"]
        assert b"2024-03-14" in archive.read("document.xmi")


def test_parquet_of_all_inputs_is_one_set_of_tables(run: Run) -> None:
    pandas = pytest.importorskip("pandas")
    Path("bad.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    arguments = ("--format", "parquet", "--published", "7.3.2024", "-o", "out")
    result = run("read", "a.txt", "bad.txt", "b.txt", *arguments)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "beleg: 1 of 3 inputs failed: bad.txt"
    assert files("out") == sorted(f"{table}.parquet" for table in ("articles", "people", *TABLES))
    assert len(pandas.read_parquet("out/articles.parquet")) == 2
    assert date(2024, 3, 14) in set(pandas.read_parquet("out/times.parquet")["latest"])


def test_parquet_of_inputs_that_all_fail_leaves_the_tables_that_are_there(run: Run) -> None:
    run("read", "a.txt", "--format", "parquet", "-o", "out")
    before = Path("out/times.parquet").read_bytes()
    assert run("read", "missing.txt", "--format", "parquet", "-o", "out").exit_code == 1
    assert Path("out/times.parquet").read_bytes() == before


def test_parquet_that_cannot_be_written_is_said(run: Run) -> None:
    result = run("read", "b.txt", "--format", "parquet", "-o", "a.txt/tables")
    assert result.exit_code == 1
    assert result.stderr.startswith("beleg: a.txt/tables: ")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("table", "column"),
    [("times", "value"), ("events", "after"), ("quotes", "speaker"), ("checklist", "why")],
)
@pytest.mark.parametrize("to_file", [False, True])
def test_csv_in_one_place_has_the_table_asked_for(
    run: Run, table: str, column: str, to_file: bool
) -> None:
    place = ["-o", "r.csv"] if to_file else ["--format", "csv"]
    result = run("read", "a.txt", "--table", table, *place)
    text = Path("r.csv").read_text("utf-8") if to_file else result.stdout
    assert column in text.split("\n")[0].strip().split(",")


@pytest.mark.parametrize("place", [["--format", "json"], ["--format", "csv", "-o", "out/"], []])
def test_a_table_is_chosen_only_for_csv_in_one_place(run: Run, place: list[str]) -> None:
    result = run("read", "a.txt", "--table", "quotes", *place)
    assert result.exit_code == 2
    assert "--table chooses the one table" in result.stderr


def test_inputs_of_the_same_name_do_not_overwrite_each_other(run: Run) -> None:
    for folder in ("x", "y"):
        Path(folder).mkdir()
        Path(folder, "A.txt").write_text(f"{folder}: {TEXT}", encoding="utf-8")
    Path("A-2.txt").write_text(f"z: {TEXT}", encoding="utf-8")
    run("read", "A-2.txt", "x/A.txt", "y/A.txt", "-", "--format", "json", "-o", "out", stdin=b"s: " + TEXT.encode())  # fmt: skip
    found = {
        name: Analysis.from_json(Path("out", name).read_bytes()).document.text[0]
        for name in files("out")
    }
    assert found == {"A-2.json": "z", "A.json": "x", "A-3.json": "y", "stdin.json": "s"}


def test_names_do_not_depend_on_which_inputs_fail(run: Run) -> None:
    for folder in ("x", "y"):
        Path(folder).mkdir()
    Path("y/a.txt").write_text(TEXT, encoding="utf-8")
    run("read", "x/a.txt", "y/a.txt", "--format", "json", "-o", "out")
    assert files("out") == ["a-2.json"]


def test_reports_never_overwrite_an_input(run: Run) -> None:
    before = Path("a.txt").read_bytes()
    assert run("read", "a.txt", "-o", "./a.txt").exit_code == 2
    assert run("read", "a.txt", "b.txt", "-o", ".").exit_code == 0
    assert Path("a.txt").read_bytes() == before
    assert {"a-2.txt", "b-2.txt"} <= set(files("."))


def test_a_report_can_be_written_anew(run: Run) -> None:
    run("read", "a.txt", "-o", "r.json")
    first = Path("r.json").read_bytes()
    assert run("read", "b.txt", "-o", "r.json").exit_code == 0
    assert Path("r.json").read_bytes() != first


@pytest.mark.skipif(os.name != "posix", reason="named pipes")
def test_devices_are_written_to_and_not_replaced(run: Run) -> None:
    assert run("read", "a.txt", "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


# Misuse and failure


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Missing argument"),
        (("a.txt", "--published", "31.2.2024"), "'31.2.2024' is not a day of the calendar"),
        (("a.txt", "--published", "7.3.24"), "write 2024-03-07 or 7.3.2024"),
        (("a.txt", "--published", "gestern"), "write 2024-03-07 or 7.3.2024"),
        (("a.txt", "--max-size", "0"), "write 500kB, 5MB or a number of bytes"),
        (("a.txt", "--max-size", "viel"), "write 500kB, 5MB or a number of bytes"),
        (("a.txt", "--format", "pdf"), "'pdf' is not one of"),
        (("a.txt", "--ui", "fr"), "'fr' is not one of"),
        (("-", "-"), "can be read only once"),
        (("a.txt", "b.txt", "--format", "html"), "give -o FOLDER"),
        (("a.txt", "b.txt", "--format", "timeml"), "several timeml documents"),
        (("a.txt", "b.txt", "--format", "argdown"), "several argdown documents"),
        (("a.txt", "--format", "cas"), "cannot be printed: give -o FILE or -o FOLDER"),
        (("a.txt", "--format", "parquet"), "cannot be printed: give -o FOLDER"),
        (("a.txt", "--format", "parquet", "-o", "b.txt"), "-o names a folder, but b.txt is a file"),
        (("x.parquet", "--format", "parquet", "-o", "."), "would overwrite the input"),
        (("a.txt", "b.txt", "-o", "c.txt"), "c.txt is a file"),
    ],
)
def test_misuse_exits_with_2_and_says_what_to_do(
    run: Run, arguments: tuple[str, ...], says: str
) -> None:
    result = run("read", *arguments)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_a_missing_file_exits_with_1_and_one_line(run: Run) -> None:
    result = run("read", "missing.txt")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert re.fullmatch(r"beleg: missing\.txt: [^\n]+\n", result.stderr)


def test_one_bad_input_among_many_is_named_and_the_others_are_read(run: Run) -> None:
    Path("bad.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    result = run("read", "a.txt", "bad.txt", "missing.txt", "b.txt", "--format", "json")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    lines = result.stderr.splitlines()
    assert [line.split(":")[1].strip() for line in lines[:2]] == ["bad.txt", "missing.txt"]
    assert lines[2:] == ["beleg: 2 of 4 inputs failed: bad.txt, missing.txt"]


def test_a_fault_in_one_article_does_not_cost_the_others(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = module._article

    def faulty(path: str, settings: module._Settings) -> Article:
        if path == "b.txt":
            raise ZeroDivisionError("our own mistake")
        return right(path, settings)

    monkeypatch.setattr(module, "_article", faulty)
    result = run("read", "a.txt", "b.txt", "c.txt", "--format", "json")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert "ZeroDivisionError: our own mistake" in result.stderr
    assert "b.txt: this is a fault in Beleg" in result.stderr


def test_an_output_that_cannot_be_written_is_said(run: Run) -> None:
    result = run("read", "b.txt", "-o", "a.txt/report.html")
    assert result.exit_code == 1
    assert result.stderr.startswith("beleg: b.txt: ")
    assert result.stdout == ""


def test_a_failed_write_leaves_neither_half_a_report_nor_a_scrap(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("out").mkdir()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = run("read", "a.txt", "-o", "out/r.html")
    assert (result.exit_code, files("out")) == (1, [])
    assert "No space left on device" in result.stderr


def test_inputs_over_the_size_limit_are_refused(run: Run) -> None:
    assert run("read", "a.txt", "--max-size", "10").exit_code == 1
    assert run("read", "a.txt", "--max-size", "1kB").exit_code == 0


# The process


def test_a_closed_pipe_ends_the_run_without_a_traceback(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-m", "beleg", "read", *[str(article)] * 400, "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        complaint = running.stderr.read()
        running.wait(timeout=60)
    assert complaint == b""


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    done = process("read", str(article), "--format", "json", env=environment)
    assert json.loads(done.stdout.decode("utf-8"))["document"]["text"] == TEXT


def test_schema_prints_the_published_schema() -> None:
    done = process("schema")
    published = ROOT / "docs" / "schema" / "analysis-1.json"
    assert done.stdout.decode("utf-8") == published.read_text(encoding="utf-8")


def test_version() -> None:
    assert process("--version").stdout.decode() == f"beleg, version {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["-h"]])
def test_help_starts_without_the_heavy_libraries(arguments: list[str]) -> None:
    probe = (
        "import sys; sys.argv[1:] = sys.argv[1:]\n"
        "from beleg.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit: pass\n"
        "heavy = {'jinja2', 'lxml', 'trafilatura', 'htmldate', 'pypdf', 'docx', 'yaml', 'charset_normalizer', 'cassis', 'pyarrow',\n"
        " 'sqlalchemy', 'alembic', 'onnxruntime', 'urllib3', 'icalendar', 'fastapi', 'uvicorn', 'argon2'}\n"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, *arguments], capture_output=True, check=True, timeout=60
    )
    assert done.stdout.startswith(b"Usage: beleg")
    assert done.stderr == b"[]\n"


# The bar


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def bars(monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO, seconds: list[float]) -> str:
    monkeypatch.setattr(sys, "stderr", stderr)
    ticks = iter([0.0, *seconds])
    progress = talking.Progress(len(seconds), shown=True, clock=lambda: next(ticks))
    for _ in seconds:
        progress.advance()
    progress.clear()
    return stderr.getvalue()


def test_the_bar_comes_after_two_seconds_on_a_terminal_and_goes_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = bars(monkeypatch, _Terminal(), [1.0, 2.5, 3.0])
    assert shown.count("\r") == 3
    assert "2 of 3" in shown
    assert shown.endswith("\r\x1b[K")


def test_short_work_and_other_places_than_a_terminal_show_no_bar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert bars(monkeypatch, _Terminal(), [0.5, 1.0]) == ""
    assert bars(monkeypatch, io.StringIO(), [5.0, 9.0]) == ""


# The documentation


def load_maker() -> Callable[[], str]:
    spec = importlib.util.spec_from_file_location("make_commands", ROOT / "docs/make_commands.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    page: Callable[[], str] = maker.commands_page
    return page


def test_the_command_page_is_what_help_says() -> None:
    # Written anew with: python docs/make_commands.py
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == load_maker()()


def test_every_command_is_on_the_page() -> None:
    page = load_maker()()
    assert all(f"## beleg {name}\n" in page for name in cli.commands)
