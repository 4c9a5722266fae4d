"""Cards of duties on paper: clothing and equipment, training in safety, a referral to a doctor.

They are made for one print and not kept: the next one shows what is true then.
"""

from datetime import date

from ipzs.enums import DutyKind
from ipzs.models import DutyRecord, IssuedItem
from participants.models import Participation
from reintegration.core import clock
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead, signature_boxes

FOLDER = "ipzs/duties/paper"


def clothing_card(file: Participation) -> bytes:
    """Everything handed out, with a place for the person's signature at each line."""
    items = IssuedItem.objects.filter(participation=file).select_related("issued_by")
    return render_pdf(
        f"{FOLDER}/clothing.html",
        {
            "file": file,
            "items": list(items.order_by("issued_on", "name", "pk")),
            "boxes": [SignatureBox("podpis osoby wydającej")],
        },
        title="Karta odzieży i środków ochrony",
        number=file.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def safety_card(file: Participation) -> bytes:
    """The trainings in safety: who held them and until when they hold; both sign."""
    rows = DutyRecord.objects.filter(participation=file, kind=DutyKind.SAFETY)
    records = list(rows.defer("note").order_by("done_on", "pk"))
    trainer = records[-1].done_by if records else ""
    return render_pdf(
        f"{FOLDER}/safety.html",
        {
            "file": file,
            "records": records,
            "boxes": [
                SignatureBox("podpis uczestnika", name=str(file.person)),
                SignatureBox("podpis prowadzącego szkolenie", name=trainer),
            ],
        },
        title="Karta szkolenia BHP",
        number=file.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def medical_referral(
    file: Participation, *, kind: str, tasks: str, factors: str, with_pesel: bool, today: date
) -> bytes:
    """A referral that the unit signs; a number that nobody asked for is a line to write it by hand."""
    signers = signature_boxes(on=today) or [SignatureBox("podpis osoby kierującej")]
    return render_pdf(
        f"{FOLDER}/referral.html",
        {
            "file": file,
            "kind": kind,
            "tasks": tasks,
            "factors": factors,
            "pesel": file.person.pesel if with_pesel else "",
            "boxes": signers,
        },
        title="Skierowanie na badania lekarskie",
        number=file.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )
