"""How a programme goes: the results of steps, and the evaluations."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from ipzs.forms import programmes as forms
from ipzs.models import Evaluation, StepResult
from ipzs.perms import programmes as perms
from ipzs.programme_paper import content_of
from ipzs.rules import content as content_rules
from ipzs.services import programmes as services
from ipzs.services.programmes.common import version_in_force
from ipzs.views.programmes.base import OfProgramme, OfRow
from reintegration.core import clock
from reintegration.core.formats import format_date


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


class HoldEvaluation(OfRow):
    action = perms.EVALUATE
    title = "Wspólna ocena"
    form_class = forms.EvaluationForm
    submit = "Zapisz ocenę"
    model = Evaluation
    row: Evaluation

    def lead(self) -> str:
        due = format_date(self.row.due_on, today=clock.today())
        return f"{self.file.person}. Termin: {due}. Przejdźcie razem przez każdy krok."

    def initial(self) -> Mapping[str, Any]:
        return {"held_on": clock.today()}

    def save(self, form: forms.EvaluationForm) -> Evaluation:
        return services.hold_evaluation(evaluation_id=self.row.pk, **form.cleaned_data)
