"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from reintegration.audit import holds, views

app_name = "audit"
urlpatterns: list[URLPattern | URLResolver] = [
    path("dziennik/", views.Journal.as_view(), name="journal"),
    path("dziennik/pobrane/", views.TakenFiles.as_view(), name="taken"),
    path("dziennik/<int:pk>/", views.EventPage.as_view(), name="event"),
    path("dziennik/osoba/<uuid:pk>/", views.SeenBy.as_view(), name="seen_by"),
    path("dziennik/historia/<str:model>/<uuid:pk>/", views.History.as_view(), name="history"),
    path(
        "dziennik/historia/<str:model>/<uuid:pk>/odkryte/",
        views.OpenedHistory.as_view(),
        name="history_open",
    ),
    path("ustawienia/wstrzymania/", holds.HoldList.as_view(), name="hold_list"),
    path("ustawienia/wstrzymania/osoba/", holds.HoldFind.as_view(), name="hold_find"),
    path("ustawienia/wstrzymania/osoba/<uuid:pk>/", holds.HoldPlace.as_view(), name="hold_place"),
    path("ustawienia/wstrzymania/<uuid:pk>/zwolnij/", holds.HoldRelease.as_view(), name="hold_release"),
]
