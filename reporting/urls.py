"""The addresses of this room, one list for each part beside its views."""

from django.urls import URLPattern

from reporting import api
from reporting.views import (
    applications,
    cases,
    certificates,
    graduates,
    layouts,
    notices,
    own,
    public,
    register_forms,
    register_import,
    registers,
    report_office,
    report_steps,
    reports,
    statistics,
    supervision,
    years,
)

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    *api.urlpatterns,
    *public.urlpatterns,
    *registers.urlpatterns,
    *register_forms.urlpatterns,
    *register_import.urlpatterns,
    *graduates.urlpatterns,
    *certificates.urlpatterns,
    *statistics.urlpatterns,
    *years.urlpatterns,
    *own.urlpatterns,
    *cases.urlpatterns,
    *notices.urlpatterns,
    *applications.urlpatterns,
    *supervision.urlpatterns,
    *layouts.urlpatterns,
    *reports.urlpatterns,
    *report_steps.urlpatterns,
    *report_office.urlpatterns,
]
