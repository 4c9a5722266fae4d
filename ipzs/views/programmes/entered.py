"""A programme that runs already: what a unit that begins in mid-year has on paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from ipzs.forms.programmes_entered import EnteredForm
from ipzs.models import Programme
from ipzs.perms import programmes as perms
from ipzs.rules.content import Content, Face
from ipzs.services import programmes as services
from ipzs.services.programmes.writing import KINDS
from ipzs.views.programmes.base import paper_of, tell_elsewhere, url_of
from participants.models import Participation
from participants.views.participations.base import FileForm, crumbs_of, unit_type


class Enter(FileForm):
    action = perms.SIGN
    form_class = EnteredForm
    submit = "Wpisz"

    def object(self, *, lock: bool) -> Participation:
        found = super().object(lock=lock)
        self.back_url = url_of(found.pk)
        return found

    def get_title(self) -> str:
        return f"{paper_of(self.request)} podpisany wcześniej"

    def lead(self) -> str:
        return f"{self.file.person}. Przepisz z papieru, co obowiązuje. Cele i usługi dopisze aneks."

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, (paper_of(self.request), str(self.back_url)), (self.get_title(), ""))

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"unit_type": unit_type(self.request)}

    def save(self, form: EnteredForm) -> Programme:
        typed = dict(form.cleaned_data)
        kind = typed.pop("kind", "") or KINDS[unit_type(self.request)][0].value
        content = Content(Face(kind), since=typed.pop("since"), until=typed.pop("until"))
        return services.enter_running(participation_id=self.file.pk, content=content, **typed)

    def saved(self, form: Any, result: Programme) -> HttpResponse:
        answer = super().saved(form, result)
        if result.since is not None:
            tell_elsewhere(self.request, result.person_id, result.since, result.until)
        return answer

    def success(self, form: Any, result: Programme) -> str:
        return f"Wpisano {result.number}."
