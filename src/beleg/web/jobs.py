"""Articles that are being added in the background, and what became of each.

One job works at a time, since reading an article takes a whole processor; a few may wait. What a
job has entered stays whatever happens to it: every article is a transaction of its own.
"""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Literal, cast

from starlette.requests import Request

from beleg.analyse import Mode
from beleg.errors import BelegError
from beleg.ledger.adding import Result, add_all
from beleg.ledger.sources import Reader
from beleg.ledger.store import Ledger
from beleg.web.failure import Failure

State = Literal["waiting", "working", "done", "failed"]
_WAITING = 5  # jobs that are not done yet, of all visitors together
_KEPT = 50  # jobs whose results can still be looked at
_AGAIN_SECONDS = 30
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What became of one input; reason: why it failed, None where that is a fault of ours."""

    source: str
    outcome: str
    article: int | None
    reason: str | None


@dataclass(slots=True, kw_only=True)
class Job:
    """A job and how far it is; who: the only one to be shown it. total: inputs, None if unknown.

    reason: why it failed as a whole, None where that is a fault of ours.
    """

    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    who: str
    total: int | None
    mode: Mode
    state: State = "waiting"
    reason: str | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def running(self) -> bool:
        """Whether more is to come."""
        return self.state in ("waiting", "working")


class Jobs:
    """The jobs on one ledger; threads may share it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._working = Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def start(self, readers: Iterable[Reader], *, who: str, total: int | None, mode: Mode) -> Job:
        """Begins to add what the readers give. Raises Failure 429 where too much waits already."""
        job = Job(who=who, total=total, mode=mode)
        with self._lock:
            if sum(one.running for one in self._jobs.values()) >= _WAITING:
                raise Failure(429, retry_after=_AGAIN_SECONDS)
            self._jobs[job.id] = job
            done = [one.id for one in self._jobs.values() if not one.running]
            for id_ in done[: max(len(self._jobs) - _KEPT, 0)]:
                del self._jobs[id_]
        Thread(target=self._run, args=(job, readers), name="beleg-add", daemon=True).start()
        return job

    def job(self, id_: str, who: str) -> Job:
        """That job, if it is the visitor's. Raises Failure 404."""
        with self._lock:
            job = self._jobs.get(id_)
        if job is None or job.who != who:
            raise Failure(404)
        return job

    def _run(self, job: Job, readers: Iterable[Reader]) -> None:
        with self._working:
            job.state = "working"
            try:
                for result in add_all(self._ledger, readers, who=job.who, mode=job.mode):
                    job.lines.append(_line(result))
            except BelegError as error:
                job.state, job.reason = "failed", str(error)
            except Exception:
                _log.exception("adding articles failed")
                job.state = "failed"
            else:
                job.state = "done"


def _line(result: Result) -> Line:
    error = result.failure
    if error is not None and not isinstance(error, BelegError):
        _log.error("adding an article failed", exc_info=error)
    return Line(
        source=result.source,
        outcome=result.outcome,
        article=result.article,
        reason=str(error) if isinstance(error, BelegError) else None,
    )


_making = Lock()


def jobs_of(request: Request, ledger: Ledger) -> Jobs:
    """The jobs of the application that answers `request`."""
    with _making:
        if not hasattr(request.app.state, "jobs"):
            request.app.state.jobs = Jobs(ledger)
        return cast(Jobs, request.app.state.jobs)
