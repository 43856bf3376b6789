"""Jobs: what is added or analysed in the background."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from beleg.ledger.adding import Result
from beleg.ledger.article_changes import Outcome
from beleg.web.failure import Failure
from beleg.web.jobs import Job, JobState, told
from beleg.web.state import jobs_of
from beleg.web.visitors import Reading

router = APIRouter(prefix="/jobs", tags=["jobs"])

JobId = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{1,64}$")]


class Outcomes(BaseModel):
    """What became of one input.

    outcome: "new", "known" (nothing to do), "appeared" (known text, new place), "again" (analysed
    anew) or "failed". article: its number. failure: why it failed.
    """

    source: str
    outcome: Outcome | Literal["failed"]
    article: int | None
    failure: str | None

    @classmethod
    def of(cls, result: Result) -> Self:
        """The same as JSON has it."""
        failure = None if result.failure is None else told(result.failure)
        return cls(
            source=result.source, outcome=result.outcome, article=result.article, failure=failure
        )


class JobStatus(BaseModel):
    """How far a job is.

    total: how many inputs there are, null where it is not known. done: how many have a result;
    results: the last 500 of these.
    """

    id: str
    what: str
    by: str
    made_at: datetime
    state: JobState
    total: int | None
    done: int
    results: tuple[Outcomes, ...]
    failure: str | None

    @classmethod
    def of(cls, job: Job) -> Self:
        """The same as JSON has it."""
        return cls(
            id=job.id,
            what=job.what,
            by=job.by,
            made_at=job.made_at,
            state=job.state,
            total=job.total,
            done=job.done,
            results=tuple(map(Outcomes.of, job.results)),
            failure=None if job.failure is None else told(job.failure),
        )


def answered(job: Job) -> Response:
    """200 for a job that has ended, 202 and where to ask again for one that has not."""
    ended = job.state in ("done", "failed")
    return JSONResponse(
        JobStatus.of(job).model_dump(mode="json"),
        status_code=200 if ended else 202,
        headers={} if ended else {"Location": f"/api/v1/jobs/{job.id}"},
    )


@router.get("", summary="List one's own jobs, the last one first")
def list_jobs(request: Request, who: Reading) -> tuple[JobStatus, ...]:
    """Administrators see all. A server that was started again has forgotten the jobs before."""
    found = jobs_of(request).jobs(by=None if who.may("admin") else who.name)
    return tuple(map(JobStatus.of, found))


@router.get("/{job_id}", summary="Say how far a job is")
def job(request: Request, who: Reading, job_id: JobId) -> JobStatus:
    """One's own; administrators see all."""
    found = jobs_of(request).job(job_id)
    if found is None or not (found.by == who.name or who.may("admin")):
        raise Failure(404)
    return JobStatus.of(found)
