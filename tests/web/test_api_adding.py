"""Adding articles by the REST interface, and the jobs that do it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from api_samples import OURS, Caller

from beleg.errors import FetchFailed, LedgerUnreachable
from beleg.ledger import adding
from beleg.ledger.adding import Result
from beleg.ledger.store import Ledger
from beleg.web.failure import Failure
from beleg.web.jobs import Job, Jobs, told

SHORT = "Die Fähre nach Norderhaven fährt wieder."


def ended(api: Caller, job: dict[str, Any]) -> dict[str, Any]:
    """The job once it has ended."""
    end = time.monotonic() + 20
    while job["state"] not in ("done", "failed"):
        assert time.monotonic() < end
        time.sleep(0.01)
        job = api.get(f"/jobs/{job['id']}")
    return job


def test_a_short_text_is_added_at_once(api: Caller) -> None:
    answer = api.ask(
        "POST", "/articles", json={"text": SHORT, "title": "Fähre", "published": "2024-03-06"}
    )
    assert answer.status_code == 200
    assert answer.json()["results"] == [
        {"source": "text", "outcome": "new", "article": 3, "failure": None}
    ]
    entry = api.get("/articles/3")["article"]
    assert (entry["title"], entry["published"]) == ("Fähre", "2024-03-06")
    again = api.send("POST", "/articles", text=SHORT, published="2024-03-06")
    assert again["results"][0]["article"] == 3


def test_a_long_text_is_added_in_the_background(api: Caller) -> None:
    answer = api.ask("POST", "/articles", json={"text": SHORT * 600})
    assert answer.status_code in (200, 202)
    (result,) = ended(api, answer.json())["results"]
    assert (result["outcome"], result["article"]) == ("new", 3)


@pytest.mark.parametrize("text", ["", " \n", "\x00 Nacht", "…"])
def test_what_is_no_text_is_refused(api: Caller, text: str) -> None:
    assert api.problem(422, "POST", "/articles", json={"text": text})["detail"]


def test_files_are_added_each_with_its_own_result(api: Caller) -> None:
    files = [
        ("files", ("../../fähre.txt", SHORT.encode(), "text/plain")),
        ("files", ("leer.txt", b"", "text/plain")),
    ]
    answer = api.ask("POST", "/articles/upload", files=files, data={"published": "2024-03-06"})
    job = ended(api, answer.json())
    assert [(one["source"], one["outcome"]) for one in job["results"]] == [
        ("fähre.txt", "new"),
        ("leer.txt", "failed"),
    ]
    assert "leer.txt" in job["results"][1]["failure"]
    assert api.get("/articles/3")["article"]["published"] == "2024-03-06"


def test_more_files_than_allowed_are_refused(api: Caller) -> None:
    files = [("files", (f"{n}.txt", SHORT.encode(), "text/plain")) for n in range(21)]
    api.problem(422, "POST", "/articles/upload", files=files)


@pytest.mark.parametrize(
    "url", ["/etc/passwd", "file:///etc/passwd", "-", "ftp://bote.example/", "", "javascript:1"]
)
def test_only_web_addresses_are_fetched(api: Caller, url: str) -> None:
    api.problem(422, "POST", "/articles/fetch", json={"url": url})


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/"])
def test_addresses_of_private_networks_are_not_asked(api: Caller, url: str) -> None:
    job = ended(api, api.send("POST", "/articles/fetch", url=url))
    assert [one["outcome"] for one in job["results"]] == ["failed"]
    assert "not a public address" in job["results"][0]["failure"]


def test_an_address_is_fetched_and_what_fails_is_told(
    api: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def readers_of(url: str, *, options: object) -> Iterator[Callable[[], object]]:
        def read() -> object:
            raise FetchFailed(url, "answered 404", "Check the address")

        yield read

    monkeypatch.setattr(adding, "readers_of", readers_of)
    job = ended(api, api.send("POST", "/articles/fetch", url="https://bote.example/x"))
    assert job["what"] == "https://bote.example/x"
    assert "answered 404" in job["results"][0]["failure"]


def test_what_is_outdated_is_analysed_anew(api: Caller) -> None:
    one = ended(api, api.ask("POST", "/articles/1/reanalyse").json())
    assert [(r["article"], r["outcome"]) for r in one["results"]] == [(1, "again")]
    rest = ended(api, api.ask("POST", "/articles/reanalyse").json())
    assert {result["article"] for result in rest["results"]} == {2}
    api.problem(404, "POST", "/articles/9/reanalyse", headers=OURS)


def test_a_job_that_is_not_there_is_not_found(api: Caller) -> None:
    api.problem(404, "GET", "/jobs/none")
    api.problem(422, "GET", "/jobs/n%20ne")
    assert api.get("/jobs") == []


def test_jobs_run_one_after_the_other_and_too_many_have_to_wait(ledger: Ledger) -> None:
    jobs, held, running = Jobs(ledger), threading.Event(), []

    def work(_: Ledger) -> Iterator[Result]:
        running.append(1)
        held.wait(20)
        yield Result(source="a", outcome="known", article=len(running))

    begun: list[Job] = [jobs.start("a", by="anna", work=work)]
    with pytest.raises(Failure) as refused:
        begun.extend(jobs.start("b", by="bert", work=work) for _ in range(30))
    assert (refused.value.status_code, refused.value.retry_after) == (429, 30)
    assert len(running) <= 1
    held.set()
    last = jobs.jobs()[0]
    assert jobs.wait(last, 20).state == "done"
    assert [job.by for job in jobs.jobs(by="anna")] == ["anna"]
    assert sorted(job.results[0].article or 0 for job in jobs.jobs()) == list(
        range(1, len(running) + 1)
    )


def test_a_job_that_breaks_off_says_why_and_the_next_one_runs(ledger: Ledger) -> None:
    jobs = Jobs(ledger)

    def broken(_: Ledger) -> Iterator[Result]:
        yield Result(source="a", outcome="new", article=1)
        raise LedgerUnreachable("a file", "gone", "Bring it back")

    first = jobs.start("a", by="anna", work=broken)
    second = jobs.start("b", by="anna", work=lambda _: ())
    first, second = jobs.wait(first, 20), jobs.wait(second, 20)
    assert (first.state, first.done, second.state) == ("failed", 1, "done")
    assert first.failure is not None
    assert told(first.failure) == "a file: gone. Bring it back"


def test_a_fault_of_ours_is_not_told_in_detail() -> None:
    assert "secret" not in told(RuntimeError("secret"))
