"""The addresses of this room, one list for each part beside its views."""

from django.urls import URLPattern

from ipzs.views import (
    attendance,
    catalogue,
    duties,
    months,
    opening,
    programmes,
    timetable,
    timetable_classes,
    timetable_feeds,
    timetable_person,
    warnings,
)

app_name = "ipzs"

urlpatterns: list[URLPattern] = [
    *attendance.urlpatterns,
    *catalogue.urlpatterns,
    *duties.urlpatterns,
    *months.urlpatterns,
    *opening.urlpatterns,
    *programmes.urlpatterns,
    *timetable.urlpatterns,
    *timetable_classes.urlpatterns,
    *timetable_feeds.urlpatterns,
    *timetable_person.urlpatterns,
    *warnings.urlpatterns,
]
