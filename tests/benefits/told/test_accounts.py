"""What an OPS and a labour office read from their own account: what the unit opened, and to nobody else."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from benefits.models import FundApplication
from participants.models import BodyAccess
from participants.services.portal import access as services
from reintegration.accounts.models import User
from reintegration.audit.models import Event
from reintegration.core.errors import InputError
from reintegration.tenancy.models import Membership, Organisation, ReferringBody
from reintegration.tenancy.scope import OPERATOR_ID, scope
from tests.benefits.fund import made as fund
from tests.benefits.lists.made import OCTOBER
from tests.benefits.lists.test_papers import cells_of
from tests.benefits.told.test_links import applied, names, of_ops, ops_name, paid, text_of  # noqa: F401
from tests.cast import SINCE, World, sign_in
from tests.participants.portal.made import signed_in
from tests.participants.portal.test_links import inside, issued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
LIST = reverse("participants:opened_list")
OPS_ACCESS = reverse("benefits:health_ops_access")


def body(world: World, name: str, kind: str, *, town: str = "Modrzewno") -> tuple[Organisation, User]:
    """One more body with an account, and who works there."""
    with scope(organisation_id=OPERATOR_ID, source="test"):
        found = Organisation.objects.create(
            kind="referring_body", name=name, short_name=name[:60], voivodeship="06", town=town,
            opened_on=SINCE,
        )  # fmt: skip
        ReferringBody.objects.create(organisation=found, body_type=kind)
        user = User.objects.create_user(
            email=f"{found.pk.hex}@urzad.example", password=None, first_name="Ula", last_name="Brzoza"
        )
        Membership.objects.create(user=user, organisation=found, role="worker", since=SINCE)
    return found, user


def opened(world: World, *, to: str = "ops", purpose: str = "month", name: str = "") -> BodyAccess:
    organisation = world.organisations[to]
    with world.scope("cis", "ewa"):
        return services.open_access(
            purpose=purpose, body_id=organisation.pk, body_name=name or organisation.name
        )


def page_of(access: BodyAccess) -> str:
    return reverse("participants:opened", args=[access.pk])


def take(access: BodyAccess, name: object) -> str:
    return reverse("participants:opened_take", args=[access.pk, str(name)])


def looks(world: World) -> list[tuple[str, int, str]]:
    """What the unit's journal says of looks from an account."""
    with world.scope("cis", "ewa"):
        rows = Event.objects.filter(
            action="participants.body_access.read", organisation_id=world.cis.pk
        ).order_by("pk")
        return [(one.outcome, len(one.persons), one.source) for one in rows]


def test_a_manager_opens_the_month_and_the_ops_reads_its_own_people(paid: World) -> None:  # noqa: F811
    manager = signed_in(paid, "ewa")
    page = text_of(manager.get(OPS_ACCESS))
    assert ops_name(paid) in page
    body_id = str(paid.organisations["ops"].pk)
    assert manager.post(OPS_ACCESS, {"body": body_id}).status_code == 302
    with paid.scope("cis", "ewa"):
        access = BodyAccess.objects.get()
    # What is open is not offered again, and the list of the unit has it.
    assert "Nie ma ośrodka z kontem" in text_of(manager.get(OPS_ACCESS))
    assert ops_name(paid) in text_of(manager.get(reverse("participants:access_list")))

    client = signed_in(paid, "zofia")
    assert paid.cis.name in text_of(client.get(LIST))
    own, *others = names(paid)
    page = text_of(client.get(page_of(access)))
    assert own in page
    assert not any(name in page for name in others)
    assert '<td class="num full" data-l="Nieobecności usprawiedliwione">1</td>' in page
    assert "chorob" not in page
    assert "Październik 2026" in page
    _, *rows = cells_of(client.get(take(access, OCTOBER)).getvalue())
    assert [row[0] for row in rows] == [own]
    source = f"access:{access.pk}"
    assert looks(paid) == [("seen", 1, source), ("taken", 1, source)]


def test_the_account_reads_what_the_link_reads_and_nothing_more(paid: World) -> None:  # noqa: F811
    address, code = issued(paid, **of_ops(paid))
    by_link = inside(address, code).get(address).content.decode()
    by_account = signed_in(paid, "zofia").get(page_of(opened(paid))).content.decode()

    def told(page: str) -> str:
        table = page[page.index("<table") : page.index("</table>")]
        return " ".join(table.split())

    assert told(by_account) == told(by_link)


