"""The steps of supported employment, each a small form that leads back to the page of the way."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import path, reverse
from django.utils.functional import cached_property

from benefits import perms
from benefits.forms import supported as forms
from benefits.models import SupportedJob
from benefits.queries import supported as queries
from benefits.rules import supported_work as rules
from benefits.services import supported as services
from benefits.views.supported import TAB, crumbs_of_job, job_of
from participants.rules.codes import UnitType
from participants.views.participations.base import crumbs_of, file_of
from reintegration.core import clock
from reintegration.core.text import search_key
from reintegration.core.views import FormPage

NAMES = ("place", "pup_name", "employer_name", "position", "reason")


class Propose(FormPage):
    """A motion is begun on the tab of a file, also after its end."""

    action = perms.SUPPORTED_WRITE
    title = "Wniosek o skierowanie do pracy"
    form_class = forms.MotionForm
    request: Any

    def object(self, *, lock: bool) -> None:
        self.file = file_of(self.request, self.kwargs["pk"], lock=lock)
        self.back_url = reverse("benefits:supported_tab", args=[self.file.pk])

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TAB, self.back_url), (self.title, ""))

    def lead(self) -> str:
        return f"{self.file.person}. Urząd pracy kieruje do pracodawcy albo do Centrum. (art. 16 ust. 1)"

    @cached_property
    def offices(self) -> Sequence[str]:
        return queries.names_of_pup()

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"offices": self.offices}

    def initial(self) -> Mapping[str, Any]:
        return {"place": "employer", "pup_name": self.offices[0] if self.offices else ""}

    def save(self, form: Any) -> SupportedJob:
        return services.propose(participation_id=self.file.pk, **form.cleaned_data)

    def next_url(self, result: SupportedJob) -> str:
        return reverse("benefits:supported_job", args=[result.pk])

    def success(self, form: Any, result: SupportedJob) -> str:
        return "Wniosek jest w przygotowaniu. Wydrukuj go i zbierz podpisy."


class OfJobForm(FormPage):
    """A form about one way; the file is held before it."""

    action = perms.SUPPORTED_WRITE
    drafts = False
    request: Any

    def object(self, *, lock: bool) -> SupportedJob:
        self.job = job_of(self.request, self.kwargs["pk"])
        if lock:
            self.job, _ = services.held(self.job.pk)
        self.back_url = reverse("benefits:supported_job", args=[self.job.pk])
        return self.job

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of_job(self.job, (self.get_title(), ""))

    def lead(self) -> str:
        said = ", ".join(part for part in (self.job.position, self.job.employer_name) if part)
        return f"{self.job.person}, {said.removesuffix('.')}." if said else f"{self.job.person}."


class Change(OfJobForm):
    title = "Zmień wniosek"
    form_class = forms.MotionForm
    drafts = True

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"offices": queries.names_of_pup(self.job.pup_name)}

    def initial(self) -> Mapping[str, Any]:
        said = {name: getattr(self.job, name) for name in NAMES}
        # The same office, as its agreement calls it.
        same = (one for one in queries.names_of_pup() if search_key(one) == search_key(self.job.pup_name))
        return {**said, "pup_name": next(same, self.job.pup_name)}

    def save(self, form: Any) -> SupportedJob:
        return services.change(job_id=self.job.pk, **form.cleaned_data)


class Employer(OfJobForm):
    title = "Dane pracodawcy"
    form_class = forms.EmployerForm
    drafts = True

    def lead(self) -> str:
        return "Z tych danych wypełnią się dokumenty dla pracodawcy i dla urzędu."

    def initial(self) -> Mapping[str, Any]:
        names = (*services.EMPLOYER, "position", "accident_rate")
        return {name: getattr(self.job, name) for name in names}

    def save(self, form: Any) -> SupportedJob:
        return services.set_employer(job_id=self.job.pk, **form.cleaned_data)


class Send(OfJobForm):
    title = "Wniosek wysłany do PUP"
    form_class = forms.SendForm

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"three": self.job.unit_type == UnitType.CIS}

    def lead(self) -> str:
        if self.job.unit_type == UnitType.CIS:
            return "Wniosek składają kierownik CIS, pracownik socjalny i osoba. (art. 16 ust. 1)"
        return "Wniosek składa pracownik socjalny. (art. 16 ust. 1)"

    def initial(self) -> Mapping[str, Any]:
        return dict.fromkeys(self.form_class.base_fields, clock.today())

    def save(self, form: Any) -> SupportedJob:
        return services.send(job_id=self.job.pk, **form.cleaned_data)


class Refer(OfJobForm):
    title = "Skierowanie z PUP"
    form_class = forms.ReferForm

    def initial(self) -> Mapping[str, Any]:
        return {
            "answered_on": clock.today(),
            "employer_name": self.job.employer_name,
            "position": self.job.position,
        }

    def save(self, form: Any) -> SupportedJob:
        return services.refer(job_id=self.job.pk, **form.cleaned_data)


class Fail(OfJobForm):
    title = "Bez skutku"
    form_class = forms.FailForm
    submit = "Zamknij sprawę"

    def lead(self) -> str:
        return f"{self.job.person}. Powód zostaje w zestawieniu. Nowy wniosek można zacząć od razu."

    def initial(self) -> Mapping[str, Any]:
        return {"failed_on": clock.today()}

    def save(self, form: Any) -> SupportedJob:
        return services.fail(job_id=self.job.pk, **form.cleaned_data)


class Agree(OfJobForm):
    title = "Umowa starosty z pracodawcą"
    form_class = forms.AgreementForm

    def initial(self) -> Mapping[str, Any]:
        return {"agreed_on": clock.today()}

    def save(self, form: Any) -> SupportedJob:
        return services.agree(job_id=self.job.pk, **form.cleaned_data)


class Agreement(OfJobForm):
    title = "Zmień umowę"
    form_class = forms.AgreementForm

    def initial(self) -> Mapping[str, Any]:
        return {name: getattr(self.job, name) for name in self.form_class.base_fields}

    def save(self, form: Any) -> SupportedJob:
        return services.correct_agreement(job_id=self.job.pk, **form.cleaned_data)


class Start(OfJobForm):
    title = "Początek pracy"
    form_class = forms.StartForm
    submit = "Zaczyna pracę"

    def initial(self) -> Mapping[str, Any]:
        since = self.job.since or clock.today()
        return {"since": since, "until": self.job.until or _usual_end(since)}

    def save(self, form: Any) -> SupportedJob:
        return services.start(job_id=self.job.pk, **form.cleaned_data)


class Complete(OfJobForm):
    title = "Praca skończona"
    form_class = forms.CompleteForm

    def initial(self) -> Mapping[str, Any]:
        return {"ended_on": self.job.until}

    def save(self, form: Any) -> SupportedJob:
        return services.complete(job_id=self.job.pk, **form.cleaned_data)


class BreakOff(OfJobForm):
    title = "Praca przerwana"
    form_class = forms.BreakForm

    def initial(self) -> Mapping[str, Any]:
        return {"ended_on": clock.today()}

    def save(self, form: Any) -> SupportedJob:
        return services.break_off(job_id=self.job.pk, **form.cleaned_data)


def _usual_end(since: date) -> date:
    return rules.least_until(since, rules.terms(clock.today(), queries.current_law()))


_JOB = "zatrudnienie-wspierane/<uuid:pk>/"
urlpatterns = [
    path("uczestnicy/<uuid:pk>/zatrudnienie/nowe/", Propose.as_view(), name="supported_propose"),
    path(f"{_JOB}zmien/", Change.as_view(), name="supported_change"),
    path(f"{_JOB}pracodawca/", Employer.as_view(), name="supported_employer"),
    path(f"{_JOB}wyslano/", Send.as_view(), name="supported_send"),
    path(f"{_JOB}skierowanie/", Refer.as_view(), name="supported_refer"),
    path(f"{_JOB}bez-skutku/", Fail.as_view(), name="supported_fail"),
    path(f"{_JOB}umowa/", Agree.as_view(), name="supported_agree"),
    path(f"{_JOB}zmiana-umowy/", Agreement.as_view(), name="supported_agreement"),
    path(f"{_JOB}poczatek/", Start.as_view(), name="supported_start"),
    path(f"{_JOB}koniec/", Complete.as_view(), name="supported_complete"),
    path(f"{_JOB}przerwano/", BreakOff.as_view(), name="supported_break_off"),
]
