"""Who did something: an account, kept as long as what was done."""

from typing import Any

from django.conf import settings
from django.db import models


def who(verbose_name: str, *, null: bool = True) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=null,
        related_name="+",
        editable=False,
        verbose_name=verbose_name,
    )
