"""Addresses of the law."""

from django.urls import path

from reintegration.law import views

app_name = "law"
urlpatterns = [
    path("prawo/", views.Parameters.as_view(), name="parameters"),
    path("prawo/dni-wolne/", views.Holidays.as_view(), name="holidays"),
    path("prawo/wartosci/<uuid:pk>/potwierdz/", views.ConfirmValue.as_view(), name="value_confirm"),
    path("prawo/wartosci/<uuid:pk>/wycofaj/", views.WithdrawValue.as_view(), name="value_withdraw"),
    path("prawo/<slug:key>/", views.ParameterPage.as_view(), name="parameter"),
    path("prawo/<slug:key>/nowa-wartosc/", views.NewValue.as_view(), name="value_new"),
    path("ustawienia/odczyty/", views.Readings.as_view(), name="readings"),
    path("ustawienia/odczyty/<slug:key>/", views.ReadingPage.as_view(), name="reading"),
    path("ustawienia/odczyty/<slug:key>/zmiana/", views.NewReading.as_view(), name="reading_new"),
    path(
        "ustawienia/odczyty/zmiany/<uuid:pk>/potwierdz/",
        views.ConfirmReading.as_view(),
        name="reading_confirm",
    ),
    path(
        "ustawienia/odczyty/zmiany/<uuid:pk>/wycofaj/",
        views.WithdrawReading.as_view(),
        name="reading_withdraw",
    ),
]
