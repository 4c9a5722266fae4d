"""Everything that happens by itself, in one reviewed list.

Each entry enqueues one job in the operator's organisation for each of its periods: never two for one
period, however many schedulers run, and once for the latest when the scheduler was away. A new entry
begins with its next period. `tests/jobs/test_schedule.py` compares this list with the handlers.
"""

from dataclasses import dataclass

from reintegration.jobs.rules import Daily, Every


@dataclass(frozen=True, slots=True)
class Entry:
    kind: str
    period: Every | Daily
    purpose: str


SCHEDULE: tuple[Entry, ...] = (
    Entry("accounts.forget", Daily(3, 30), "Usuwa sesje i odłożone formularze po upływie ich terminu."),
    Entry("audit.heads", Daily(3, 50), "Zapisuje głowy łańcuchów dziennika do logu."),
    Entry("audit.retention", Daily(4, 50), "Usuwa dane osób po upływie terminu."),
    Entry("audit.seal", Every(1), "Pieczętuje nowe wpisy dziennika."),
    Entry("audit.verify", Daily(4, 20), "Sprawdza cały dziennik z pieczęciami."),
    Entry("benefits.health_daily", Daily(5, 20), "Mówi OPS o programach, które się skończyły albo zmieniły."),
    Entry("documents.end_grants", Daily(0, 15), "Usuwa wyjątki od ról, których ostatni dzień minął."),
    Entry("documents.reconcile_files", Daily(4, 40), "Porównuje pliki na dysku z ich wierszami."),
    Entry("ipzs.decided_daily", Daily(0, 25), "Kończy programy po ostatnim dniu z doręczonej decyzji."),
    Entry("ipzs.warnings_daily", Daily(5, 40), "Szuka wczesnych ostrzeżeń i kładzie je na pulpitach."),
    Entry("jobs.clean", Daily(3, 40), "Usuwa wiersze zakończonych zadań po upływie ich terminu."),
    Entry("law.indexation", Daily(5, 10), "Przypomina operatorowi o zasiłku, gdy minął 1 czerwca bez wpisu."),
    Entry(
        "participants.follow_erasures", Daily(4, 35), "Usuwa po drugiej stronie to, co jedna strona usunęła."
    ),
    Entry("participants.plan_follow_ups", Daily(5, 20), "Planuje rozmowy pół roku po zakończeniu."),
    Entry(
        "participants.referrals_daily",
        Daily(6, 10),
        "Przypomina o terminach opinii i o skierowaniach bez ruchu.",
    ),
    Entry("participants.remind_daily", Daily(10, 0), "Zleca SMS-y o jutrzejszych spotkaniach i rozmowach."),
    Entry("reporting.check_years", Daily(1, 20), "Porównuje liczby lat każdej jednostki z jej sprawami."),
    Entry("reporting.recount", Every(5), "Liczy na nowo lata, w których coś się zmieniło."),
    Entry("reporting.reports_daily", Daily(6, 20), "Przypomina jednostkom o terminie sprawozdania rocznego."),
    Entry("shell.forget", Daily(3, 20), "Usuwa szkice i znaki formularzy po upływie ich terminu."),
)
