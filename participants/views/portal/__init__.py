"""Referrals as the sending body sees them, free places, and the signed link."""

from django.urls import URLPattern, path

from participants import api
from participants.views.portal import access, check, files, links, notices, own, places, visit, write

urlpatterns: list[URLPattern] = [
    path("sprawdzenie/", check.Check.as_view(), name="check"),
    path("wolne-miejsca/", places.Places.as_view(), name="places"),
    path("moje-skierowania/", own.OwnList.as_view(), name="own_referral_list"),
    path("moje-skierowania/wolne-miejsca/", places.AreaPlaces.as_view(), name="place_list"),
    path("moje-skierowania/nowe/sprawdzenie/", check.OwnCheck.as_view(), name="own_referral_check"),
    path("moje-skierowania/nowe/", write.NewReferral.as_view(), name="own_referral_new"),
    path("moje-skierowania/<uuid:pk>/", own.OwnReferral.as_view(), name="own_referral"),
    path("moje-skierowania/<uuid:pk>/uzupelnij/", write.EditReferral.as_view(), name="own_referral_edit"),
    path("moje-skierowania/<uuid:pk>/opinia/", own.OwnOpinion.as_view(), name="own_referral_opinion"),
    path("moje-skierowania/<uuid:pk>/wiadomosc/", own.OwnMessage.as_view(), name="own_referral_message"),
    path("moje-skierowania/<uuid:pk>/zalacznik/", own.OwnAttach.as_view(), name="own_referral_attach"),
    path("moje-skierowania/<uuid:pk>/wycofaj/", own.OwnWithdraw.as_view(), name="own_referral_withdraw"),
    path("moje-skierowania/<uuid:pk>/wznow/", own.OwnResume.as_view(), name="own_referral_resume"),
    path("moje-skierowania/<uuid:pk>/zawiadomienie/", files.own_notice, name="own_referral_notice"),
    path("moje-skierowania/<uuid:pk>/pliki/<uuid:file>/", files.own_file, name="own_referral_file"),
    path("ustawienia/wolne-miejsca/", places.OfferList.as_view(), name="offer_list"),
    path("ustawienia/wolne-miejsca/nowe/", places.OfferNew.as_view(), name="offer_new"),
    path("ustawienia/wolne-miejsca/<uuid:pk>/", places.OfferEdit.as_view(), name="offer_edit"),
    path("ustawienia/odnosniki/", links.LinkList.as_view(), name="link_list"),
    path("ustawienia/odnosniki/nowy/", links.LinkIssue.as_view(), name="link_issue"),
    path("ustawienia/odnosniki/<uuid:pk>/cofnij/", links.LinkRevoke.as_view(), name="link_revoke"),
    path("ustawienia/dostep-z-konta/", access.AccessList.as_view(), name="access_list"),
    path("ustawienia/dostep-z-konta/<uuid:pk>/", access.AccessClose.as_view(), name="access_close"),
    path("zawiadomienia/", notices.NoticeList.as_view(), name="ops_notices"),
    path("zawiadomienia/<uuid:pk>/", notices.Notice.as_view(), name="ops_notice"),
    path("co-miesiac/", access.OpenedList.as_view(), name="opened_list"),
    path("co-miesiac/<uuid:pk>/", access.Opened.as_view(), name="opened"),
    path("co-miesiac/<uuid:pk>/pobierz/<str:name>/", access.OpenedTake.as_view(), name="opened_take"),
    path("dostep/<str:token>/", visit.Visit.as_view(), name="link"),
    path("dostep/<str:token>/plik/", visit.VisitFile.as_view(), name="link_file"),
    path("dostep/<str:token>/pobierz/<str:name>/", visit.VisitTake.as_view(), name="link_take"),
    *api.urlpatterns,
]
