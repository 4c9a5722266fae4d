"""The addresses of this room, one list for each part beside its views."""

from django.urls import URLPattern

from ipzs.views import catalogue, months, timetable, timetable_classes, timetable_person

app_name = "ipzs"

urlpatterns: list[URLPattern] = [
    *catalogue.urlpatterns,
    *months.urlpatterns,
    *timetable.urlpatterns,
    *timetable_classes.urlpatterns,
    *timetable_person.urlpatterns,
]
