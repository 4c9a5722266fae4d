"""Who may do what with persons and their files; one table for each part, as the screens are."""

from reintegration.tenancy.enums import UNIT_ROLES, Role

# They lead a person's case: referral, diagnosis, plan, consents.
CASE = frozenset({Role.MANAGER, Role.SOCIAL_WORKER, Role.CASE_MANAGER})
# They know who comes: names, stage, whom to ask. What is sensitive is not theirs.
TEAM = UNIT_ROLES
# They write what happened with a person.
HELPERS = CASE | {Role.SPECIALIST, Role.INSTRUCTOR}
# They keep personal data true.
KEEPERS = CASE | {Role.OFFICE}
LEADS = frozenset({Role.MANAGER, Role.SOCIAL_WORKER})
MANAGER = frozenset({Role.MANAGER})
