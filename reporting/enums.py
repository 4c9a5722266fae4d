"""Choices of registers, certificates and outcomes, in Polish as the screens show them."""

from typing import Final

from django.db.models import TextChoices

from reporting.rules.checklist import Answer, Area
from reporting.rules.graduates import SocialChange as RuleChange
from reporting.rules.layouts import LayoutKind as RuleLayout
from reporting.rules.registers import DecisionKind as RuleKind
from reporting.rules.registers import Standing as RuleStanding
from reporting.rules.season import Turn as RuleTurn


class DecisionKind(TextChoices):
    """What decides on a status: of a CIS an administrative decision, of a KIS the entry itself."""

    GRANTED = RuleKind.GRANTED.value, "nadanie statusu"
    PROLONGED = RuleKind.PROLONGED.value, "przedłużenie statusu"
    LOST = RuleKind.LOST.value, "utrata statusu"
    ENTERED = RuleKind.ENTERED.value, "wpis do rejestru"
    DELETED = RuleKind.DELETED.value, "wykreślenie z rejestru"
    REVERSED = RuleKind.REVERSED.value, "uchylenie decyzji"


class EntryState(TextChoices):
    """Whether something may still be decided about an entry; whether its term runs is a matter of days."""

    OPEN = "open", "w rejestrze"
    LOST = "lost", "status utracony"
    DELETED = "deleted", "wykreślony"


class Standing(TextChoices):
    """How an entry stands on a day."""

    AHEAD = RuleStanding.AHEAD.value, "jeszcze nie"
    ACTIVE = RuleStanding.ACTIVE.value, "czynny"
    EXPIRED = RuleStanding.EXPIRED.value, "status wygasł"
    LOST = RuleStanding.LOST.value, "status utracony"
    DELETED = RuleStanding.DELETED.value, "wykreślony"


class EndReason(TextChoices):
    NOT_REALISED = "not_realised", "nie realizuje założeń wniosku (art. 6 ust. 1)"
    ACCOUNTS = "accounts", "nieprawidłowe rozliczenia (art. 6 ust. 1)"
    UNHEEDED = "unheeded", "wezwanie bez skutku (art. 6 ust. 1a)"
    FOUNDER_ASKED = "founder_asked", "wniosek instytucji tworzącej (art. 6 ust. 1a)"
    FOUNDER_GONE = "founder_gone", "likwidacja instytucji tworzącej (art. 6 ust. 2)"
    CLOSED = "closed", "zgłoszone zaprzestanie prowadzenia (art. 18a ust. 4)"
    FOUND_CLOSED = "found_closed", "stwierdzone zaprzestanie prowadzenia (art. 18a ust. 5)"


class AppealKind(TextChoices):
    """How a decision of the office is taken further."""

    APPEAL = "appeal", "odwołanie do ministra (art. 127 § 1 KPA)"
    AGAIN = "again", "wniosek o ponowne rozpatrzenie (art. 127 § 3 KPA)"
    COURT = "court", "skarga do sądu administracyjnego"


class AppealState(TextChoices):
    LODGED = "lodged", "czeka na wynik"
    KEPT = "kept", "decyzja utrzymana"
    REVERSED = "reversed", "decyzja uchylona"
    ENDED = "ended", "umorzone albo wycofane"


REASONS_OF_LOSS: Final = (
    EndReason.NOT_REALISED,
    EndReason.ACCOUNTS,
    EndReason.UNHEEDED,
    EndReason.FOUNDER_ASKED,
    EndReason.FOUNDER_GONE,
)
REASONS_OF_DELETION: Final = (EndReason.CLOSED, EndReason.FOUND_CLOSED)


# Certificates and outcomes


class CertificateKind(TextChoices):
    ORIGINAL = "original", "zaświadczenie"
    CORRECTION = "correction", "korekta"
    DUPLICATE = "duplicate", "duplikat"


class CertificateState(TextChoices):
    ISSUED = "issued", "ważne"
    REPLACED = "replaced", "zastąpione korektą"
    WITHDRAWN = "withdrawn", "wycofane"


class SocialChange(TextChoices):
    """The nine changes by which a unit looks at its work beside employment."""

    COMMUNICATION = RuleChange.COMMUNICATION.value, "lepiej porozumiewa się z innymi"
    FORMALITIES = RuleChange.FORMALITIES.value, "ma uporządkowane dokumenty i sprawy urzędowe"
    HEALTH = RuleChange.HEALTH.value, "zadbała o zdrowie albo kontynuuje terapię"
    MOTIVATION = RuleChange.MOTIVATION.value, "sama bierze się do działania"
    CULTURE = RuleChange.CULTURE.value, "korzysta z kultury, sportu, zdrowych nawyków"
    TIES = RuleChange.TIES.value, "ma więzi z sąsiadami i rodziną"
    EMOTIONS = RuleChange.EMOTIONS.value, "radzi sobie z emocjami"
    GOALS = RuleChange.GOALS.value, "stawia sobie cele i wie, jak do nich dojść"
    SELF_ESTEEM = RuleChange.SELF_ESTEEM.value, "ma lepsze zdanie o sobie"


