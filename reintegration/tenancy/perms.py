"""Who may do what with organisations, members, sites and staff."""

from reintegration.tenancy.actions import action, personal_action
from reintegration.tenancy.enums import UNIT_ROLES, Role

MANAGERS = {Role.MANAGER, Role.BODY_HEAD, Role.REGISTRAR, Role.OPERATOR}

CHOOSE = personal_action("tenancy.organisation.choose", "Wybór organizacji")
SITE_LIST = action("tenancy.site.list", "Lista miejsc zajęć", roles=UNIT_ROLES)
