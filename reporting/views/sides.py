"""Pages of rows that an office shares with a unit, which the office's side and the unit's side both open."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse

from reintegration.core import clock
from reintegration.core.views import FormPage
from reintegration.documents.serving import serve
from reintegration.tenancy.enums import OrganisationKind
from reporting.forms.sides import WordsOfUnitForm
from reporting.services.proceedings import stored_of


def is_office(request: Any) -> bool:
    return bool(request.principal.place.kind == OrganisationKind.VOIVODE_OFFICE)


class OfTwoSides:
    request: Any

    @property
    def office(self) -> bool:
        return is_office(self.request)


class WordsOfUnit(OfTwoSides, FormPage):
    """What a unit writes to its office; of a unit outside the program the office writes down what came."""

    form_class: type[WordsOfUnitForm]
    # What is written, and the button that the office and the unit press, whole, so that it can be found.
    what: ClassVar[str] = "odpowiedź"
    buttons: ClassVar[tuple[str, str]] = ("Zapisz odpowiedź", "Wyślij odpowiedź")

    @property
    def submit(self) -> str:  # type: ignore[override]
        writes_down, sends = self.buttons
        return writes_down if self.office else sends

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"by_unit": not self.office}

    def initial(self) -> Mapping[str, Any]:
        return {self.form_class.day: clock.today()}

    def save(self, form: Any) -> Any:
        """What a unit sends in the program it says today."""
        return self.keep({self.form_class.day: clock.today(), **form.cleaned_data})

    def keep(self, typed: Mapping[str, Any]) -> Any:
        """Call the service that takes it."""
        raise NotImplementedError

    def success(self, form: Any, result: Any) -> str:
        return f"Zapisano {self.what}." if self.office else f"Wysłano {self.what} do urzędu."


def served(request: Any, file: UUID | None) -> HttpResponse:
    """A file of the row, the side's own or one that the other shares."""
    stored = stored_of(file)
    if stored is None:
        raise Http404
    return serve(request, stored)