class OwnMissing(TextChoices):
    """Why the person's own rating is not beside the unit's."""

    REFUSED = "refused", "osoba nie chciała oceniać"
    UNREACHED = "unreached", "nie udało się jej zapytać"
    TOGETHER = "together", "zapisano jedną ocenę, ustaloną razem"


# What is written today is either person's own; together was it written before both were asked.
OWN_MISSING: Final = (OwnMissing.REFUSED, OwnMissing.UNREACHED)


class WorkForm(TextChoices):
    """On what somebody works who went to the open market, or learns while working."""

    EMPLOYMENT = "employment", "umowa o pracę"
    CIVIL = "civil", "umowa zlecenia, o dzieło lub inna cywilnoprawna"
    INTERNSHIP = "internship", "staż"


# Layouts of reports


class LayoutKind(TextChoices):
    CIS = RuleLayout.CIS.value, "sprawozdanie CIS"
    KIS = RuleLayout.KIS.value, "sprawozdanie KIS"
    CAS01 = RuleLayout.CAS01.value, "CAS 01 (KIS)"
    CAS02 = RuleLayout.CAS02.value, "CAS 02 (CIS)"
    UW_CIS01 = RuleLayout.UW_CIS01.value, "UW CIS 01"


# Annual reports


class ReportState(TextChoices):
    """Whose turn it is; how the office sees a report is told by its versions."""

    DRAFT = "draft", "w przygotowaniu"
    SUBMITTED = "submitted", "wysłane"
    RETURNED = "returned", "zwrócone do poprawy"
    ACCEPTED = "accepted", "przyjęte"


class VersionState(TextChoices):
    SUBMITTED = "submitted", "czeka na urząd"
    RETURNED = "returned", "zwrócona"
    ACCEPTED = "accepted", "przyjęta"
    WITHDRAWN = "withdrawn", "wycofana przez jednostkę"


class RecipientKind(TextChoices):
    """To whom a report goes (art. 5 ust. 4, art. 18a ust. 6)."""

    VOIVODE = "voivode", "wojewoda"
    GRANTOR = "grantor", "podmiot, który dał dotację"
    FOUNDER = "founder", "instytucja tworząca"


class SentBy(TextChoices):
    PROGRAM = "program", "w tym programie"
    E_DELIVERY = "e_delivery", "e-Doręczenia"
    EPUAP = "epuap", "ePUAP"
    EMAIL = "email", "e-mail"
    POST = "post", "poczta"
    BY_HAND = "by_hand", "osobiście"


# The season in the voivode's office


class Brought(TextChoices):
    """How a report from outside came in."""

    TYPED = "typed", "wpisane"
    IMPORTED = "imported", "wczytane z pliku"


class OutsideState(TextChoices):
    """One that was dropped makes room for the report that the unit sends in the program."""

    RECEIVED = "received", "wpłynęło"
    ACCEPTED = "accepted", "przyjęte"
    DROPPED = "dropped", "wycofane"


class CollectiveState(TextChoices):
    DRAFT = "draft", "w przygotowaniu"
    SENT = "sent", "wysłane"


class Turn(TextChoices):
    """How the report of a unit stands in a season, as the office sees it."""

    MISSING = RuleTurn.MISSING.value, "nie wysłano"
    RETURNED = RuleTurn.RETURNED.value, "zwrócone"
    SUBMITTED = RuleTurn.SUBMITTED.value, "do sprawdzenia"
    ACCEPTED = RuleTurn.ACCEPTED.value, "przyjęte"


# Procedures of the registers


class NoticeKind(TextChoices):
    """What a club tells the office that keeps its register (art. 18a ust. 2 and 4)."""

    ENTRY = "entry", "zgłoszenie KIS"
    CHANGE = "change", "zmiana danych KIS"
    CLOSING = "closing", "zaprzestanie prowadzenia KIS"


class ApplicationKind(TextChoices):
    GRANT = "grant", "wniosek o status CIS"
    PROLONG = "prolong", "wniosek o przedłużenie statusu"


class NoticeState(TextChoices):
    """A club that fulfils its duty is entered: nobody refuses it."""

    DRAFT = "draft", "szkic"
    SENT = "sent", "w urzędzie"
    TO_COMPLETE = "to_complete", "do uzupełnienia"
    DONE = "done", "załatwione"
    LEFT = "left", "bez rozpoznania"
    WITHDRAWN = "withdrawn", "wycofane"


