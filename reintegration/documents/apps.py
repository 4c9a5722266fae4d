from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from reintegration.core import rotation


class DocumentsConfig(AppConfig):
    name = "reintegration.documents"
    label = "documents"
    verbose_name = "dokumenty"

    def ready(self) -> None:
        import_module("reintegration.documents.catalogue")
        rotation.register(import_module("reintegration.documents.rotation").WORK)
        # Each room lists its kinds of papers and files in its `papers.py`.
        autodiscover_modules("papers")
