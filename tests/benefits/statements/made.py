"""A long list that was checked: one person is counted, all others are copies of what it says of them."""

from benefits.models import PayrollList, Statement, TaxStatement
from participants.models import Participation
from reintegration.core import clock
from tests.benefits.lists import made
from tests.cast import World
from tests.ipzs.attendance.made import closed
from tests.specimens import specimen


def checked(world: World, count: int) -> PayrollList:
    """What remains is the approval; to make so many people by the services takes longer than their papers."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people(1)
        closed(made.OCTOBER.first)
        row = made.draft()
        first = Statement.objects.get(payroll_list=row)
        shared = {
            field.attname: getattr(first, field.attname)
            for field in Statement._meta.concrete_fields
            if field.attname not in {"id", "participation_id", "person_id", "position"}
        }
        files = [specimen(Participation, world, f"Osoba {number}") for number in range(2, count + 1)]
        Statement.objects.bulk_create(
            Statement(**shared, participation=file, person_id=file.person_id, position=position)
            for position, file in enumerate(files, 2)
        )
        # Whose tax is the first one's has said what the first one said.
        said = TaxStatement.objects.get(participation=first.participation)
        word = {
            field.attname: getattr(said, field.attname)
            for field in TaxStatement._meta.concrete_fields
            if field.attname not in {"id", "participation_id", "person_id"}
        }
        TaxStatement.objects.bulk_create(
            TaxStatement(**word, participation=file, person_id=file.person_id) for file in files
        )
        for state, person in (("locked", "rafal"), ("checked", "celina")):
            row.state = state
            setattr(row, f"{state}_by", world.people[person])
            setattr(row, f"{state}_at", clock.now())
            if state == "locked":
                made.digested(row)
            row.save()
    return row
