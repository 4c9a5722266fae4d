"""Addresses of accounts. Those that allauth reverses keep its names; all others have our own."""

from django.urls import include, path

from reintegration.accounts.views import account, factors, helping, invitations, passwords, signing_in

own = [
    path("haslo/nowe/", passwords.NewPassword.as_view(), name="new_password"),
    path("konto/", account.Profile.as_view(), name="profile"),
    path("konto/nazwisko/", account.EditName.as_view(), name="edit_name"),
    path("konto/drugi-krok/usun/", factors.RemoveFactor.as_view(), name="remove_factor"),
    path("konto/sesje/zakoncz/", account.EndSession.as_view(), name="end_session"),
    path("pomoc-w-logowaniu/", helping.HelpColleague.as_view(), name="help_colleague"),
    path("wznow/<uuid:key>/", account.Resume.as_view(), name="resume"),
    path("zaproszenia/", invitations.Invitations.as_view(), name="invitations"),
    path("zaproszenia/nowe/", invitations.Invite.as_view(), name="invite"),
    path("zaproszenia/wycofaj/", invitations.RevokeInvitation.as_view(), name="revoke_invitation"),
    path("zaproszenie/", invitations.Accept.as_view(), name="accept"),
    path("zaproszenie/<str:token>/", invitations.InvitationLink.as_view(), name="invitation_link"),
]

urlpatterns = [
    path("logowanie/", signing_in.SignIn.as_view(), name="account_login"),
    path("logowanie/kod/", signing_in.SecondStep.as_view(), name="mfa_authenticate"),
    path("logowanie/klucz/", signing_in.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("logowanie/nieczynne/", signing_in.ClosedAccount.as_view(), name="account_inactive"),
    path("wyloguj/", signing_in.SignOut.as_view(), name="account_logout"),
    path("haslo/", passwords.AskReset.as_view(), name="account_reset_password"),
    path("haslo/wyslano/", passwords.ResetAsked.as_view(), name="account_reset_password_done"),
    path(
        "haslo/link/<str:uidb36>/<str:key>/",
        passwords.ResetLink.as_view(),
        name="account_reset_password_from_key",
    ),
    path("haslo/gotowe/", passwords.ResetDone.as_view(), name="account_reset_password_from_key_done"),
    path("potwierdz/", account.Reauthenticate.as_view(), name="account_reauthenticate"),
    path("potwierdz/kod/", account.Reauthenticate.as_view(), name="mfa_reauthenticate"),
    path("potwierdz/klucz/", account.Reauthenticate.as_view(), name="mfa_reauthenticate_webauthn"),
    path("konto/haslo/", passwords.ChangePassword.as_view(), name="account_change_password"),
    path("konto/adres/", account.ChangeAddress.as_view(), name="account_email"),
    path("adres/<str:key>/", account.ConfirmAddress.as_view(), name="account_confirm_email"),
    path("konto/sesje/", account.Sessions.as_view(), name="usersessions_list"),
    path("konto/drugi-krok/", factors.Factors.as_view(), name="mfa_index"),
    path("konto/drugi-krok/aplikacja/", factors.AddApp.as_view(), name="mfa_activate_totp"),
    path("konto/drugi-krok/klucze/", factors.PasskeyList.as_view(), name="mfa_list_webauthn"),
    path("konto/drugi-krok/klucze/nowy/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("konto/drugi-krok/kody/", factors.PrintCodes.as_view(), name="mfa_view_recovery_codes"),
    path("konto/drugi-krok/kody/nowe/", factors.MakeCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("", include((own, "accounts"))),
]
