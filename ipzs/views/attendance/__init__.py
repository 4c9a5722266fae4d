"""Screens of attendance: a day, a month, a person, absences, papers, settings."""

from django.urls import path

from ipzs.views.attendance import absences, days, months, own, papers, ranges

urlpatterns = [
    path("obecnosc/", days.Today.as_view(), name="attendance_today"),
    path("obecnosc/dzien/<uuid:pk>/", days.Day.as_view(), name="attendance_day"),
    path("obecnosc/dzien/<uuid:pk>/wszyscy/", days.All.as_view(), name="attendance_all"),
    path("obecnosc/dzien/<uuid:pk>/arkusz/", papers.day_print, name="attendance_day_print"),
    path("obecnosc/wpis/<uuid:pk>/", days.MarkEdit.as_view(), name="mark_edit"),
    path("obecnosc/wpis/<uuid:pk>/zapis/", days.Mark.as_view(), name="mark_set"),
    path("obecnosc/cofnij/", days.Undo.as_view(), name="attendance_undo"),
    path("obecnosc/posilki/", days.Meals.as_view(), name="meal_set"),
    path("obecnosc/posilki/lista/", papers.meal_day_print, name="meal_day_print"),
    path("obecnosc/posilki/miesiac/", papers.meal_month_print, name="meal_month_print"),
    path("obecnosc/miesiac/", months.MonthPage.as_view(), name="attendance_month"),
    path("obecnosc/miesiac/zakres/", ranges.Range.as_view(), name="mark_range"),
    path("obecnosc/miesiac/wydruk/", papers.month_print, name="attendance_month_print"),
    path("uczestnicy/<uuid:pk>/obecnosc/", months.PersonMonth.as_view(), name="attendance_person"),
    path("uczestnicy/<uuid:pk>/obecnosc/wydruk/", papers.person_print, name="attendance_person_print"),
    path("uczestnicy/<uuid:pk>/obecnosc/zwolnienie/", absences.SickAdd.as_view(), name="sick_add"),
    path("uczestnicy/<uuid:pk>/obecnosc/dni-wolne/", absences.FreeAsk.as_view(), name="free_ask"),
    path("obecnosc/zwolnienia/", absences.SickList.as_view(), name="sick_list"),
    path("obecnosc/zwolnienia/<uuid:pk>/zmiana/", absences.SickChange.as_view(), name="sick_change"),
    path("obecnosc/zwolnienia/<uuid:pk>/zaswiadczenie/", absences.SickConfirm.as_view(), name="sick_confirm"),
    path("obecnosc/zwolnienia/<uuid:pk>/skan/", absences.SickScan.as_view(), name="sick_scan"),
    path("obecnosc/zwolnienia/<uuid:pk>/usun/", absences.SickRemove.as_view(), name="sick_remove"),
    path("obecnosc/dni-wolne/", absences.FreeList.as_view(), name="free_list"),
    path("obecnosc/dni-wolne/<uuid:pk>/zgoda/", absences.FreeGrant.as_view(), name="free_grant"),
    path("obecnosc/dni-wolne/<uuid:pk>/odmowa/", absences.FreeRefuse.as_view(), name="free_refuse"),
    path("obecnosc/dni-wolne/<uuid:pk>/wycofanie/", absences.FreeWithdraw.as_view(), name="free_withdraw"),
    path("obecnosc/dni-wolne/<uuid:pk>/wniosek/", papers.free_print, name="free_print"),
    path("ustawienia/obecnosc/", own.SettingsPage.as_view(), name="attendance_settings"),
    path("ustawienia/powody-nieobecnosci/", own.ExcuseList.as_view(), name="excuse_list"),
    path("ustawienia/powody-nieobecnosci/nowy/", own.ExcuseAdd.as_view(), name="excuse_add"),
    path("ustawienia/powody-nieobecnosci/<uuid:pk>/", own.ExcuseEdit.as_view(), name="excuse_edit"),
]
