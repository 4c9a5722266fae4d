"""The API's place in the navigation."""

from reintegration.api import perms
from reintegration.shell.nav import NavItem, register

register(NavItem("api", "Tokeny API", "key", "api:token_list", perms.TOKEN_LIST, group="unit", order=90))
