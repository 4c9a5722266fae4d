"""The time of a participation: the qualification, the extension, and the motion about it (art. 15).

The manager decides; the social worker moves an extension or gives an opinion. A KIS writes down the periods
of its contract.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ipzs.forms import programmes_periods as forms
from ipzs.models import ExtensionMotion, PeriodDecision
from ipzs.perms import programmes as perms
from ipzs.queries import programmes as queries
from ipzs.rules.programmes import extension_starts
from ipzs.services import programmes as services
from ipzs.services.programmes.common import planned_periods
from ipzs.views.programmes.base import OF_PROGRAMME, OfRow, paper_of, row_of, url_of
from participants.models import Period
from participants.queries.participations import agreements_of
from participants.rules import stages
from participants.rules.codes import PeriodKind
from participants.services.participations.common import trial_reading
from participants.views.participations.base import FileForm, crumbs_of
from reintegration.core import clock
from reintegration.core.dates import ONE_DAY
from reintegration.core.formats import format_date, format_span
from reintegration.core.views import ConfirmPage


class OfTime(FileForm):
    """A form about the time of a participation; it leads back to the programme."""

    action = perms.PERIOD
    request: Any

    def object(self, *, lock: bool) -> Any:
        found = super().object(lock=lock)
        self.back_url = url_of(self.file.pk)
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (paper_of(self.request), str(self.back_url)), (self.get_title(), ""))

    def said_of_start(self, begins: str) -> str:
        """From which day an extension would run, after these words; nothing when none can follow."""
        starts = extension_starts(planned_periods(self.file))
        return f" {begins} {format_date(starts, today=clock.today())}." if starts else ""

    def first_day(self) -> date | None:
        """The day after everything that is planned."""
        row = Period.objects.filter(participation=self.file).order_by("-until", "-pk").first()
        return None if row is None else row.until + ONE_DAY

    def success(self, form: Any, result: PeriodDecision | Period) -> str:
        span = format_span(result.since, result.until, today=clock.today())
        name = result.get_step_display() if isinstance(result, PeriodDecision) else "zajęcia"
        return f"{name.capitalize()}: {span}."


class Qualify(OfTime):
    """The main period after the trial of a CIS."""

    title = "Kwalifikacja po okresie próbnym"
    form_class = forms.QualifyForm
    submit = "Zakwalifikuj"

    def lead(self) -> str:
        first = self.first_day()
        if first is None:
            return f"{self.file.person}. Najpierw jest okres próbny: 1 miesiąc. (art. 15 ust. 1)"
        begins = format_date(first, today=clock.today())
        return f"{self.file.person}. Okres uczestnictwa zaczyna się {begins}. (art. 15 ust. 2)"

    def initial(self) -> Mapping[str, Any]:
        first, newest = self.first_day(), agreements_of(self.file).first()
        return {
            "decided_on": clock.today(),
            "until": stages.latest_end(PeriodKind.MAIN, first, trial_reading(first)) if first else None,
            "told_whom": newest.body_name if newest else "",
        }

    def save(self, form: forms.QualifyForm) -> PeriodDecision:
        return services.qualify(participation_id=self.file.pk, **form.cleaned_data)


class ContractPeriod(OfTime):
    """A period of a KIS, as its contract says."""

    action = perms.CONTRACT_PERIOD
    title = "Okres zajęć"
    form_class = forms.ContractPeriodForm
    submit = "Zapisz okres"

    def lead(self) -> str:
        return f"{self.file.person}. Długość jest taka, jak w kontrakcie. (art. 18)"

    def initial(self) -> Mapping[str, Any]:
        contract = queries.current(self.file.pk)
        days = (contract.since, contract.until) if contract is not None else (None, None)
        return {"since": self.first_day() or days[0], "until": days[1]}

    def save(self, form: forms.ContractPeriodForm) -> Period:
        return services.begin_contract_period(participation_id=self.file.pk, **form.cleaned_data)


class Extend(OfTime):
    title = "Przedłużenie"
    form_class = forms.ExtendForm
    submit = "Przedłuż"

    def lead(self) -> str:
        begins = self.said_of_start("Zaczyna się")
        return (
            f"{self.file.person}.{begins} Na wniosek albo po opinii pracownika socjalnego. (art. 15 ust. 3)"
        )

    def initial(self) -> Mapping[str, Any]:
        """What the motion says that waits; a motion on paper is typed in."""
        motion = queries.waiting_motion(self.file.pk)
        if motion is None:
            return {"decided_on": clock.today()}
        return {
            "decided_on": clock.today(),
            "until": motion.until,
            "basis": motion.basis,
            "basis_on": motion.asked_on,
            "author": motion.author,
            "analysis": motion.analysis,
        }

    def save(self, form: forms.ExtendForm) -> PeriodDecision:
        return services.extend(participation_id=self.file.pk, **form.cleaned_data)


class AskExtension(OfTime):
    """The motion or the opinion of the social worker."""

    action = perms.MOTION
    title = "Wniosek o przedłużenie"
    form_class = forms.MotionForm
    submit = "Przekaż kierownikowi"

    def lead(self) -> str:
        begins = self.said_of_start("Przedłużenie zaczęłoby się")
        return f"{self.file.person}.{begins} Decyduje kierownik. (art. 15 ust. 3)"

    def initial(self) -> Mapping[str, Any]:
        return {"asked_on": clock.today(), "author": self.request.user.get_full_name()}

    def save(self, form: forms.MotionForm) -> ExtensionMotion:
        return services.ask_extension(participation_id=self.file.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Przekazano. Wniosek czeka na kierownika."


class RefuseExtension(OfRow):
    action = perms.PERIOD
    title = "Odmowa przedłużenia"
    form_class = forms.RefuseExtensionForm
    submit = "Nie przedłużaj"
    model = ExtensionMotion
    row: ExtensionMotion

    def lead(self) -> str:
        until = format_date(self.row.until, today=clock.today())
        return f"{self.file.person}. {self.row.author} prosi o czas do {until}."

    def initial(self) -> Mapping[str, Any]:
        return {"decided_on": clock.today()}

    def save(self, form: forms.RefuseExtensionForm) -> ExtensionMotion:
        return services.refuse_extension(motion_id=self.row.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano odmowę. Okres kończy się tak, jak zaplanowano."


class WithdrawMotion(ConfirmPage):
    action = perms.MOTION
    title = "Wycofaj wniosek"
    verb = "Wycofaj wniosek"
    request: Any

    def object(self, *, lock: bool) -> ExtensionMotion:
        self.row = row_of(self.request, ExtensionMotion, self.kwargs["pk"], OF_PROGRAMME, lock=lock)
        self.back_url = url_of(self.row.programme.participation_id)
        return self.row

    def text(self) -> str:
        person = self.row.programme.participation.person
        return f"{person}: wniosek o przedłużenie. Kierownik nie będzie go rozpatrywać."

    def perform(self) -> str:
        services.withdraw_motion(motion_id=self.row.pk)
        return str(self.back_url)

    def success(self) -> str:
        return "Wycofano wniosek."


class Told(OfRow):
    """When the head of OPS was told of a qualification."""

    action = perms.TELL
    title = "Informacja dla OPS"
    form_class = forms.ToldForm
    model = PeriodDecision
    row: PeriodDecision

    def initial(self) -> Mapping[str, Any]:
        return {"told_on": self.row.told_on or clock.today(), "told_whom": self.row.told_whom}

    def save(self, form: forms.ToldForm) -> PeriodDecision:
        return services.note_told(decision_id=self.row.pk, **form.cleaned_data)
