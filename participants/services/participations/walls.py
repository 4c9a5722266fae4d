"""The one question about a person that another unit's rows answer."""

from uuid import UUID

from django.db import connection

from participants.models import Person
from reintegration.core.dates import DateSpan

_ASK = "SELECT since, until FROM participants_elsewhere(%s, %s, coalesce(%s, 'infinity'::date))"


def elsewhere(*, person_id: UUID, span: DateSpan) -> list[DateSpan]:
    """The days of a span on which a person is in another unit's care; the question is logged as such.

    Without a PESEL nobody can be recognised, and the answer is empty.
    """
    person = Person.objects.only("pk").get(pk=person_id)
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [person.pk, span.first, span.last])
        return [DateSpan(since, until) for since, until in cursor.fetchall()]
