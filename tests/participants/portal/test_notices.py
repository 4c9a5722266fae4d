"""A labour office tells a welfare centre that has an account: on its desk, in its list, and ticked there."""

import pytest
from django.urls import reverse

from participants.models import OpsNotice, Referral
from participants.retention import erase_notices
from participants.services.portal.drafts import save_draft
from participants.services.referrals import reopen, return_to_sender, send_referral, withdraw
from reintegration.core import clock
from reintegration.jobs.worker import drain
from reintegration.notices.models import DeskTask, Notice
from reintegration.tenancy.models import Organisation, ReferringBody
from reintegration.tenancy.scope import OPERATOR_ID, scope
from tests.cast import World
from tests.participants.portal.made import signed_in, told
from tests.participants.portal.test_links import by_link, inside, issued, text_of

pytestmark = pytest.mark.django_db
OFFICE = "Powiatowy Urząd Pracy w Sosnowie"
LIST = reverse("participants:ops_notices")


def by_office(world: World, **changed: object) -> str:
    """A labour office refers by its link; the address of its page."""
    address, code = issued(world, body_name=OFFICE, body_kind="PUP")
    typed = by_link(world, ops_notified_on=str(clock.today()), street="Polna 3", **changed)
    answer = inside(address, code).post(address, typed)
    assert answer.status_code == 302, text_of(answer)[:3000]
    drain()
    return address


def tasks(world: World, body: str, person: str) -> list[str]:
    with world.scope(body, person):
        rows = DeskTask.objects.filter(kind="participants.ops_told", settled_at__isnull=True)
        return [one.title for one in rows.order_by("pk")]


def test_the_centre_gets_a_task_and_ticks_the_notice(world: World) -> None:
    ops: Organisation = world.organisations["ops"]
    by_office(world, ops=str(ops.pk), ops_name="")
    with world.scope("cis", "anna"):
        referral = Referral.objects.get()
        # The account says its name itself.
        assert referral.ops_name == ops.name
    assert tasks(world, "ops", "zofia") == ["Zawiadomienie z urzędu pracy: Roman Sęk"]
    client = signed_in(world, "zofia")
    assert "Roman Sęk" in text_of(client.get(reverse("notices:desk")))
    assert OFFICE in text_of(client.get(LIST))
    with world.scope("ops", "zofia"):
        notice = OpsNotice.objects.get()
    page = reverse("participants:ops_notice", args=[notice.pk])
    said = text_of(client.get(page))
    assert all(one in said for one in ("Roman Sęk", "Polna 3", OFFICE, world.cis.name, "art. 12 ust. 3"))
    assert client.post(page).status_code == 302
    assert tasks(world, "ops", "zofia") == []
    said = text_of(client.get(page))
    assert "Zofia Kalina" in said
    assert "Zapisz, że przeczytane" not in said
    # The first who read it stays written down.
    signed_in(world, "pawel").post(page)
    assert "Zofia Kalina" in text_of(client.get(page))


def test_the_centre_reads_the_notice_and_nothing_else_of_the_referral(world: World) -> None:
    by_office(world, ops=str(world.organisations["ops"].pk), ops_name="")
    with world.scope("cis", "anna"):
        referral = Referral.objects.get()
    client = signed_in(world, "zofia")
    assert client.get(reverse("participants:own_referral", args=[referral.pk])).status_code == 404
    with world.scope("ops", "zofia"):
        assert not Referral.objects.exists()


def test_another_centre_reads_and_ticks_nothing(world: World) -> None:
    by_office(world, ops=str(world.organisations["ops"].pk), ops_name="")
    with world.scope("ops", "zofia"):
        page = reverse("participants:ops_notice", args=[OpsNotice.objects.get().pk])
    client = signed_in(world, "krystyna")
    assert "Sęk" not in text_of(client.get(LIST))
    assert client.get(page).status_code == 404
    assert client.post(page).status_code == 404
    assert tasks(world, "other_ops", "krystyna") == []
    with world.scope("ops", "zofia"):
        assert OpsNotice.objects.get().read_at is None


def test_a_name_that_was_typed_reaches_no_account(world: World) -> None:
    """A centre of this name has an account, yet a name is that of many."""
    by_office(world, ops="", ops_name=world.organisations["ops"].name)
    assert tasks(world, "ops", "zofia") == []
    with world.scope("ops", "zofia"):
        assert not OpsNotice.objects.exists()


def test_without_a_centre_nothing_is_sent(world: World) -> None:
    address, code = issued(world, body_name=OFFICE, body_kind="PUP")
    typed = by_link(world, ops_notified_on=str(clock.today()), ops="", ops_name="")
    answer = inside(address, code).post(address, typed)
    assert answer.status_code == 422
    assert "Wybierz OPS z listy albo wpisz" in text_of(answer)


def test_another_unit_is_no_centre(world: World) -> None:
    address, code = issued(world, body_name=OFFICE, body_kind="PUP")
    typed = by_link(world, ops_notified_on=str(clock.today()), ops=str(world.kis.pk), ops_name="")
    assert inside(address, code).post(address, typed).status_code == 422


