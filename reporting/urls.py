"""The addresses of this room, one list for each part beside its views."""

from django.urls import URLPattern

from reporting import api, season_api
from reporting.views import (
    appeals,
    applications,
    cases,
    certificates,
    collective,
    graduates,
    layouts,
    notices,
    outside,
    own,
    public,
    register_forms,
    register_import,
    registers,
    report_checks,
    report_office,
    report_steps,
    reports,
    season,
    statistics,
    supervision,
    totals,
    years,
)

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    *api.urlpatterns,
    *season_api.urlpatterns,
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
    *appeals.urlpatterns,
    *supervision.urlpatterns,
    *layouts.urlpatterns,
    *reports.urlpatterns,
    *report_checks.urlpatterns,
    *report_steps.urlpatterns,
    *report_office.urlpatterns,
    *season.urlpatterns,
    *totals.urlpatterns,
    *outside.urlpatterns,
    *collective.urlpatterns,
]
