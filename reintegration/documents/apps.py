from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "reintegration.documents"
    label = "documents"
    verbose_name = "dokumenty"
