"""The API's place among the settings."""

from reintegration.administration.settings_places import SettingsPlace, settings_place
from reintegration.api import perms

settings_place(
    SettingsPlace(
        "Tokeny API", "Dla programów, które czytają dane w czyimś imieniu.", "key",
        "api:token_list", perms.TOKEN_LIST, "system",
    )
)  # fmt: skip
