"""Who may do what with registers, reports and what is counted from the files."""

from reintegration.tenancy.enums import OFFICE_ROLES, Role

# The voivode's office: whoever keeps a register changes it, whoever inspects reads it.
OFFICE = OFFICE_ROLES
REGISTRAR = frozenset({Role.REGISTRAR})
