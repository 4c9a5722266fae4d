"""The bases of screens: a page, an object, a form, a confirmation, an action on many objects.

A view names its action, fetches, binds, calls one service and answers; what every screen needs besides
stands here once.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac
from django.views import View
from django_htmx.http import HttpResponseClientRedirect

from reintegration.core import slots, toasts
from reintegration.core.components import Link
from reintegration.core.errors import InputError, sentence_of
from reintegration.core.forms import Form
from reintegration.core.memory import Draft, memory
from reintegration.core.theme import theme_of

MOST_AT_ONCE = 500


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part; a step back in the browser's history wants the whole page."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Send the person on, also from a form that htmx sent."""
    return HttpResponseClientRedirect(url) if wants_fragment(request) else HttpResponseRedirect(url)


def not_allowed(request: HttpRequest, methods: Iterable[str]) -> HttpResponse:
    context = {"theme": theme_of(request), "number": ""}
    return HttpResponse(
        render_to_string("errors/405.html", context), status=405, headers={"Allow": ", ".join(methods)}
    )


class Page(View):
    """A page that only shows. `page()` gives what its template needs."""

    action: Any
    template_name = ""
    fragment_name = ""
    title = ""
    http_method_names = ["get", "head", "options"]

    def get_title(self) -> str:
        return self.title

    def lead(self) -> str:
        """One sentence that sums the page up, with its numbers."""
        return ""

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return []

    def actions(self) -> Sequence[Link]:
        """The buttons of the head; the current one is the primary."""
        return []

    def page(self) -> Mapping[str, Any]:
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.answer()

    def answer(self, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "title": self.get_title(),
            "lead": self.lead(),
            "crumbs": self.crumbs(),
            "actions": self.actions(),
            **self.page(),
            **more,
        }
        if "back_url" in context:
            # Whoever does not want to save goes to the page above, unless the form says another.
            above = [url for _, url in context["crumbs"] if url]
            context["back_url"] = (
                context["back_url"] or getattr(self, "back_url", "") or next(reversed(above), "")
            )
        part = self.fragment_name and wants_fragment(self.request)
        response = render(
            self.request, self.fragment_name if part else self.template_name, context, status=status
        )
        patch_vary_headers(response, ["HX-Request"])
        return response

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allowed = [name.upper() for name in self.http_method_names if hasattr(self, name)]
        return not_allowed(request, allowed)


class DetailPage(Page):
    """An object: facts of its own, and the panels that other rooms add."""

    template_name = "pages/detail.html"
    slot = ""

    def object(self) -> Any:
        raise NotImplementedError

    def facts(self) -> Iterable[tuple[str, Any]]:
        return []

    def page(self) -> Mapping[str, Any]:
        panels = slots.items(self.slot, self.request, self.found) if self.slot else []
        return {"object": self.found, "facts": list(self.facts()), "panels": panels}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.found = self.object()
        return self.answer()


class Once(Page):
    """A page that posts: sent twice, it works once, and the second answer is the first one's."""

    http_method_names = ["get", "head", "options", "post"]

    def token(self) -> str:
        sent = self.request.POST.get("submission", "")
        return sent if sent.isalnum() and len(sent) <= 64 else ""

    @staticmethod
    def new_token() -> str:
        return secrets.token_hex(16)

    def done_before(self) -> HttpResponse | None:
        token = self.token()
        location = memory().result(self.request, token) if token else ""
        return go_to(self.request, location) if location else None

    def claim(self) -> HttpResponse | None:
        token = self.token()
        if not token or memory().claim(self.request, token):
            return None
        return self.done_before() or go_to(self.request, self.request.path)

    def finish(self, location: str) -> HttpResponse:
        if self.token():
            memory().settle(self.request, self.token(), location)
        return go_to(self.request, location)


