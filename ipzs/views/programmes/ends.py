"""The ends of a programme, and the manager's decision with its delivery and the complaint."""

from collections.abc import Mapping
from typing import Any

from ipzs.forms import programmes as forms
from ipzs.models import Decision, Programme
from ipzs.perms import programmes as perms
from ipzs.rules import endings
from ipzs.rules.programmes import tail_after_work
from ipzs.services import programmes as services
from ipzs.views.programmes.base import OfDecision, OfProgramme
from participants.models import Period
from participants.views.participations.base import unit_type
from reintegration.core import clock, toasts
from reintegration.core.dates import ONE_DAY
from reintegration.core.formats import format_date


class OfEnd(OfProgramme):
    action = perms.END
    submit = "Zakończ"

    def success(self, form: Any, result: Programme) -> str:
        if result.ended_on is None:
            return "Zapisano. Program trwa dalej bez zajęć."
        return f"Zakończono {format_date(result.ended_on, today=clock.today())}."


class Statement(OfEnd):
    title = "Oświadczenie uczestnika"
    form_class = forms.StatementForm

    def lead(self) -> str:
        return f"{self.file.person} kończy udział z własnej woli. Decyzja nie jest potrzebna."

    def initial(self) -> Mapping[str, Any]:
        return {"statement_on": clock.today(), "ended_on": clock.today()}

    def save(self, form: forms.StatementForm) -> Programme:
        return services.end_by_statement(programme_id=self.programme.pk, **form.cleaned_data)


class Work(OfEnd):
    title = "Podjęcie pracy"
    form_class = forms.WorkForm
    submit = "Zapisz"

    def initial(self) -> Mapping[str, Any]:
        today = clock.today()
        return {"work_started_on": today, "left_on": today - ONE_DAY}

    def save(self, form: forms.WorkForm) -> Programme:
        return services.end_by_work(programme_id=self.programme.pk, **form.cleaned_data)


class AfterWork(OfEnd):
    title = "Koniec programu po podjęciu pracy"
    form_class = forms.PeriodEndForm

    def lead(self) -> str:
        since = self.programme.work_since
        if since is None:
            return f"{self.file.person}."
        until = format_date(tail_after_work(since).until, today=clock.today())
        return f"{self.file.person}. Program może trwać do {until}. (art. 13 ust. 5)"

    def save(self, form: forms.PeriodEndForm) -> Programme:
        return services.finish_after_work(
            programme_id=self.programme.pk, ended_on=form.cleaned_data["ended_on"]
        )


class PeriodOver(OfEnd):
    title = "Upływ okresu"
    form_class = forms.PeriodEndForm

    def initial(self) -> Mapping[str, Any]:
        last = Period.objects.filter(participation=self.file).order_by("-until", "-pk").first()
        return {"ended_on": last.until if last else None}

    def save(self, form: forms.PeriodEndForm) -> Programme:
        return services.end_by_period(programme_id=self.programme.pk, **form.cleaned_data)


class Other(OfEnd):
    title = "Inne zakończenie"
    form_class = forms.OtherEndForm

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"unit_type": unit_type(self.request)}

    def initial(self) -> Mapping[str, Any]:
        return {"ended_on": clock.today()}

    def save(self, form: forms.OtherEndForm) -> Programme:
        return services.end_otherwise(programme_id=self.programme.pk, **form.cleaned_data)


# The decision


class DecisionAdd(OfProgramme):
    action = perms.DECISION
    title = "Decyzja o zaprzestaniu"
    form_class = forms.DecisionForm
    submit = "Zapisz projekt"

    def lead(self) -> str:
        return (
            f"{self.file.person}. Najpierw zastanów się, czy nie wystarczy zmiana programu."
            " Decyzja wiąże od doręczenia. (art. 13 ust. 4a)"
        )

    def initial(self) -> Mapping[str, Any]:
        return {"ends_on": clock.today()}

    def save(self, form: forms.DecisionForm) -> Decision:
        return services.draft_decision(programme_id=self.programme.pk, **form.cleaned_data)


class DecisionEdit(OfDecision):
    action = perms.DECISION
    title = "Projekt decyzji"
    form_class = forms.DecisionForm
    submit = "Zapisz projekt"

    def initial(self) -> Mapping[str, Any]:
        row = self.row
        return {
            "kind": row.kind,
            "number": row.number,
            "ends_on": row.ends_on,
            "reasons": row.reasons,
            "change_considered": row.change_considered,
        }

    def save(self, form: forms.DecisionForm) -> Decision:
        return services.edit_decision(decision_id=self.row.pk, **form.cleaned_data)


class Issue(OfDecision):
    action = perms.DECISION_ISSUE
    title = "Wydaj decyzję"
    form_class = forms.IssueForm
    submit = "Wydaj decyzję"

    def lead(self) -> str:
        ground = endings.ENDING_NAMES[endings.Ending(self.row.kind)]
        return f"{self.file.person}, decyzja {self.row.number}: {ground}. Powstanie pismo z pouczeniem."

    def initial(self) -> Mapping[str, Any]:
        return {"decided_on": clock.today()}

    def save(self, form: forms.IssueForm) -> Decision:
        return services.issue_decision(decision_id=self.row.pk, **form.cleaned_data)

    def success(self, form: Any, result: Decision) -> str:
        return f"Wydano decyzję {result.number}. Wydrukuj ją i doręcz."


class Deliver(OfDecision):
    action = perms.DECISION_FOLLOW
    title = "Doręczenie decyzji"
    form_class = forms.DeliverForm
    submit = "Zapisz doręczenie"

    def lead(self) -> str:
        ends = format_date(self.row.ends_on, today=clock.today())
        return (
            f"{self.file.person}. Od doręczenia decyzja wiąże, a program i sprawa kończą się z dniem {ends}."
        )

    def save(self, form: forms.DeliverForm) -> Decision:
        return services.deliver_decision(decision_id=self.row.pk, **form.cleaned_data)

    def success(self, form: Any, result: Decision) -> str:
        if result.delivered_on is None:
            return ""
        for remark in endings.end_remarks(services.end_of(result)):
            toasts.refused(self.request, remark)
        until = endings.complaint(result.delivered_on).until
        return f"Zapisano. Skargę można wnieść do {format_date(until, today=clock.today())}."


class Complain(OfDecision):
    action = perms.DECISION_FOLLOW
    title = "Skarga do sądu"
    form_class = forms.ComplainForm
    submit = "Zapisz skargę"

    def save(self, form: forms.ComplainForm) -> Decision:
        return services.complain(decision_id=self.row.pk, **form.cleaned_data)


class Judge(OfDecision):
    action = perms.DECISION_FOLLOW
    title = "Wyrok sądu"
    form_class = forms.JudgeForm
    submit = "Zapisz wyrok"

    def save(self, form: forms.JudgeForm) -> Decision:
        typed = form.cleaned_data
        return services.judge(
            decision_id=self.row.pk,
            upheld=typed["upheld"] == "yes",
            judged_on=typed["judged_on"],
            judgment=typed["judgment"],
        )


class Withdraw(OfDecision):
    action = perms.DECISION_ISSUE
    title = "Porzuć decyzję"
    form_class = forms.WithdrawForm
    submit = "Porzuć decyzję"

    def save(self, form: forms.WithdrawForm) -> Decision:
        return services.withdraw_decision(decision_id=self.row.pk, reason=form.cleaned_data["reason"])