def test_a_closed_access_is_closed_at_once(paid: World) -> None:  # noqa: F811
    access = opened(paid)
    client = signed_in(paid, "zofia")
    assert client.get(page_of(access)).status_code == 200
    manager = signed_in(paid, "ewa")
    url = reverse("participants:access_close", args=[access.pk])
    assert ops_name(paid) in text_of(manager.get(url))
    assert manager.post(url).status_code == 302
    assert client.get(page_of(access)).status_code == 404
    assert client.get(take(access, OCTOBER)).status_code == 404
    assert paid.cis.name not in text_of(client.get(LIST))
    assert len(looks(paid)) == 1
    assert "zamknięty" in text_of(manager.get(reverse("participants:access_list")))
    # It may be opened again, as another row.
    assert opened(paid).pk != access.pk


def test_the_office_reads_its_agreement_and_takes_the_application(
    paid: World,  # noqa: F811
    applied: FundApplication,  # noqa: F811
) -> None:
    office, worker = body(paid, fund.OFFICE, "PUP")
    manager = signed_in(paid, "ewa")
    url = reverse("benefits:fund_access", args=[applied.agreement_id])
    page = manager.get(url).content.decode()
    # The account that is called as the agreement calls the office is chosen.
    assert re.search(rf'value="{office.pk}"[^>]*(checked|selected)', page)
    assert manager.post(url, {"body": str(office.pk)}).status_code == 302
    with paid.scope("cis", "ewa"):
        access = BodyAccess.objects.get()
    client = Client()
    sign_in(client, worker, office.pk)
    page = text_of(client.get(page_of(access)))
    assert f"{applied.number} (PDF)" in page
    assert "zajęte z 3 miejsc" in page
    assert "Wiesława Kalina" not in page
    paper = client.get(take(access, applied.pk))
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(paper.getvalue())).pages)
    assert "Razem do zwrotu" in text
    assert client.get(take(access, access.pk)).status_code == 404
    # An office of the same name has another account, and nothing was opened to it.
    twin, stranger = body(paid, fund.OFFICE, "PUP", town="Jodłów")
    other = Client()
    sign_in(other, stranger, twin.pk)
    assert paid.cis.name not in text_of(other.get(LIST))
    assert other.get(page_of(access)).status_code == 404
    assert other.get(take(access, applied.pk)).status_code == 404


def test_another_office_opened_by_its_own_agreement_reads_nothing_of_this_one(
    paid: World,  # noqa: F811
    applied: FundApplication,  # noqa: F811
) -> None:
    office, worker = body(paid, "PUP w Sosnowie", "PUP", town="Sosnowo")
    with paid.scope("cis", "ewa"):
        access = services.open_access(purpose="fund", body_id=office.pk, body_name="PUP w Sosnowie")
    client = Client()
    sign_in(client, worker, office.pk)
    page = text_of(client.get(page_of(access)))
    assert applied.number not in page
    assert not any(name in page for name in names(paid))
    assert client.get(take(access, applied.pk)).status_code == 404


def test_an_ops_of_the_same_name_reads_nobody_even_when_it_is_let_in(paid: World) -> None:  # noqa: F811
    """The account that referred is what counts, not what a body is called."""
    twin, worker = body(paid, ops_name(paid), "OPS", town="Jodłów")
    with paid.scope("cis", "ewa"):
        access = services.open_access(purpose="month", body_id=twin.pk, body_name=twin.name)
    client = Client()
    sign_in(client, worker, twin.pk)
    page = text_of(client.get(page_of(access)))
    assert not any(name in page for name in names(paid))
    assert "nikt z tego ośrodka" in page


def test_access_is_opened_to_a_body_that_it_is_for(paid: World) -> None:  # noqa: F811
    office, _ = body(paid, "PUP w Sosnowie", "PUP")
    wrong = (
        ("month", office.pk),
        ("fund", paid.organisations["ops"].pk),
        ("month", paid.kis.pk),
        ("month", paid.organisations["office"].pk),
    )
    with paid.scope("cis", "ewa"):
        for purpose, key in wrong:
            with pytest.raises(InputError, match="z listy"):
                services.open_access(purpose=purpose, body_id=key, body_name="x")
    opened(paid)
    with pytest.raises(InputError, match="ma już"):
        opened(paid)


@pytest.mark.parametrize("person", ["anna", "celina", "tomasz", "zofia"])
def test_who_does_not_manage_opens_nothing(world: World, person: str) -> None:
    assert signed_in(world, person).get(OPS_ACCESS).status_code == 403


def test_a_month_that_is_not_over_is_not_told(paid: World) -> None:  # noqa: F811
    page = text_of(signed_in(paid, "zofia").get(f"{page_of(opened(paid))}?miesiac={OCTOBER.next}"))
    assert "Październik 2026" in page
