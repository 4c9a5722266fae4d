"""A code is handed over by a person, unless an installation says otherwise."""

from reintegration.notices.sms import Handover, code_sender


class Gateway:
    def send(self, *, phone: str, code: str) -> Handover:
        return Handover(sent=True, instruction=f"Wysłano na {phone}.")


def test_by_default_staff_hand_the_code_over():
    found = code_sender().send(phone="", code="123456")
    assert not found.sent
    assert found.code_to_show == "123 456"
    assert "osobiście" in found.instruction


def test_an_installation_can_name_its_gateway(settings):
    settings.SMS_SENDER = "tests.notices.test_sms.Gateway"
    found = code_sender().send(phone="600 100 200", code="123456")
    assert (found.sent, found.code_to_show) == (True, "")
