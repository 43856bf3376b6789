"""Adding articles in the background: one job after the other, since each uses all processors.

Jobs are kept in memory, where several processes serve in that of the first one. Every article is entered in a transaction of its own, so a server that is
stopped leaves whole articles, and the same job again goes on where it stopped.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from beleg.errors import BelegError
from beleg.ledger.adding import Result
from beleg.ledger.store import Ledger
from beleg.web.failure import Failure

# What is to be done with the ledger; can be pickled, since another process may do it.
Work = Callable[[Ledger], Iterable[Result]]
JobState = Literal["waiting", "running", "done", "failed"]
_MOST_WAITING = 20  # each may hold a whole upload in memory
_MOST_KEPT = 100
_MOST_RESULTS = 500
_RETRY_SECONDS = 30
_LOG = logging.getLogger("beleg.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How far a job is.

    what: as its list shows it. by: who began it. total: how many inputs there are, where that is
    known; done: how many have a result; results: the last of these. failure: why it could not go
    on, for "failed".
    """

    id: str
    what: str
    by: str
    made_at: datetime
    state: JobState
    total: int | None
    done: int
    results: tuple[Result, ...]
    failure: Exception | None

    @property
    def running(self) -> bool:
        """Whether more is to come."""
        return self.state in ("waiting", "running")


@dataclass(slots=True, kw_only=True)
class _Entry:
    id: str
    what: str
    by: str
    made_at: datetime
    work: Work | None
    total: int | None
    state: JobState = "waiting"
    done: int = 0
    results: list[Result] = field(default_factory=list)
    failure: Exception | None = None
    ended: threading.Event = field(default_factory=threading.Event)


class Fault(Exception):
    """A fault in Beleg, by the name of the exception: the exception itself may hold anything."""


class Jobs:
    """The jobs on one ledger; the oldest that ended are forgotten."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._waiting: queue.Queue[_Entry] = queue.Queue(_MOST_WAITING)
        self._worker: threading.Thread | None = None

    def start(self, what: str, *, by: str, work: Work, total: int | None = None) -> Job:
        """Puts a job at the end of the line. Raises Failure 429 if the line is too long."""
        entry = _Entry(
            id=secrets.token_urlsafe(12),
            what=what,
            by=by,
            made_at=datetime.now(UTC),
            work=work,
            total=total,
        )
        with self._lock:
            try:
                self._waiting.put_nowait(entry)
            except queue.Full:
                raise Failure(429, retry_after=_RETRY_SECONDS) from None
            self._entries[entry.id] = entry
            self._forget()
            if self._worker is None:
                # A daemon: stopping the server does not wait for a long job.
                self._worker = threading.Thread(target=self._run, name="beleg-jobs", daemon=True)
                self._worker.start()
            return _shown(entry)

    def job(self, id_: str) -> Job | None:
        """The job of that id; None if there is none, or no longer."""
        with self._lock:
            entry = self._entries.get(id_)
            return None if entry is None else _shown(entry)

    def jobs(self, *, by: str | None = None) -> tuple[Job, ...]:
        """All jobs, or those that somebody began, the last one first."""
        with self._lock:
            entries = reversed(self._entries.values())
            return tuple(_shown(entry) for entry in entries if by is None or entry.by == by)

    def wait(self, job: Job, seconds: float) -> Job:
        """The job once it has ended, or as it is after so long."""
        with self._lock:
            entry = self._entries.get(job.id)
        if entry is None:
            return job
        entry.ended.wait(seconds)
        with self._lock:
            return _shown(entry)

    def _forget(self) -> None:
        ended = [id_ for id_, entry in self._entries.items() if entry.ended.is_set()]
        for id_ in ended[: max(0, len(self._entries) - _MOST_KEPT)]:
            del self._entries[id_]

    def _run(self) -> None:
        while True:
            entry = self._waiting.get()
            try:
                self._do(entry)
            except Exception as error:
                if not isinstance(error, BelegError):
                    _LOG.exception("a job broke off: %s", entry.what)
                with self._lock:
                    entry.failure, entry.state = _portable(error), "failed"
            entry.ended.set()

    def _do(self, entry: _Entry) -> None:
        work, entry.work = entry.work, None
        with self._lock:
            entry.state = "running"
        for result in work(self._ledger) if work is not None else ():
            if result.failure is not None and not isinstance(result.failure, BelegError):
                _LOG.error("%s could not be added", result.source, exc_info=result.failure)
                result = replace(result, failure=_portable(result.failure))
            with self._lock:
                entry.done += 1
                entry.results.append(result)
                del entry.results[:-_MOST_RESULTS]
        with self._lock:
            entry.state = "done"


def told(error: Exception) -> str:
    """What is said of a failure: of a fault of ours only that it is one; the log has the rest."""
    if isinstance(error, BelegError):
        return str(error)
    return f"a fault in Beleg ({_portable(error)}); the server's log says more"


def _portable(error: Exception) -> Exception:
    """The error as other processes can have it."""
    return error if isinstance(error, BelegError | Fault) else Fault(type(error).__name__)


def _shown(entry: _Entry) -> Job:
    return Job(
        id=entry.id,
        what=entry.what,
        by=entry.by,
        made_at=entry.made_at,
        state=entry.state,
        total=entry.total,
        done=entry.done,
        results=tuple(entry.results),
        failure=entry.failure,
    )