def from_account(
    world: World, made: Referral | None = None, *, unit: str = "cis", **changed: object
) -> Referral:
    """A body with an account refers as an office does, for the first time or again."""
    data = told(ops_name="OPS", ops_notified_on=clock.today(), street="Polna 3", **changed)
    with world.scope("other_ops", "krystyna"):
        draft = save_draft(
            referral_id=made.pk if made is not None else None, unit_id=world.organisations[unit].pk,
            sender_id=world.organisations["other_ops"].pk, source="PUP", data=data,
        )  # fmt: skip
        sent = send_referral(referral_id=draft.pk)
    drain()
    return sent


def given_back(world: World, referral: Referral) -> None:
    with world.scope("cis", "ewa"):
        return_to_sender(referral_id=referral.pk, reason="other", text="Uzupełnij adres.")
    drain()


def third_centre(world: World) -> Organisation:
    with scope(organisation_id=OPERATOR_ID, source="test"):
        made: Organisation = Organisation.objects.create(
            kind="referring_body", name="OPS w Sosnowie", short_name="OPS Sosnowo", voivodeship="06",
            town="Sosnowo", opened_on=clock.today(),
        )  # fmt: skip
        ReferringBody.objects.create(organisation=made, body_type="OPS")
    return made


def of_third(centre: Organisation) -> OpsNotice:
    with scope(organisation_id=centre.pk, source="test"):
        found: OpsNotice = OpsNotice.objects.get()
        assert DeskTask.objects.filter(settled_at__isnull=True).exists() is (found.taken_back_at is None)
    return found


def test_what_was_sent_twice_is_told_once_as_it_is_now(world: World) -> None:
    ops = str(world.organisations["ops"].pk)
    made = from_account(world, ops=ops)
    given_back(world, made)
    # A draft changes nothing: the centre stands as it was told.
    assert len(tasks(world, "ops", "zofia")) == 1
    from_account(world, made, ops=ops, town="Jodłów")
    assert len(tasks(world, "ops", "zofia")) == 1
    with world.scope("ops", "zofia"):
        assert OpsNotice.objects.get().address == "Polna 3, Jodłów"


def test_who_is_named_no_longer_loses_the_notice(world: World) -> None:
    third = third_centre(world)
    made = from_account(world, ops=str(world.organisations["ops"].pk))
    given_back(world, made)
    from_account(world, made, ops=str(third.pk))
    assert tasks(world, "ops", "zofia") == []
    found = of_third(third)
    assert (found.address, found.taken_back_at) == ("Polna 3, Modrzewno", None)
    with world.scope("ops", "zofia"):
        kept = OpsNotice.objects.get()
        # Nobody had read it, so nobody is told that it went.
        assert not Notice.objects.filter(kind="participants.ops_taken_back").exists()
    client = signed_in(world, "zofia")
    assert "cofnięte" in text_of(client.get(LIST))
    page = reverse("participants:ops_notice", args=[kept.pk])
    said = text_of(client.get(page))
    assert "Urząd pracy wskazał inny ośrodek" in said
    assert "Roman Sęk" in said
    assert "Polna 3" not in said
    assert "Zapisz, że przeczytane" not in said
    assert client.post(page).status_code == 302
    with world.scope("ops", "zofia"):
        assert OpsNotice.objects.get().read_at is None


def test_who_read_it_is_told_that_it_went_and_when_it_comes_back(world: World) -> None:
    ops, third = str(world.organisations["ops"].pk), third_centre(world)
    made = from_account(world, ops=ops)
    with world.scope("ops", "zofia"):
        page = reverse("participants:ops_notice", args=[OpsNotice.objects.get().pk])
    client = signed_in(world, "zofia")
    client.post(page)
    for again in (str(third.pk), ops, ""):
        given_back(world, made)
        from_account(world, made, ops=again)
        if again == ops:
            # It is the centre's again, and somebody is to read it again.
            assert tasks(world, "ops", "zofia") == ["Zawiadomienie z urzędu pracy: Roman Sęk"]
            assert "Polna 3" in text_of(client.get(page))
            assert of_third(third).taken_back_at is not None
            client.post(page)
    # Named by hand in the end: neither centre is told any longer.
    assert tasks(world, "ops", "zofia") == []
    with world.scope("ops", "zofia"):
        told_here = Notice.objects.filter(kind="participants.ops_taken_back")
        assert {one.title for one in told_here.order_by("pk")} == {"Zawiadomienie cofnięte: Roman Sęk"}
        # Twice, to each of the two who work there.
        assert told_here.count() == 4


def test_a_referral_to_another_unit_takes_its_notice_along(world: World) -> None:
    ops = str(world.organisations["ops"].pk)
    made = from_account(world, ops=ops)
    with world.scope("other_ops", "krystyna"):
        withdraw(referral_id=made.pk, reason="other")
        reopen(referral_id=made.pk)
    from_account(world, made, unit="other_cis", ops=ops)
    with world.scope("ops", "zofia"):
        assert OpsNotice.objects.get().unit_id == world.organisations["other_cis"].pk


def test_what_is_erased_names_nobody(world: World) -> None:
    by_office(world, ops=str(world.organisations["ops"].pk), ops_name="")
    with world.scope("ops", "zofia"):
        notice = OpsNotice.objects.get()
        erase_notices(notice.referral_id)
        notice.refresh_from_db()
        assert (notice.person_name, notice.address) == ("", "")
