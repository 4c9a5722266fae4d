"""The official list of gminas (TERYT, register TERC), loaded from the file that GUS publishes."""

from typing import ClassVar

from django.db import models

from reintegration.core.sql import order_column, search_column


class Gmina(models.Model):
    """A gmina as the register names it; the same for every unit."""

    code = models.CharField("kod TERYT", max_length=7, primary_key=True)
    name = models.CharField("nazwa", max_length=60)
    kind = models.CharField("rodzaj", max_length=40)
    powiat = models.CharField("powiat", max_length=60)
    voivodeship = models.CharField("województwo", max_length=30)
    # The day of the register's state, so that an old file does not overwrite a newer one.
    state_on = models.DateField("stan na")
    search = search_column("name")
    name_order = order_column("name")

    class Meta:
        verbose_name = "gmina"
        verbose_name_plural = "gminy"
        indexes: ClassVar = [models.Index(fields=["search"], name="gmina_by_name")]

    def __str__(self) -> str:
        return f"{self.name}, {self.kind}, {self.powiat}, {self.voivodeship}"
