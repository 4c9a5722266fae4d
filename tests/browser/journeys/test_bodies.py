"""What an OPS and a labour office take each month: from an account, or by a link and a code by phone."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from benefits.models import FundApplication
from participants.models import Participation
from reintegration.accounts.models import User
from reintegration.core import slots
from reintegration.core.formats import format_month
from reintegration.jobs.worker import drain
from reintegration.tenancy.models import Membership, Organisation, ReferringBody
from reintegration.tenancy.scope import OPERATOR_ID, scope
from tests.benefits.fund import made as fund
from tests.benefits.supported import made as supported
from tests.browser.journeys.conftest import Begin
from tests.browser.journeys.test_labour_office import Unit
from tests.browser.journeys.walk import Desk, Variant, variants
from tests.cast import PASSWORD, PEOPLE, SINCE, World
from tests.ipzs.attendance.made import NAMES
from tests.ipzs.months.made import marked
from tests.participants.participations.made import ended
from tests.participants.referrals import made as referrals

OWN, *OTHERS = NAMES[:3]
ADDRESS = "biuro@modrzewno.example"


def months_are_paid(cast: World) -> tuple[Unit, FundApplication]:
    """One person of three came from the OPS; the labour office has the application of the last month."""
    with cast.scope("cis", "ewa"):
        supported.sent(ended("Adam Modrzew", on=supported.ENDED), pup_name=fund.OFFICE)
    unit = Unit(cast)
    referral = referrals.sent(cast, OWN, 1)
    with cast.scope("cis", "ewa"):
        Participation.objects.filter(pk=unit.files[0].pk).update(referral=referral.pk)
        marked(unit.files, unit.month)
    row = unit.pays(unit.month)
    with cast.scope("cis", "celina"):
        fund.signed(places=5)
        return unit, fund.sent(row)


def labour_office(cast: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office of the agreement has an account, and Lidia works there."""
    with scope(organisation_id=OPERATOR_ID, source="test"):
        found = Organisation.objects.create(
            kind="referring_body", name=fund.OFFICE, short_name="PUP Brzozowa", voivodeship="06",
            town="Brzozowa", opened_on=SINCE,
        )  # fmt: skip
        ReferringBody.objects.create(organisation=found, body_type="PUP")
        person = User.objects.create_user(
            "lidia@pup.example", PASSWORD, first_name="Lidia", last_name="Jałowiec"
        )
        Membership.objects.create(user=person, organisation=found, role="worker", since=SINCE)
    cast.organisations["pup"], cast.people["lidia"] = found, person
    monkeypatch.setitem(PEOPLE, "lidia", ("Lidia", "Jałowiec", "pup", "worker"))


def issues(manager: Desk) -> str:
    """The code as it is told by phone."""
    manager.writes_in(manager.page.get_by_label("Adres e-mail"), ADDRESS)
    manager.presses("Wydaj odnośnik")
    manager.sees("Kod widać tylko teraz.")
    return str(manager.page.locator(".code").inner_text())


def comes_in(visitor: Desk, code: str) -> None:
    """From the mail, which has the link and not the code."""
    drain()
    *_, message = (one for one in mail.outbox if one.to == [ADDRESS])
    (found,) = re.findall(r"\S+(/dostep/\S+)", str(message.body))
    visitor.opens(found)
    visitor.writes("Kod", code)
    visitor.presses("Dalej")


@variants("desktop-plain")
def test_what_bodies_take_each_month(
    begin: Begin, cast: World, variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What other rooms ask before the trial is theirs to test.
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    unit, application = months_are_paid(cast)
    labour_office(cast, monkeypatch)
    walk = begin("ops-i-urzad")
    manager, visitor = walk.sits("ewa"), walk.sits(None)
    with walk.step("Kierownik: dostęp z konta"):
        manager.goes("Ubezpieczenie zdrowotne")
        manager.follows("Lista dla OPS")
        manager.follows("Dostęp OPS z konta")
        expect(manager.page.get_by_label(cast.organisations["ops"].name)).to_be_checked()
        manager.presses("Otwórz dostęp")
    with walk.step("Pracownik z kontem: co miesiąc"):
        worker = walk.sits("zofia")
        worker.goes("Co miesiąc")
        worker.follows(cast.cis.name)
        worker.sees("Lista miesiąca dla OPS", OWN, format_month(unit.month).capitalize())
        assert not any(name in worker.main.inner_text() for name in OTHERS)
        worker.picture("ops-z-konta")
        assert worker.fetches("Pobierz listę (XLSX)").startswith(b"PK")
    with walk.step("Kierownik: odnośnik dla OPS"):
        manager.goes("Ubezpieczenie zdrowotne")
        manager.follows("Lista dla OPS")
        manager.follows("Odnośnik dla OPS")
        # There is one, so it is chosen.
        expect(manager.page.get_by_label(cast.organisations["ops"].name)).to_be_checked()
        manager.picture("ops-odnosnik")
        code = issues(manager)
    with walk.step("Pracownik ośrodka: lista miesiąca"):
        comes_in(visitor, code)
        visitor.sees("Lista miesiąca dla OPS", OWN, format_month(unit.month).capitalize())
        assert not any(name in visitor.main.inner_text() for name in OTHERS)
        visitor.picture("ops-miesiac")
        assert visitor.fetches("Pobierz listę (XLSX)").startswith(b"PK")
        visitor.presses("Zakończ i zamknij dostęp w tej przeglądarce")
    with walk.step("Kierownik: odnośnik dla urzędu pracy"):
        manager.goes("Fundusz Pracy")
        manager.follows(application.agreement.number)
        manager.follows("Odnośnik dla urzędu pracy")
        code = issues(manager)
    with walk.step("Pracownik urzędu: wnioski i osoby"):
        comes_in(visitor, code)
        visitor.sees(OWN, *OTHERS, "Adam Modrzew")
        visitor.picture("pup-wnioski")
        visitor.reads_paper(f"{application.number} (PDF)", "Razem do zwrotu")
    with walk.step("Kierownik: dostęp urzędu z konta"):
        manager.goes("Fundusz Pracy")
        manager.follows(application.agreement.number)
        manager.follows("Dostęp urzędu pracy z konta")
        # It is called as the agreement calls it, so it is chosen.
        expect(manager.page.get_by_label(fund.OFFICE)).to_be_checked()
        manager.presses("Otwórz dostęp")
    with walk.step("Pracownik urzędu z kontem"):
        clerk = walk.sits("lidia")
        clerk.goes("Co miesiąc")
        clerk.follows(cast.cis.name)
        clerk.sees(OWN, *OTHERS, "Adam Modrzew", "Zatrudnienie wspierane")
        clerk.faultless()
        clerk.picture("pup-z-konta")
        clerk.reads_paper(f"{application.number} (PDF)", "Razem do zwrotu")
    walk.ends()
