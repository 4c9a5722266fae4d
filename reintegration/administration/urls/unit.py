"""Addresses of an organisation's own settings."""

from django.urls import URLPattern, URLResolver, path

from reintegration.administration.views import calendar, own, sites, staff

urlpatterns: list[URLPattern | URLResolver] = [
    path("ustawienia/", own.SettingsHub.as_view(), name="settings"),
    path("ustawienia/start/", own.Start.as_view(), name="start"),
    path("ustawienia/dane/", own.OwnEdit.as_view(), name="own_edit"),
    path("ustawienia/dwie-osoby/", own.TwoPeople.as_view(), name="two_people"),
    path("ustawienia/rachunek/", own.Account.as_view(), name="account"),
    path("ustawienia/rachunek/nowy/", own.AccountSet.as_view(), name="account_set"),
    path("ustawienia/rachunek/<uuid:pk>/wycofaj/", own.AccountRemove.as_view(), name="account_remove"),
    path("ustawienia/miejsca/", sites.SiteList.as_view(), name="site_list"),
    path("ustawienia/miejsca/nowe/", sites.SiteOpen.as_view(), name="site_open"),
    path("ustawienia/miejsca/<uuid:pk>/", sites.SiteEdit.as_view(), name="site_edit"),
    path("ustawienia/miejsca/<uuid:pk>/zamknij/", sites.SiteClose.as_view(), name="site_close"),
    path("ustawienia/kadra/", staff.StaffList.as_view(), name="staff_list"),
    path("ustawienia/kadra/nowa/", staff.StaffAdd.as_view(), name="staff_add"),
    path("ustawienia/kadra/<uuid:pk>/", staff.StaffEdit.as_view(), name="staff_edit"),
    path("ustawienia/kadra/<uuid:pk>/usun/", staff.StaffRemove.as_view(), name="staff_remove"),
    path("ustawienia/kalendarz/", calendar.Calendar.as_view(), name="calendar"),
    path("ustawienia/kalendarz/tydzien/", calendar.WeekSet.as_view(), name="week_set"),
    path(
        "ustawienia/kalendarz/tydzien/<uuid:pk>/wycofaj/", calendar.WeekRemove.as_view(), name="week_remove"
    ),
    path("ustawienia/kalendarz/wolne/", calendar.ClosedDayAdd.as_view(), name="closed_day_add"),
    path(
        "ustawienia/kalendarz/wolne/<uuid:pk>/przywroc/",
        calendar.ClosedDayRemove.as_view(),
        name="closed_day_remove",
    ),
]
