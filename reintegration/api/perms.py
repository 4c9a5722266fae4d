"""Who may do what with the API itself."""

from reintegration.tenancy.actions import action, public_action
from reintegration.tenancy.enums import ALL_ROLES, OPERATOR_ROLES, Role

# The operator sees no personal data, so no program acts in the operator's name.
OWNERS = {Role.MANAGER, Role.BODY_HEAD, Role.REGISTRAR}

ME = action("api.me.read", "Odczyt, kim jest token", roles=ALL_ROLES - OPERATOR_ROLES)
TOKEN_LIST = action("api.token.list", "Lista tokenów API", roles=OWNERS)
TOKEN_MAKE = action("api.token.make", "Utworzenie tokenu API", roles=OWNERS, reauth=True)
TOKEN_REVOKE = action("api.token.revoke", "Unieważnienie tokenu API", roles=OWNERS)
SCHEMA = public_action("api.schema.read", "Opis API")
GUIDE = public_action("api.guide.read", "Przewodnik po API")
