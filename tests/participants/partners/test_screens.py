"""From a barrier to help that came, by the screens: asking, the tab, the desk, the lists, the paper."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from participants.models import Partner, PartnerRequest
from participants.services import partners as services
from participants.services.participations import assign_case_manager
from participants.services.people import add_part
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from reintegration.documents.files import read_file
from tests.cast import World, sign_in
from tests.participants.consents.made import confirmed
from tests.participants.partners.made import ASKED, GMINA, asked, case, partner

pytestmark = pytest.mark.django_db


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_a_barrier_is_one_press_from_a_request(world: World):
    today, jan = clock.today(), client_of(world, "jan")
    with world.scope("cis", "jan"):
        file, gmina = case(world), partner()
        partner("Parafia w Modrzewnie", helps_with=["clothes"])
        barrier = add_part(
            person_id=file.person_id,
            kind="barrier",
            values={"kind": "distance", "text": "Autobus dwa razy dziennie.", "since": today},
        )
    ask = f"{reverse('participants:partner_ask', args=[file.pk])}?bariera={barrier.pk}"
    tab = reverse("participants:network", args=[file.pk])
    assert ask in text(jan, reverse("participants:person", args=[file.person_id]))
    assert ask in text(jan, tab)
    form = jan.get(ask).context["form"]
    # All of it stands there: what to press is the button.
    assert form.initial["partner"] == gmina
    assert (form.initial["help_kind"], form.initial["asked_how"]) == ("transport", "mail")
    assert form.initial["text"] == "Autobus dwa razy dziennie."
    assert "named" not in form.fields
    sent = {
        "partner": gmina.pk,
        "help_kind": "transport",
        "text": form.initial["text"],
        "wanted_by": format_table_date(today + timedelta(days=14)),
        "asked_how": "mail",
    }
    assert jan.post(ask, {**sent, "text": "Bilet dla Dąbka"}).status_code == 422
    assert jan.post(ask, sent).status_code == 302
    assert jan.post(ask, sent).status_code == 422
    with world.scope("cis", "jan"):
        row = PartnerRequest.objects.get()
        assert (row.barrier_id, row.partner_id, row.consent_id) == (barrier.pk, gmina.pk, None)
    shown = text(jan, tab)
    assert "czeka na odpowiedź" in shown
    assert "bez nazwiska" in shown
    assert ask not in shown


def test_somebody_new_needs_only_a_name(world: World):
    jan = client_of(world, "jan")
    with world.scope("cis", "jan"):
        file = case(world)
    ask = reverse("participants:partner_ask", args=[file.pk])
    assert "partner" not in jan.get(ask).context["form"].fields
    sent = {
        "new_partner": "Żłobek Promyk",
        "help_kind": "care",
        "text": "Miejsce dla dziecka rano.",
        "wanted_by": format_table_date(clock.today()),
        "asked_how": "phone",
    }
    assert jan.post(ask, {**sent, "new_partner": ""}).status_code == 422
    assert jan.post(ask, sent).status_code == 302
    with world.scope("cis", "jan"):
        made = Partner.objects.get()
        assert (made.name, made.helps_with) == ("Żłobek Promyk", ["care"])
    # Who is typed goes before the list, where somebody may be chosen already.
    assert jan.post(ask, {**sent, "partner": made.pk}).status_code == 422
    assert jan.post(ask, {**sent, "partner": made.pk, "new_partner": "Babcia Zosia"}).status_code == 302
    with world.scope("cis", "jan"):
        assert {row.partner.name for row in PartnerRequest.objects.order_by("pk")} == {
            "Żłobek Promyk",
            "Babcia Zosia",
        }


def test_the_desk_asks_until_help_came(world: World):
    today, jan = clock.today(), client_of(world, "jan")
    with world.scope("cis", "jan"):
        file = case(world)
        row = asked(file, wanted_by=today + timedelta(days=8))
    line = "Prośba bez odpowiedzi: Marek Dąbek"
    assert line not in text(jan, "/")
    answer = reverse("participants:partner_answer", args=[row.pk])
    day = format_table_date(today)
    sent = {"step": "promise", "on": day, "reason": ""}
    assert jan.post(answer, {**sent, "step": "decline"}).status_code == 422
    assert jan.post(answer, sent).status_code == 302
    assert "Obiecana pomoc: Marek Dąbek" in text(jan, "/")
    # Who does not lead the person is not asked.
    assert "Obiecana pomoc" not in text(client_of(world, "anna"), "/")
    assert f"{jan.get(answer).context['form'].initial['step']}" == "deliver"
    assert jan.post(answer, {"step": "deliver", "on": day, "reason": ""}).status_code == 302
    assert "Obiecana pomoc" not in text(jan, "/")
    tab = text(jan, reverse("participants:network", args=[file.pk]))
    assert "Pomoc przyszła" in tab
    assert "obiecał 1 z 1, pomógł 1" in tab
    assert jan.get(answer).status_code == 404
    correct = reverse("participants:partner_correct", args=[row.pk])
    assert jan.post(correct, {"reason": ""}).status_code == 422
    assert jan.post(correct, {"reason": "Pomylone osoby."}).status_code == 302
    assert "Obiecana pomoc: Marek Dąbek" in text(jan, "/")


def test_what_nobody_answered_and_what_comes_within_a_week(world: World):
    today, jan = clock.today(), client_of(world, "jan")
    with world.scope("cis", "jan"):
        late = asked(case(world), wanted_by=today)
        soon = asked(case(world, "Iga Sowa"), Partner.objects.get(), wanted_by=today + timedelta(days=6))
        PartnerRequest.objects.filter(pk=late.pk).update(wanted_by=today - timedelta(days=2))
        other = asked(case(world, "Jan Kos"), Partner.objects.get(), wanted_by=today)
        services.record_answer(request_id=other.pk, step="decline", reason="Nie mają wozu.")
    desk = text(jan, "/")
    assert "Prośba bez odpowiedzi: Marek Dąbek" in desk
    assert "Prośba bez odpowiedzi: Iga Sowa" in desk
    assert "bez odpowiedzi: Jan Kos" not in desk
    listed = text(jan, f"{reverse('participants:partner_request_list')}?stan=w-toku")
    assert "Marek Dąbek" in listed
    assert "Iga Sowa" in listed
    assert "Jan Kos" not in listed
    assert soon.state == "asked"


def test_a_letter_names_the_person_only_with_a_consent(world: World):
    with world.scope("cis", "jan"):
        file, gmina = case(world), partner()
        plain = asked(file, gmina, asked_how="letter")
        confirmed(world, file, recipient=GMINA)
        named = asked(file, gmina, asked_how="letter", named=True)
        papers = [
            " ".join(page.extract_text() for page in PdfReader(BytesIO(read_file(row.letter.file))).pages)
            for row in (plain, named)
        ]
    assert "Marek Dąbek" not in papers[0]
    assert ASKED[:20] in papers[0]
    assert "Marek Dąbek" in papers[1]
    jan = client_of(world, "jan")
    tab = reverse("participants:network", args=[file.pk])
    assert reverse("documents:document", args=[named.letter_id]) in text(jan, tab)
    assert "named" in jan.get(reverse("participants:partner_ask", args=[file.pk])).context["form"].fields


def test_help_is_read_by_who_works_on_the_case(world: World):
    with world.scope("cis", "ewa"):
        file = case(world)
        row = asked(file)
    tab = reverse("participants:network", args=[file.pk])
    answer = reverse("participants:partner_answer", args=[row.pk])
    for person, status in (("jan", 200), ("ewa", 200), ("anna", 200), ("olga", 403)):
        client = client_of(world, person)
        assert (client.get(tab).status_code, client.get(answer).status_code) == (status, status)
    with world.scope("cis", "ewa"):
        assign_case_manager(participation_id=file.pk, user_id=world.people["anna"].pk)
    jan = client_of(world, "jan")
    assert (jan.get(tab).status_code, jan.get(answer).status_code) == (404, 404)
    assert "Marek" not in text(jan, reverse("participants:partner_request_list"))
    assert tab not in text(jan, reverse("participants:file", args=[file.pk]))


def test_the_directory_counts_what_was_promised_and_came(world: World):
    jan = client_of(world, "jan")
    address = reverse("participants:partner_list")
    assert "Nie ma jeszcze partnerów" in text(jan, address)
    sent = {"name": GMINA, "kind": "gmina", "helps_with": ["transport", "care"], "phone": "48 111 22 33"}
    assert jan.post(reverse("participants:partner_add"), sent).status_code == 302
    assert jan.post(reverse("participants:partner_add"), sent).status_code == 422
    with world.scope("cis", "jan"):
        gmina = Partner.objects.get()
        row = asked(case(world), gmina)
        services.record_answer(request_id=row.pk, step="deliver", on=clock.today())
    assert GMINA in text(jan, f"{address}?nazwa=modrz")
    assert GMINA not in text(jan, f"{address}?pomoc=clothes")
    archive = reverse("participants:partner_archive", args=[gmina.pk])
    assert jan.post(archive).status_code == 302
    assert GMINA not in text(jan, address)
    assert "w archiwum" in text(jan, f"{address}?archiwum=on")
    assert jan.post(archive).status_code == 302
    assert GMINA in text(jan, address)
    assert "Prośby w toku" in text(jan, reverse("participants:list"))
