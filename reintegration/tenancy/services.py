"""What can be made to happen with organisations and members."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection


def hold_memberships(ids: Collection[UUID]) -> bool:
    """Keep these memberships from ending until the transaction does; False when one has ended already.

    A right that was taken away is thereby gone for every commit that comes after the taking.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM tenancy_membership"
            " WHERE id = ANY(%s) AND revoked_at IS NULL FOR SHARE) AS held",
            [list(ids)],
        )
        found: tuple[int] = cursor.fetchone()
    return found == (len(ids),)
