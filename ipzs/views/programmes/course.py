"""How a programme goes: steps, evaluations, the qualification and the extension."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from ipzs.forms import programmes as forms
from ipzs.models import Evaluation, PeriodDecision, StepResult
from ipzs.perms import programmes as perms
from ipzs.programme_paper import content_of
from ipzs.queries import programmes as queries
from ipzs.rules import content as content_rules
from ipzs.rules.programmes import extension_starts
from ipzs.services import programmes as services
from ipzs.services.programmes.common import planned_periods, version_in_force
from ipzs.views.programmes.base import OfProgramme, paper_of, seen, url_of
from participants.models import Period
from participants.queries.participations import agreements_of
from participants.rules import stages
from participants.rules.codes import PeriodKind, UnitType
from participants.services.participations.common import trial_reading
from participants.views.participations.base import FileForm, crumbs_of, unit_type
from reintegration.core import clock
from reintegration.core.dates import ONE_DAY
from reintegration.core.formats import format_date, format_span
from reintegration.core.forms import Form


class Step(OfProgramme):
    action = perms.STEP
    title = "Jak poszedł krok"
    form_class = forms.StepForm
    submit = "Zapisz wynik"

    def object(self, *, lock: bool) -> Any:
        found = super().object(lock=lock)
        version = version_in_force(self.programme)
        content = content_of(version, self.programme.kind) if version is not None else None
        steps = [] if content is None else [one for goal in content.goals for one in goal.steps]
        step = next((one for one in steps if one.key == str(self.kwargs["step"])), None)
        if step is None:
            raise Http404
        self.step: content_rules.Step = step
        return found

    def lead(self) -> str:
        return f"{self.file.person}: {self.step.text}"

    def initial(self) -> Mapping[str, Any]:
        return {"on": clock.today()}

    def save(self, form: forms.StepForm) -> StepResult:
        return services.record_step(
            programme_id=self.programme.pk, step=self.kwargs["step"], **form.cleaned_data
        )


class PlanEvaluation(OfProgramme):
    action = perms.EVALUATE
    title = "Dodatkowa ocena"
    form_class = forms.PlanEvaluationForm

    def save(self, form: forms.PlanEvaluationForm) -> Evaluation:
        return services.plan_evaluation(programme_id=self.programme.pk, due_on=form.cleaned_data["due_on"])


class HoldEvaluation(OfProgramme):
    action = perms.EVALUATE
    title = "Wspólna ocena"
    form_class = forms.EvaluationForm
    submit = "Zapisz ocenę"

    def object(self, *, lock: bool) -> Any:
        rows = Evaluation.objects.select_related("programme__participation__person")
        if lock:
            rows = rows.select_for_update(of=("self",))
        self.row: Evaluation = get_object_or_404(rows, pk=self.kwargs["pk"])
        seen(self.request, self.row)
        self.programme = self.row.programme
        self.back_url = url_of(self.programme.participation_id)
        return self.row

    def lead(self) -> str:
        due = format_date(self.row.due_on, today=clock.today())
        return f"{self.file.person}. Termin: {due}. Przejdźcie razem przez każdy krok."

    def initial(self) -> Mapping[str, Any]:
        return {"held_on": clock.today()}

    def save(self, form: forms.EvaluationForm) -> Evaluation:
        return services.hold_evaluation(evaluation_id=self.row.pk, **form.cleaned_data)


class OfTime(FileForm):
    """A decision about the time of a participation; it leads back to the programme."""

    action = perms.PERIOD
    request: Any

    def object(self, *, lock: bool) -> Any:
        found = super().object(lock=lock)
        self.back_url = url_of(self.file.pk)
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (paper_of(self.request), self.back_url), (self.get_title(), ""))

    def last_period(self) -> Period | None:
        return Period.objects.filter(participation=self.file).order_by("-until", "-pk").first()

    def success(self, form: Any, result: PeriodDecision | Period) -> str:
        span = format_span(result.since, result.until, today=clock.today())
        name = result.get_step_display() if isinstance(result, PeriodDecision) else "zajęcia"
        return f"{name.capitalize()}: {span}."


class Qualify(OfTime):
    """The main period: after the trial of a CIS, in a KIS as its contract says."""

    @property
    def is_kis(self) -> bool:
        return unit_type(self.request) is UnitType.KIS

    def get_title(self) -> str:
        return "Okres zajęć" if self.is_kis else "Kwalifikacja po okresie próbnym"

    @property
    def form_class(self) -> type[Form]:  # type: ignore[override]
        return forms.ContractPeriodForm if self.is_kis else forms.QualifyForm

    @property
    def submit(self) -> str:  # type: ignore[override]
        return "Zapisz okres" if self.is_kis else "Zakwalifikuj"

    def _first(self) -> date | None:
        row = self.last_period()
        return None if row is None else row.until + ONE_DAY

    def lead(self) -> str:
        if self.is_kis:
            return f"{self.file.person}. Długość jest taka, jak w kontrakcie. (art. 18)"
        first = self._first()
        if first is None:
            return f"{self.file.person}. Najpierw jest okres próbny: 1 miesiąc. (art. 15 ust. 1)"
        begins = format_date(first, today=clock.today())
        return f"{self.file.person}. Okres uczestnictwa zaczyna się {begins}. (art. 15 ust. 2)"

    def initial(self) -> Mapping[str, Any]:
        if self.is_kis:
            contract = queries.current(self.file.pk)
            days = (contract.since, contract.until) if contract is not None else (None, None)
            return {"since": self._first() or days[0], "until": days[1]}
        first, newest = self._first(), agreements_of(self.file).first()
        return {
            "decided_on": clock.today(),
            "until": stages.latest_end(PeriodKind.MAIN, first, trial_reading(first)) if first else None,
            "told_whom": newest.body_name if newest else "",
        }

    def save(self, form: Any) -> PeriodDecision | Period:
        begin = services.begin_contract_period if self.is_kis else services.qualify
        return begin(participation_id=self.file.pk, **form.cleaned_data)


class Extend(OfTime):
    title = "Przedłużenie"
    form_class = forms.ExtendForm
    submit = "Przedłuż"

    def lead(self) -> str:
        starts = extension_starts(planned_periods(self.file))
        begins = f" Zaczyna się {format_date(starts, today=clock.today())}." if starts else ""
        return (
            f"{self.file.person}.{begins} Na wniosek albo po opinii pracownika socjalnego. (art. 15 ust. 3)"
        )

    def initial(self) -> Mapping[str, Any]:
        return {"decided_on": clock.today()}

    def save(self, form: forms.ExtendForm) -> PeriodDecision:
        return services.extend(participation_id=self.file.pk, **form.cleaned_data)


class Told(OfProgramme):
    """When the head of OPS was told of a qualification."""

    action = perms.PERIOD
    title = "Informacja dla OPS"
    form_class = forms.ToldForm

    def object(self, *, lock: bool) -> Any:
        rows = PeriodDecision.objects.select_related("programme__participation__person")
        if lock:
            rows = rows.select_for_update(of=("self",))
        self.row: PeriodDecision = get_object_or_404(rows, pk=self.kwargs["pk"])
        seen(self.request, self.row)
        self.programme = self.row.programme
        self.back_url = url_of(self.programme.participation_id)
        return self.row

    def initial(self) -> Mapping[str, Any]:
        return {"told_on": self.row.told_on or clock.today(), "told_whom": self.row.told_whom}

    def save(self, form: forms.ToldForm) -> PeriodDecision:
        return services.note_told(decision_id=self.row.pk, **form.cleaned_data)
