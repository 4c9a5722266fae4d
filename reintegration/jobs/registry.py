"""The kinds of jobs there are. A handler stands in the `tasks.py` of its app.

    @job_handler("documents.statement", title="Rozliczenia świadczeń")
    def render_statement(work: Work) -> dict[str, str]:
        ...

A handler runs inside one transaction, in the scope of the job's organisation; the same transaction
marks the job done, so what the handler writes happens exactly once, whatever is killed. What leaves
the database (mail, a file elsewhere) does not roll back: such a handler is declared `in_steps` and
commits its own steps with `work.step()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reintegration.jobs.worker import Work

Run = Callable[["Work"], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Handler:
    kind: str
    title: str
    run: Run
    max_attempts: int
    limit: timedelta
    priority: int
    in_steps: bool
    keep: timedelta


REGISTRY: dict[str, Handler] = {}


def job_handler(
    kind: str,
    *,
    title: str,
    max_attempts: int = 8,
    limit: timedelta = timedelta(minutes=10),
    priority: int = 5,
    in_steps: bool = False,
    keep: timedelta = timedelta(days=30),
) -> Callable[[Run], Run]:
    """Register the handler of a kind.

    `limit`: after so long the lease is no longer prolonged and another worker may take over;
    `priority`: smaller comes first; `keep`: how long the row of a finished job stays.
    """

    def register(run: Run) -> Run:
        if kind in REGISTRY:
            message = f"The kind of job {kind} is declared twice."
            raise ValueError(message)
        REGISTRY[kind] = Handler(kind, title, run, max_attempts, limit, priority, in_steps, keep)
        return run

    return register


def title_of(kind: str) -> str:
    found = REGISTRY.get(kind)
    return found.title if found else kind
