from __future__ import annotations

import msgspec
import pytest
from judged_samples import judged_sample
from report_samples import changed, make_analysis, sample
from voices_samples import voices_sample

from beleg.errors import EncodingBroken, SpanOutsideText
from beleg.records import Analysis, Person
from beleg.report.export_checks import check_exportable
from beleg.text.article import Span


@pytest.mark.parametrize("analysis", [sample(), voices_sample(), judged_sample()])
def test_an_analysis_that_fits_its_text_passes(analysis: Analysis) -> None:
    check_exportable(analysis)


@pytest.mark.parametrize("analysis", [sample(), voices_sample(), judged_sample()])
def test_an_analysis_of_another_text_is_refused(analysis: Analysis) -> None:
    with pytest.raises(SpanOutsideText):
        check_exportable(changed(analysis, text="kurz"))


@pytest.mark.parametrize("mention", [Span(-1, 2), Span(2, 2), Span(3, 1), Span(0, 5)])
def test_mentions_of_people_must_fit_too(mention: Span) -> None:
    person = Person(id="p1", name="A", kind="person", roles=(), mentions=(Span(0, 4), mention))
    with pytest.raises(SpanOutsideText):
        check_exportable(msgspec.structs.replace(make_analysis("kurz"), people=(person,)))


def test_half_a_character_is_refused() -> None:
    with pytest.raises(EncodingBroken):
        check_exportable(make_analysis("halb \udc00"))
