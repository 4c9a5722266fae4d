"""The unit's screens of referrals."""

from django.urls import path

from participants.views.referrals import adding, bulk, inbox, page, steps

urlpatterns = [
    path("skierowania/", inbox.Inbox.as_view(), name="referral_list"),
    path("skierowania/oczekujacy/", inbox.WaitingList.as_view(), name="referral_waiting"),
    path("skierowania/nowe/", adding.Enter.as_view(), name="referral_enter"),
    path("skierowania/zbiorczo/", bulk.Bulk.as_view(), name="referral_bulk"),
    path("skierowania/<uuid:pk>/", page.ReferralPage.as_view(), name="referral"),
    path("skierowania/<uuid:pk>/plik/<uuid:file>/", page.referral_file, name="referral_file"),
    path("skierowania/<uuid:pk>/odbierz/", steps.receive, name="referral_receive"),
    path("skierowania/<uuid:pk>/rozpatrz/", steps.study, name="referral_study"),
    path("skierowania/<uuid:pk>/rozmowa/", steps.Invite.as_view(), name="referral_invite"),
    path("skierowania/<uuid:pk>/oczekuje/", steps.Wait.as_view(), name="referral_wait"),
    path("skierowania/<uuid:pk>/okres-probny/", steps.Offer.as_view(), name="referral_offer"),
    path("skierowania/<uuid:pk>/przyjmij/", steps.Accept.as_view(), name="referral_accept"),
    path("skierowania/<uuid:pk>/odmowa/", steps.Refuse.as_view(), name="referral_refuse"),
    path("skierowania/<uuid:pk>/odmowa/druk/", page.refusal_print, name="referral_refusal_print"),
    path("skierowania/<uuid:pk>/zwrot/", steps.Return.as_view(), name="referral_return"),
    path("skierowania/<uuid:pk>/nieaktualne/", steps.Obsolete.as_view(), name="referral_obsolete"),
    path("skierowania/<uuid:pk>/wycofanie/", steps.Withdraw.as_view(), name="referral_withdraw"),
    path("skierowania/<uuid:pk>/otworz/", steps.Reopen.as_view(), name="referral_reopen"),
    path("skierowania/<uuid:pk>/przekaz/", steps.HandOver.as_view(), name="referral_hand_over"),
    path("skierowania/<uuid:pk>/wiadomosc/", adding.Message.as_view(), name="referral_message"),
    path("skierowania/<uuid:pk>/opinia/", adding.Opinion.as_view(), name="referral_opinion"),
    path("skierowania/<uuid:pk>/zalacznik/", adding.Attach.as_view(), name="referral_attach"),
    path("skierowania/<uuid:pk>/notatka/", adding.Note.as_view(), name="referral_note"),
    path("skierowania/<uuid:pk>/prowadzi/", adding.Assign.as_view(), name="referral_assign"),
    path("uczestnicy/<uuid:pk>/skierowanie/", page.FileReferral.as_view(), name="file_referral"),
]
