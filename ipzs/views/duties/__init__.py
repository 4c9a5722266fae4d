"""Screens of duties, and their addresses."""

from django.urls import path

from ipzs.views.duties import accidents, lists, tab

_FILE = "uczestnicy/<uuid:pk>/obowiazki/"

urlpatterns = [
    path(_FILE, tab.Show.as_view(), name="duty_show"),
    path(f"{_FILE}zapisz/<slug:kind>/", tab.Record.as_view(), name="duty_record"),
    path(f"{_FILE}wydaj/", tab.Issue.as_view(), name="item_issue"),
    path(f"{_FILE}karta/<slug:paper>/", tab.Print.as_view(), name="duty_print"),
    path(f"{_FILE}skierowanie/", tab.Referral.as_view(), name="medical_referral_print"),
    path(f"{_FILE}wypadek/", accidents.Report.as_view(), name="accident_report"),
    path("obowiazki/", lists.Expiring.as_view(), name="duty_list"),
    path("obowiazki/kilka-osob/", lists.RecordMany.as_view(), name="duty_record_many"),
    path("obowiazki/<uuid:pk>/popraw/", tab.Change.as_view(), name="duty_change"),
    path("obowiazki/<uuid:pk>/usun/", tab.Remove.as_view(), name="duty_remove"),
    path("obowiazki/<uuid:pk>/skan/", tab.Scan.as_view(), name="duty_scan"),
    path("obowiazki/wydane/<uuid:pk>/zwrot/", tab.Return.as_view(), name="item_return"),
    path("obowiazki/wydane/<uuid:pk>/usun/", tab.RemoveItem.as_view(), name="item_remove"),
    path("ustawienia/obowiazki/", lists.Rules.as_view(), name="duty_rule_edit"),
    path("wypadki/", accidents.Register.as_view(), name="accident_list"),
    path("wypadki/nowy/", accidents.Add.as_view(), name="accident_add"),
    path("wypadki/<uuid:pk>/", accidents.Show.as_view(), name="accident_show"),
    path("wypadki/<uuid:pk>/popraw/", accidents.Change.as_view(), name="accident_change"),
    path("wypadki/<uuid:pk>/ustalone/", accidents.Examine.as_view(), name="accident_examine"),
    path("wypadki/<uuid:pk>/zatwierdz/", accidents.Confirm.as_view(), name="accident_confirm"),
    path("wypadki/<uuid:pk>/przekazano/", accidents.Send.as_view(), name="accident_send"),
    path("wypadki/<uuid:pk>/wycofaj/", accidents.Reopen.as_view(), name="accident_reopen"),
    path("wypadki/<uuid:pk>/protokol/", accidents.Print.as_view(), name="accident_print"),
]
