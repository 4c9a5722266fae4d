"""Who may do what with accounts. Signing in is open to all; a person's own account is their own."""

from reintegration.tenancy.actions import action, personal_action, public_action
from reintegration.tenancy.enums import Role

SIGN_IN = public_action("accounts.session.open", "Logowanie")
SECOND_STEP = public_action("accounts.session.second_step", "Drugi krok logowania")
SIGN_OUT = public_action("accounts.session.close", "Wylogowanie")
CLOSED_ACCOUNT = public_action("accounts.session.refuse", "Konto nieczynne")
RESET_ASK = public_action("accounts.password.ask", "Prośba o nowe hasło")
RESET_SET = public_action("accounts.password.reset", "Nowe hasło z linku")
EMAIL_CONFIRM = public_action("accounts.email.confirm", "Potwierdzenie adresu e-mail")
INVITATION_ACCEPT = public_action("accounts.invitation.accept", "Przyjęcie zaproszenia")

PROFILE = personal_action("accounts.profile.show", "Własne konto")
PROFILE_EDIT = personal_action("accounts.profile.edit", "Zmiana imienia i nazwiska")
PASSWORD_CHANGE = personal_action("accounts.password.change", "Zmiana hasła")
EMAIL_CHANGE = personal_action("accounts.email.change", "Zmiana adresu e-mail", reauth=True)
FACTORS = personal_action("accounts.factor.list", "Drugi krok: przegląd")
FACTOR_ADD = personal_action("accounts.factor.add", "Drugi krok: dodanie sposobu", reauth=True)
FACTOR_REMOVE = personal_action("accounts.factor.remove", "Drugi krok: usunięcie sposobu", reauth=True)
CODES_SHOW = personal_action("accounts.codes.show", "Kody zapasowe: wydruk")
CODES_MAKE = personal_action("accounts.codes.make", "Kody zapasowe: nowe", reauth=True)
SESSIONS = personal_action("accounts.session.list", "Własne sesje")
SESSION_END = personal_action("accounts.session.end", "Zakończenie własnej sesji")
REAUTHENTICATE = personal_action("accounts.session.confirm", "Potwierdzenie tożsamości")
RESUME = personal_action("accounts.form.resume", "Powrót do odłożonego formularza")
KEYS = personal_action("accounts.profile.keys", "Skróty klawiszowe")

MANAGERS = frozenset({Role.MANAGER, Role.BODY_HEAD, Role.REGISTRAR, Role.OPERATOR})

INVITATION_LIST = action("accounts.invitation.list", "Zaproszenia", roles=MANAGERS)
INVITATION_MAKE = action("accounts.invitation.make", "Wysłanie zaproszenia", roles=MANAGERS, reauth=True)
INVITATION_REVOKE = action("accounts.invitation.revoke", "Wycofanie zaproszenia", roles=MANAGERS)
FACTOR_RESET = action("accounts.factor.reset", "Zdjęcie drugiego kroku z konta", roles=MANAGERS, reauth=True)