class ProcedureState(TextChoices):
    """The states of an application, the names of a notice's among them."""

    DRAFT = "draft", "szkic"
    SENT = "sent", "w urzędzie"
    TO_COMPLETE = "to_complete", "do uzupełnienia"
    DONE = "done", "załatwione"
    REFUSED = "refused", "odmowa"
    LEFT = "left", "bez rozpoznania"
    WITHDRAWN = "withdrawn", "wycofane"


class LetterKind(TextChoices):
    """Art. 5b ust. 2: what a voivode may ask of a centre."""

    EXPLAIN = "explain", "żądanie wyjaśnień"
    REMEDY = "remedy", "wezwanie do usunięcia nieprawidłowości"


class LetterState(TextChoices):
    DRAFT = "draft", "szkic"
    SENT = "sent", "wysłane"
    ANSWERED = "answered", "jest odpowiedź"
    CLOSED = "closed", "zakończone"


class FounderForm(TextChoices):
    """In which form a local government runs a unit (art. 3 ust. 2 pkt 1, art. 18 ust. 1)."""

    BUDGET_UNIT = "budget_unit", "jednostka budżetowa"
    BUDGET_PLANT = "budget_plant", "samorządowy zakład budżetowy"
    IN_OFFICE = "in_office", "w urzędzie gminy"
    IN_OPS = "in_ops", "w ośrodku pomocy społecznej albo CUS"
    INTER_MUNICIPAL = "inter_municipal", "wspólnie kilka gmin (międzygminna)"


# Inspections


class InspectionState(TextChoices):
    """Where an inspection stands. `OPEN` is the only state in which the office may look at files."""

    DRAFT = "draft", "przygotowywana"
    OPEN = "open", "w toku"
    PROTOCOL = "protocol", "protokół w jednostce"
    OBJECTIONS = "objections", "zastrzeżenia do rozpatrzenia"
    SETTLED = "settled", "zalecenia w toku"
    CLOSED = "closed", "zakończona"
    CANCELLED = "cancelled", "odwołana"


class InspectionBasis(TextChoices):
    """On what ground a voivode inspects; art. 5b speaks of centres alone."""

    SUPERVISION = "supervision", "nadzór nad CIS (art. 5b ustawy o zatrudnieniu socjalnym)"
    GOVERNMENT = "government", "ustawa o kontroli w administracji rządowej (art. 6 ust. 4)"
    VOIVODE = "voivode", "ustawa o wojewodzie (art. 28)"
    OTHER = "other", "inna podstawa"


class InspectionArea(TextChoices):
    DOCUMENTS = Area.DOCUMENTS.value, "status i dokumenty jednostki"
    STAFF = Area.STAFF.value, "kadra"
    FILES = Area.FILES.value, "akta: skierowanie, program albo kontrakt, dokumenty"
    GROUPS = Area.GROUPS.value, "akta: powody wykluczenia (art. 1 ust. 2)"
    HOURS = Area.HOURS.value, "zajęcia i obecność"
    ABSENCES = Area.ABSENCES.value, "zwolnienia lekarskie (same dni)"
    BENEFITS = Area.BENEFITS.value, "świadczenia"
    SAFETY = Area.SAFETY.value, "BHP, badania, odzież i posiłki"
    REPORTS = Area.REPORTS.value, "sprawozdania"


class PointAnswer(TextChoices):
    OK = Answer.OK.value, "w porządku"
    FAULT = Answer.FAULT.value, "uchybienie"
    NOT_APPLICABLE = Answer.NOT_APPLICABLE.value, "nie dotyczy"

    __empty__ = "niesprawdzone"


class FileFinding(TextChoices):
    OK = "ok", "w porządku"
    FAULT = "fault", "uchybienie"

    __empty__ = "nieobejrzane"


class ObjectionsResult(TextChoices):
    ALL = "all", "uwzględnione w całości"
    PART = "part", "uwzględnione w części"
    NONE = "none", "oddalone"


class RecommendationState(TextChoices):
    GIVEN = "given", "do wykonania"
    ANSWERED = "answered", "jest odpowiedź"
    DONE = "done", "wykonane"
    NOT_DONE = "not_done", "niewykonane"


class InspectionAct(TextChoices):
    """What was done with an inspection besides what its columns say, with its reason."""

    OPENED = "opened", "otwarto dostęp"
    EXTENDED = "extended", "przedłużono dostęp"
    ENDED = "ended", "zakończono dostęp"
    CANCELLED = "cancelled", "odwołano kontrolę"
    DRAWN = "drawn", "wylosowano akta"
    MEMBER_ADDED = "member_added", "dodano kontrolującego"
    MEMBER_REMOVED = "member_removed", "odwołano kontrolującego"
