"""Who leads a file, who helps, and handing a whole caseload over."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from participants.forms import participations as forms
from participants.models import Participation, TeamMember
from participants.perms import participations as perms
from participants.queries import participations as queries
from participants.rules.codes import UnitType
from participants.services import participations as services
from participants.views.participations.base import LIST, FileForm, crumbs_of, file_of, unit_type
from reintegration.accounts.models import User
from reintegration.audit import record
from reintegration.core import clock, toasts
from reintegration.core.formats import counted
from reintegration.core.views import FormPage, Page
from reintegration.tenancy.models import Membership
from reintegration.tenancy.scope import current_scope


class CaseManager(FileForm):
    action = perms.ASSIGN
    title = "Opiekun"
    form_class = forms.CaseManagerForm

    def lead(self) -> str:
        paper = "program" if unit_type(self.request) is UnitType.CIS else "kontrakt"
        return f"Opiekun prowadzi sprawę: diagnozę, {paper} i kontakt. Dowie się o tym na pulpicie."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"leaders": queries.leaders()}

    def initial(self) -> Mapping[str, Any]:
        return {"case_manager": str(self.file.case_manager_id or "")}

    def save(self, form: forms.CaseManagerForm) -> Participation:
        return services.assign_case_manager(
            participation_id=self.file.pk, user_id=form.cleaned_data["case_manager"]
        )


class TeamAdd(FileForm):
    action = perms.TEAM_ADD
    title = "Dodaj do zespołu"
    form_class = forms.TeamForm

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"people": queries.colleagues()}

    def initial(self) -> Mapping[str, Any]:
        return {"since": clock.today()}

    def save(self, form: forms.TeamForm) -> TeamMember:
        typed = form.cleaned_data
        return services.add_team_member(
            participation_id=self.file.pk, user_id=typed["user"], task=typed["task"], since=typed["since"]
        )


class TeamEnd(FormPage):
    action = perms.TEAM_END
    title = "Koniec pracy w zespole"
    form_class = forms.TeamEndForm

    def object(self, *, lock: bool) -> TeamMember:
        rows = TeamMember.objects.select_related("user")
        if lock:
            rows = rows.select_for_update(of=("self",))
        member: TeamMember = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.file = file_of(self.request, member.participation_id)
        self.back_url = reverse("participants:file", args=[self.file.pk])
        self.member = member
        return member

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (self.title, ""))

    def lead(self) -> str:
        return f"{self.member.user.get_full_name()}, {self.member.task}."

    def initial(self) -> Mapping[str, Any]:
        return {"until": self.member.until or clock.today()}

    def save(self, form: forms.TeamEndForm) -> TeamMember:
        return services.end_team_member(member_id=self.member.pk, until=form.cleaned_data["until"])


class Caseloads(Page):
    """How many open files each worker leads, with the way to hand them over."""

    action = perms.HAND_OVER
    template_name = "participants/participations/caseloads.html"
    title = "Przekazanie spraw"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(LIST, reverse("participants:list")), (self.title, "")]

    def lead(self) -> str:
        return "Gdy ktoś odchodzi albo jest długo nieobecny, jego sprawy przejmuje inna osoba."

    def page(self) -> Mapping[str, Any]:
        counted_by = (
            Participation.objects.filter(ended_on__isnull=True, case_manager__isnull=False)
            .order_by("case_manager")
            .values("case_manager")
            .annotate(files=Count("pk"))
        )
        files = {row["case_manager"]: row["files"] for row in counted_by}
        people = User.objects.filter(pk__in=files).order_by("last_name", "first_name", "pk")
        here = {person.pk for person in queries.leaders()}
        return {"rows": [(person, files[person.pk], person.pk in here) for person in people]}


class HandOver(FormPage):
    """The ticked files of one worker go to another; what could not be done is named."""

    action = perms.HAND_OVER
    form_class = forms.HandOverForm
    submit = "Przekaż zaznaczone"
    back_url = reverse_lazy("participants:caseload_list")
    drafts = False

    def object(self, *, lock: bool) -> User:
        files = Participation.objects.filter(case_manager=self.kwargs["pk"], ended_on__isnull=True)
        person = User.objects.filter(pk=self.kwargs["pk"]).first()
        if person is None or not (files.exists() or self._worked_here(person)):
            raise Http404
        self.person = person
        self.files = list(queries.led_by(person.pk))
        record.shows(self.request, [file.person_id for file in self.files])
        return person

    def _worked_here(self, person: User) -> bool:
        """A second press finds the files gone already; whoever never worked here is not found."""
        here = current_scope().organisation_id
        return Membership.objects.filter(user=person, organisation_id=here).exists()

    def get_title(self) -> str:
        return f"Sprawy: {self.person.get_full_name()}"

    def lead(self) -> str:
        return f"Prowadzi {counted(len(self.files), 'sprawę', 'sprawy', 'spraw')}. Odznacz te, które zostają."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [
            (LIST, reverse("participants:list")),
            ("Przekazanie spraw", str(self.back_url)),
            (self.get_title(), ""),
        ]

    def form_kwargs(self) -> Mapping[str, Any]:
        leaders = queries.leaders().filter(~Q(pk=self.person.pk))
        return {"files": self.files, "leaders": leaders}

    def initial(self) -> Mapping[str, Any]:
        return {"files": [str(file.pk) for file in self.files]}

    def version(self) -> str:
        """Files that went elsewhere meanwhile are named afterwards; nothing typed can be overwritten."""
        return ""

    def save(self, form: forms.HandOverForm) -> services.HandedOver:
        found = services.hand_over(
            from_user_id=self.person.pk,
            to_user_id=form.cleaned_data["to"],
            participation_ids=form.cleaned_data["files"],
        )
        for file, why in found.refused:
            toasts.refused(self.request, f"{file.person}, {file.number}: {why}")
        return found

    def success(self, form: Any, result: services.HandedOver) -> str:
        done = len(result.done)
        return f"Przekazano {counted(done, 'sprawę', 'sprawy', 'spraw')}." if done else ""
