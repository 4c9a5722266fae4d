"""The tab „Zajęcia” of a file: workshops, hours, practice at employers, and skills."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from ipzs.forms import timetable_classes as forms
from ipzs.models import Placement, PracticalSkill
from ipzs.perms import timetable as perms
from ipzs.queries import catalogue as offer
from ipzs.queries import spent
from ipzs.queries import timetable_classes as queries
from ipzs.queries import timetable_hours as hours
from ipzs.queries import timetable_week as weeks
from ipzs.rules.hours import Spent, week_of
from ipzs.services import timetable_results as services
from ipzs.views.timetable import say, standing_of
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.views.participations.base import FileForm, crumbs_of, unit_type
from participants.views.participations.files import OfTab
from reintegration.audit import record
from reintegration.core import clock, slots
from reintegration.core.components import Link
from reintegration.core.dates import Month
from reintegration.core.formats import counted, format_month
from reintegration.core.views import ConfirmPage

TAB = "Zajęcia"
MONTHS = 3


def url_of(case_id: UUID) -> str:
    return reverse("ipzs:classes_show", args=[case_id])


def file_tab(request: Any, file: Participation) -> tuple[str, str] | None:
    return (TAB, url_of(file.pk)) if request.may(perms.CLASSES_SHOW) else None


slots.fill("participants.file_tabs", file_tab, order=40)


class ClassesShow(OfTab):
    action = perms.CLASSES_SHOW
    template_name = "ipzs/timetable/classes.html"
    tab = TAB
    request: Any

    def actions(self) -> Sequence[Link]:
        found = [Link("Plan tygodnia", reverse("ipzs:timetable_person", args=[self.file.pk]))]
        if self.request.may(perms.SKILL_EDIT):
            found.append(Link("Potwierdź umiejętności", reverse("ipzs:skill_add", args=[self.file.pk])))
        if self.request.may(perms.PLACEMENT_EDIT):
            found.append(Link("Dodaj praktykę", reverse("ipzs:placement_add", args=[self.file.pk])))
        return found

    def page(self) -> Mapping[str, Any]:
        month = Month.of(clock.today())
        months = [month.plus(-back) for back in range(MONTHS)]
        standing = None
        if self.request.may(perms.HOURS_SHOW) and self.file.ended_on is None:
            week = week_of(clock.today())
            standing = standing_of(self.request, [self.file], week)[self.file.pk]
        return {
            **super().page(),
            "shown_classes": queries.of_person(self.file),
            "months": [self.balance(one) for one in months],
            "lessons": unit_type(self.request) is UnitType.KIS,
            "standing": standing,
            "may_placement": self.request.may(perms.PLACEMENT_EDIT),
            "may_skill": self.request.may(perms.SKILL_EDIT),
            "today": clock.today(),
        }

    def balance(self, month: Month) -> dict[str, Any]:
        """Classes and counselling of a month in one number; a KIS counts and asks in teaching hours."""
        done, _ = spent.of_month(self.file.pk, month)
        named = {"month": format_month(month)}
        if unit_type(self.request) is not UnitType.KIS:
            alone = Spent(alone=done.alone, talks=done.talks)
            return named | {"group": Spent(done.group).hours, "alone": alone.hours, "total": done.hours}
        found = hours.teaching(self.file, month, done)
        return named | {
            "group": hours.in_words(found.group),
            "alone": hours.in_words(found.individual),
            "total": hours.in_words(found.total),
            "owed": hours.in_words(found.owed) if found.owed else "",
        }


class PlacementForms(FileForm):
    action = perms.PLACEMENT_EDIT
    form_class = forms.PlacementForm

    def back(self) -> None:
        self.back_url = f"{url_of(self.file.pk)}#praktyki"

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TAB, url_of(self.file.pk)), (self.get_title(), ""))

    def lead(self) -> str:
        return f"{self.file.person}. Praktyka w ramach programu, na podstawie porozumienia z pracodawcą."

    def success(self, form: Any, result: Placement) -> str:
        return f"Zapisano praktykę: {result.employer}."


class PlacementAdd(PlacementForms):
    title = "Nowa praktyka u pracodawcy"
    submit = "Dodaj praktykę"

    def object(self, *, lock: bool) -> None:
        super().object(lock=lock)
        self.back()

    def initial(self) -> Mapping[str, Any]:
        return {"weekdays": ["1", "2", "3", "4", "5"]}

    def save(self, form: Any) -> Placement:
        data = services.PlacementData(**form.cleaned_data)
        made = services.save_placement(participation_id=self.file.pk, data=data)
        record.about(self.request, made)
        say(self.request, weeks.conflicts_of_practice(made))
        return made


class PlacementEdit(PlacementForms):
    title = "Praktyka u pracodawcy"

    def object(self, *, lock: bool) -> Placement:  # type: ignore[override]
        rows = Placement.objects.select_related("participation__person")
        found: Placement = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        self.file = found.participation
        record.about(self.request, found)
        record.shows(self.request, [found.person_id])
        self.back()
        return found

    def initial(self) -> Mapping[str, Any]:
        found = {name: getattr(self.found, name) for name in forms.PlacementForm.base_fields}
        found["weekdays"] = [str(day) for day in self.found.weekdays]
        if self.found.begins is not None:
            found["hours"] = None
        return found

    def save(self, form: Any) -> Placement:
        data = services.PlacementData(**form.cleaned_data)
        made = services.save_placement(placement_id=self.found.pk, data=data)
        say(self.request, weeks.conflicts_of_practice(made))
        return made


class SkillAdd(FileForm):
    action = perms.SKILL_EDIT
    title = "Potwierdzenie umiejętności"
    form_class = forms.SkillsForm
    submit = "Potwierdź"
    drafts = False

    def object(self, *, lock: bool) -> None:
        super().object(lock=lock)
        self.back_url = self.certificate_url() or f"{url_of(self.file.pk)}#umiejetnosci"

    def certificate_url(self) -> str:
        """After the end a skill is confirmed for the certificate, which is where it leads back to."""
        if self.file.ended_on is None:
            return ""
        found = (
            provider(self.request, self.file) for provider in slots.providers("participants.certificate_url")
        )
        return next((url for url in found if url), "")

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (TAB, url_of(self.file.pk)), (self.get_title(), ""))

    def lead(self) -> str:
        return f"{self.file.person}. Potwierdzone umiejętności staną na zaświadczeniu. (art. 13 ust. 5a)"

    def form_kwargs(self) -> Mapping[str, Any]:
        groups = offer.workshops(today=clock.today()).order_by("name_order", "pk")
        return {"offered": queries.skills_to_offer(self.file), "workshops": groups}

    def initial(self) -> Mapping[str, Any]:
        return {"acquired_on": self.file.ended_on or clock.today()}

    def save(self, form: Any) -> list[PracticalSkill]:
        said = form.cleaned_data
        return services.confirm_skills(
            participation_id=self.file.pk,
            names=[*said.get("names", []), said["own"]],
            acquired_on=said["acquired_on"],
            workshop_id=said["workshop"].pk if said["workshop"] else None,
        )

    def next_url(self, result: Any) -> str:
        return self.back_url

    def success(self, form: Any, result: list[PracticalSkill]) -> str:
        return f"Potwierdzono: {counted(len(result), 'umiejętność', 'umiejętności', 'umiejętności')}."


class SkillRemove(ConfirmPage):
    action = perms.SKILL_EDIT
    title = "Cofnąć potwierdzenie?"
    verb = "Cofnij potwierdzenie"
    request: Any

    def object(self, *, lock: bool) -> PracticalSkill:
        rows = PracticalSkill.objects.select_related("participation__person", "person")
        found: PracticalSkill = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        record.shows(self.request, [found.person_id])
        self.back_url = f"{url_of(found.participation_id)}#umiejetnosci"
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        case = self.found.participation
        return crumbs_of(case, (TAB, url_of(case.pk)), (self.get_title(), ""))

    def text(self) -> str:
        return f"{self.found.person}: „{self.found.name}” nie stanie na zaświadczeniu."

    def perform(self) -> str:
        services.remove_skill(skill_id=self.found.pk)
        return str(self.back_url)

    def success(self) -> str:
        return f"Cofnięto: {self.found.name}."


urlpatterns = [
    path("uczestnicy/<uuid:pk>/zajecia/", ClassesShow.as_view(), name="classes_show"),
    path("uczestnicy/<uuid:pk>/zajecia/praktyka/", PlacementAdd.as_view(), name="placement_add"),
    path("uczestnicy/<uuid:pk>/zajecia/umiejetnosci/", SkillAdd.as_view(), name="skill_add"),
    path("praktyki/<uuid:pk>/", PlacementEdit.as_view(), name="placement_edit"),
    path("umiejetnosci/<uuid:pk>/cofnij/", SkillRemove.as_view(), name="skill_remove"),
]
