"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from reintegration.audit import views

app_name = "audit"
urlpatterns: list[URLPattern | URLResolver] = [
    path("dziennik/", views.Journal.as_view(), name="journal"),
    path("dziennik/<int:pk>/", views.EventPage.as_view(), name="event"),
    path("dziennik/osoba/<uuid:pk>/", views.SeenBy.as_view(), name="seen_by"),
    path("dziennik/historia/<str:model>/<uuid:pk>/", views.History.as_view(), name="history"),
    path(
        "dziennik/historia/<str:model>/<uuid:pk>/odkryte/",
        views.OpenedHistory.as_view(),
        name="history_open",
    ),
]
