from __future__ import annotations

import msgspec
import pytest
from judged_samples import judged_sample, long_checklist
from report_samples import make_analysis

from beleg.records import Analysis, ArgumentEdge, ArgumentNode
from beleg.report.safe import columns
from beleg.report.terminal import to_terminal


def section(analysis: Analysis, heading: str, ui: str = "de") -> list[str]:
    """The lines below a heading."""
    blocks = to_terminal(analysis, ui=ui, width=100).split("\n\n")
    (found,) = [block.splitlines() for block in blocks if block.startswith(heading + "\n")]
    return found[1:]


def test_what_to_verify_comes_first_with_its_reasons_and_whose_words_it_is() -> None:
    text = to_terminal(judged_sample(), width=100)
    assert text.index("Zuerst prüfen") < text.index("Wer sagt was")
    assert section(judged_sample(), "Zuerst prüfen") == [
        "  1. angeblich sei sie schon verkauft",
        "     ungenannte Quelle, unbestätigt – nicht genannt",
        "  2. 4200 Menschen brauchen sie",
        "     genaue Zahl, trägt einen Schluss",
        "  3. „Wir werden bis Ende Juni einen Käufer finden, falls der Hafen zahlt“",
        "     wörtliches Zitat – Karla Wendt",
    ]


def test_ten_things_to_verify_are_shown_and_the_others_counted() -> None:
    lines = section(long_checklist(10), "Zuerst prüfen")
    assert len(lines) == 20
    lines = section(long_checklist(14), "Check first", "en")
    assert len(lines) == 21
    assert lines[-1] == "  and 4 more (all: --format csv --table checklist)"


def test_status_gives_label_cue_and_what_it_is_about() -> None:
    assert section(judged_sample(), "Wie gesichert es ist") == [
        "  behauptet („angeblich“): angeblich sei sie schon verkauft"
    ]


def test_a_forecast_is_a_question_with_its_window_condition_and_certainty() -> None:
    assert section(judged_sample(), "Was kommen soll") == [
        "  Karla Wendt (bedingt): Wir werden bis Ende Juni einen Käufer finden",
        "    Tritt das ein (bis 30. Juni 2024)?",
        "    Bedingung: falls der Hafen zahlt",
        "    Gewissheit: „sehr wahrscheinlich“, also 90 bis 100 %",
    ]


def test_a_forecast_without_window_and_holder_says_so() -> None:
    analysis = judged_sample()
    open_ = msgspec.structs.replace(
        analysis.forecasts[0], window=None, holder="author", condition=None, certainty=None
    )
    lines = section(msgspec.structs.replace(analysis, forecasts=(open_,)), "What is to come", "en")
    assert lines[0].startswith("  Jona Wells (conditional): ")
    assert lines[1:] == ["    Will it come true? No deadline given"]


def test_the_argument_is_a_tree_below_its_holder() -> None:
    assert section(judged_sample(), "Was woraus folgt") == [
        "  Jona Wells",
        "    Die Fähre muss bleiben",
        "      Grund: 4200 Menschen brauchen sie",
        "      Einwand: Zwar kostet sie viel",
    ]


def test_conclusions_drawn_from_each_other_in_a_circle_end() -> None:
    analysis = judged_sample()
    first, second, _ = analysis.argument.nodes
    nodes = (
        first,
        ArgumentNode(id="m1", span=first.span, role="premise", quote=None),
        second,
        ArgumentNode(id="m2", span=second.span, role="conclusion", quote=None),
    )
    edges = (
        ArgumentEdge(from_="m1", to="m2", kind="supports", cue=None),
        ArgumentEdge(from_=second.id, to=first.id, kind="supports", cue=None),
    )
    argument = msgspec.structs.replace(analysis.argument, nodes=nodes, edges=edges)
    lines = section(msgspec.structs.replace(analysis, argument=argument), "Was woraus folgt")
    assert 4 <= len(lines) <= 12


def test_wording_is_counted_and_named_by_kind() -> None:
    assert section(judged_sample(), "Wortwahl") == ["  wertendes Wort (1): Trauerspiel"]


@pytest.mark.parametrize("width", [24, 40, 80])
@pytest.mark.parametrize("ui", ["de", "en"])
def test_no_line_is_wider_than_asked(width: int, ui: str) -> None:
    text = to_terminal(judged_sample(), ui=ui, width=width)
    assert max(columns(line) for line in text.splitlines()) <= width


def test_nothing_found_gives_no_section() -> None:
    text = to_terminal(make_analysis("x"))
    for heading in ("Zuerst", "Wie gesichert", "Was kommen", "Was woraus", "Wortwahl"):
        assert heading not in text