class FormPage(Once):
    """A form: shown, kept as a draft, checked, saved by one service, and never saved twice.

    `object(lock=True)` must lock the row: the version is compared after the lock, so that of two people
    who save at once the second sees both entries and chooses.
    """

    template_name = "pages/form.html"
    form_class: type[Form]
    submit = "Zapisz"
    back_url = ""
    drafts = True

    def object(self, *, lock: bool) -> Any:
        """The row that is changed; nothing when the form makes a new one."""
        return None

    def initial(self) -> Mapping[str, Any]:
        """The values of the fields before anybody typed."""
        return {}

    def form_kwargs(self) -> Mapping[str, Any]:
        return {}

    def save(self, form: Any) -> Any:
        """Call one service. Returns the object, an address, or a whole answer."""
        raise NotImplementedError

    def success(self, form: Any, result: Any) -> str:
        return "Zapisano."

    def next_url(self, result: Any) -> str:
        return self.back_url

    def changed_by(self) -> str:
        """Who changed the row in the meantime: `Tomasz Klon, dziś, 10:42`."""
        return ""

    def version(self) -> str:
        """The state of what the form edits, without its values: two equal states have equal versions."""
        if self.found is None:
            return ""
        bare = self.make_form()
        shown = [f"{bound.name}={bound.value()!r}" for bound in bare]
        return salted_hmac("form-version", "\n".join(shown)).hexdigest()[:32]

    def make_form(self, data: Any = None, files: Any = None, **kwargs: Any) -> Form:
        kwargs.setdefault("initial", dict(self.initial()))
        return self.form_class(data, files, **self.form_kwargs(), **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.found = self.object(lock=False)
        draft = memory().draft(request) if self.drafts else None
        form = self.make_form()
        version = self.version()
        if draft is not None:
            form = self.make_form(initial={**self.initial(), **typed_in(form, draft.data)})
            version = draft.data.get("version", version)
        return self.show(form, version=version, draft=draft)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.found = self.object(lock=True)
        before = self.done_before()
        if before is not None:
            return before
        form = self.make_form(request.POST, request.FILES)
        sent, version = request.POST.get("version", ""), self.version()
        if sent and version and sent != version:
            return self.conflict(form, version)
        if not form.is_valid():
            return self.show(form, version=version, status=422)
        before = self.claim()
        if before is not None:
            return before
        try:
            with transaction.atomic():
                result = self.save(form)
        except InputError as error:
            form.refuse(error)
        except ValidationError as error:
            take_errors(form, error)
        except IntegrityError as error:
            form.add_error(None, sentence_of(error))
        else:
            return self.saved(form, result)
        memory().settle(request, self.token(), "")
        return self.show(form, version=version, status=422)

    def saved(self, form: Form, result: Any) -> HttpResponse:
        if self.drafts:
            memory().drop_draft(self.request)
        if isinstance(result, HttpResponse):
            return result
        location = result if isinstance(result, str) else self.next_url(result)
        text = self.success(form, result)
        if text:
            toasts.saved(self.request, text)
        return self.finish(location)

    def show(
        self, form: Form, *, version: str, draft: Draft | None = None, status: int = 200
    ) -> HttpResponse:
        return self.answer(
            status=status,
            form=form,
            version=version,
            draft=draft,
            drafts=self.drafts,
            submission=self.new_token(),
            submit=self.submit,
            back_url=self.back_url,
        )

    def conflict(self, form: Form, version: str) -> HttpResponse:
        """Both entries side by side; nothing is saved until the person chooses."""
        theirs = self.make_form()
        rows = [
            (bound.label, shown(theirs[bound.name]), shown(bound))
            for bound in form.visible_fields()
            if shown(theirs[bound.name]) != shown(bound)
        ]
        left_out = {"csrfmiddlewaretoken", "submission", "version"}
        left_out |= {bound.html_name for bound in form if is_secret(bound)}
        kept = [
            (name, value)
            for name, values in self.request.POST.lists()
            for value in values
            if name not in left_out
        ]
        self.template_name = "pages/conflict.html"
        return self.answer(
            status=409,
            rows=rows,
            kept=kept,
            version=version,
            submission=self.new_token(),
            changed_by=self.changed_by(),
            drafts=self.drafts,
        )


class ConfirmPage(Once):
    """A question before money or a person's standing changes; the button repeats the verb."""

    template_name = "pages/confirm.html"
    fragment_name = "pages/confirm_box.html"
    verb = ""
    danger = False
    back_url = ""

    def object(self, *, lock: bool) -> Any:
        return None

    def text(self) -> str:
        """What will change, with the amounts before and after."""
        return ""

    def perform(self) -> str:
        """Call one service and return where to go."""
        raise NotImplementedError

    def success(self) -> str:
        return ""

    def page(self) -> Mapping[str, Any]:
        return {
            "text": self.text(),
            "verb": self.verb,
            "danger": self.danger,
            "back_url": self.back_url,
            "here": self.request.get_full_path(),
            "submission": self.new_token(),
            "refused": "",
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.found = self.object(lock=False)
        return self.answer()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.found = self.object(lock=True)
        before = self.done_before() or self.claim()
        if before is not None:
            return before
        try:
            with transaction.atomic():
                location = self.perform()
        except (InputError, ValidationError) as error:
            return self.refuse(" ".join(getattr(error, "messages", None) or [str(error)]))
        except IntegrityError as error:
            return self.refuse(sentence_of(error))
        text = self.success()
        if text:
            toasts.saved(request, text)
        return self.finish(location)

    def refuse(self, text: str) -> HttpResponseBase:
        memory().settle(self.request, self.token(), "")
        return self.answer(status=422, refused=text)


class BulkPage(Once):
    """One action on the rows ticked in a list. What could not be done is named, each with its reason.

    It only takes a POST, so its action is named by method: `action = {"POST": perms.X}`.
    """

    http_method_names = ["post", "options"]
    back_url = ""

    def objects(self, ids: Sequence[UUID]) -> Iterable[Any]:
        """The rows of those ids that are this person's to change, locked."""
        raise NotImplementedError

    def perform_one(self, obj: Any) -> None:
        """Call one service; an InputError says why this row was left out."""
        raise NotImplementedError

    def success(self, done: int) -> str:
        return f"Zrobione: {done}."

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        before = self.done_before() or self.claim()
        if before is not None:
            return before
        done, refused = 0, []
        for obj in self.objects(read_ids(request.POST.getlist("ids"))):
            try:
                with transaction.atomic():
                    self.perform_one(obj)
                done += 1
            except InputError as error:
                refused.append(f"{obj}: {error.message}")
        if done:
            toasts.saved(request, self.success(done))
        for sentence in refused:
            toasts.refused(request, sentence)
        if not done and not refused:
            toasts.refused(request, "Zaznacz przynajmniej jeden wiersz.")
        return self.finish(self.back_url)


def read_ids(values: Iterable[str]) -> list[UUID]:
    """The ids among what was sent; anything else is left out, as a foreign id would be."""
    found = []
    for value in list(values)[:MOST_AT_ONCE]:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def is_secret(bound: forms.BoundField) -> bool:
    """A field whose value is never written back into a page."""
    return isinstance(bound.field.widget, forms.PasswordInput)


def typed_in(form: Form, data: Any) -> dict[str, Any]:
    """What a draft holds for each field, as the field's control would read it."""
    found = {}
    for bound in form:
        widget = bound.field.widget
        left_out = widget.value_omitted_from_data(data, {}, bound.html_name)
        if widget.needs_multipart_form or is_secret(bound) or left_out:
            continue
        found[bound.name] = widget.value_from_datadict(data, {}, bound.html_name)
    return found


def take_errors(form: Form, error: ValidationError) -> None:
    """Show the errors of a model at the fields of a form, or on top when the form has no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, messages in error.error_dict.items():
        known = name in form.fields and name != NON_FIELD_ERRORS
        form.add_error(name if known else None, messages)


def shown(bound: forms.BoundField) -> str:
    """A field's value in words, for comparing two entries."""
    value = bound.value()
    if is_secret(bound) or value is None or value == "":
        return "–"
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return "tak" if value else "nie"
    if isinstance(bound.field, forms.ChoiceField):
        values = {str(one) for one in value} if isinstance(value, list | tuple) else {_key(value)}
        offered = cast(Iterable[tuple[Any, Any]], bound.field.choices)
        words = [str(label) for key, label in offered if str(key) in values]
        return ", ".join(words) or "–"
    return str(value)


def _key(value: Any) -> str:
    return str(value.pk if isinstance(value, models.Model) else value)
