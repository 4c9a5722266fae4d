"""Choices of referrals, persons, participations, diagnoses, the counselling card and consents."""

from django.db.models import TextChoices

from reintegration.tenancy.enums import BodyType


class Group(TextChoices):
    """Art. 1 ust. 2: the groups by which both yearly reports count; the catalogue is open, hence 9."""

    HOMELESSNESS = "1", "bezdomność, program wychodzenia z bezdomności"
    ALCOHOL = "2", "uzależnienie od alkoholu"
    DRUGS = "3", "uzależnienie od narkotyków lub innych środków odurzających"
    MENTAL = "4", "zaburzenia psychiczne"
    LONG_UNEMPLOYED = "5", "długotrwałe bezrobocie"
    PRISON = "6", "zwolnienie z zakładu karnego"
    REFUGEE = "7", "uchodźstwo, indywidualny program integracji"
    DISABILITY = "8", "niepełnosprawność"
    OTHER = "9", "inne wykluczenie społeczne"


# Referral


class ReferralState(TextChoices):
    DRAFT = "draft", "szkic"
    SENT = "sent", "wysłane"
    RECEIVED = "received", "odebrane"
    IN_STUDY = "in_study", "w rozpatrywaniu"
    WAITING = "waiting", "na liście oczekujących"
    TRIAL_OFFERED = "trial_offered", "zaproszenie na okres próbny"
    ACCEPTED = "accepted", "przyjęte"
    REFUSED = "refused", "odmowa"
    WITHDRAWN = "withdrawn", "wycofane"
    OBSOLETE = "obsolete", "nieaktualne"


class ReferralSource(TextChoices):
    """Art. 12 ust. 1 and 3: who applies or refers."""

    OPS = BodyType.OPS.value, "ośrodek pomocy społecznej"
    CUS = BodyType.CUS.value, "centrum usług społecznych"
    PCPR = BodyType.PCPR.value, "powiatowe centrum pomocy rodzinie"
    PUP = BodyType.PUP.value, "powiatowy urząd pracy"
    CLINIC = BodyType.CLINIC.value, "zakład lecznictwa odwykowego"
    NGO = BodyType.NGO.value, "organizacja pozarządowa"
    PRISON = BodyType.PRISON.value, "zakład karny"
    KIS = "KIS", "Klub Integracji Społecznej"
    CIS = "CIS", "Centrum Integracji Społecznej"
    SELF = "self", "własny wniosek"
    REPRESENTATIVE = "representative", "przedstawiciel ustawowy"


class RefusalReason(TextChoices):
    NOT_ELIGIBLE = "not_eligible", "nie należy do grup z art. 1 ustawy"
    EXCLUDED = "excluded", "ma prawo do świadczenia, które wyłącza udział"
    NO_PLACES = "no_places", "brak wolnych miejsc"
    NO_CONTACT = "no_contact", "nie ma kontaktu z osobą"
    DID_NOT_COME = "did_not_come", "osoba nie przyszła na rozmowę"
    OTHER_HELP_FIRST = "other_help_first", "najpierw potrzebna jest inna pomoc"
    NOT_SUITED = "not_suited", "oferta nie odpowiada potrzebom osoby"
    DUPLICATE = "duplicate", "jest już skierowanie tej osoby"
    OTHER = "other", "inny powód"


class WithdrawalReason(TextChoices):
    PERSON_RESIGNED = "person_resigned", "osoba zrezygnowała"
    FOUND_WORK = "found_work", "osoba podjęła pracę"
    MOVED = "moved", "osoba zmieniła miejsce zamieszkania"
    MISTAKE = "mistake", "skierowanie wysłano przez pomyłkę"
    OTHER = "other", "inny powód"


class ObsoleteReason(TextChoices):
    TAKEN_ELSEWHERE = "taken_elsewhere", "osobę przyjęto w innej jednostce"
    FOUND_WORK = "found_work", "osoba podjęła pracę"
    TRANSFERRED = "transferred", "przekazano innej jednostce tego samego podmiotu"
    OTHER = "other", "inny powód"


class ReturnReason(TextChoices):
    """Why a referral goes back to its sender to be completed."""

    DATA_MISSING = "data_missing", "brakuje danych"
    OPINION_MISSING = "opinion_missing", "brakuje opinii pracownika socjalnego"
    PAPERS_MISSING = "papers_missing", "brakuje załączników"
    CONSENT_MISSING = "consent_missing", "brakuje zgody osoby"
    OTHER = "other", "inny powód"


class Recommendation(TextChoices):
    YES = "yes", "popieram"
    WITH_REMARKS = "with_remarks", "popieram, z uwagami"
    NO = "no", "nie popieram"


class AgreementState(TextChoices):
    ASKED = "asked", "czeka na uzgodnienie"
    AGREED = "agreed", "uzgodniono"
    REMARKS = "remarks", "są uwagi"
    REPLACED = "replaced", "zastąpione nową wersją"


class LinkPurpose(TextChoices):
    REFER = "refer", "wysłanie skierowania"
    FOLLOW = "follow", "podgląd skierowania"
    AGREE = "agree", "uzgodnienie programu"
    MONTH = "month", "lista miesiąca dla OPS"
    FUND = "fund", "rozliczenie z urzędem pracy"


# What a link only shows, and other rooms tell.
TOLD = frozenset({LinkPurpose.MONTH, LinkPurpose.FUND})


# Person


class Sex(TextChoices):
    FEMALE = "F", "kobieta"
    MALE = "M", "mężczyzna"


class NoPesel(TextChoices):
    FOREIGNER = "foreigner", "cudzoziemiec bez numeru PESEL"
    PENDING = "pending", "numer PESEL jest w trakcie nadawania"
    UNKNOWN = "unknown", "osoba nie zna numeru i nie ma dokumentu"


class DocumentKind(TextChoices):
    IDENTITY_CARD = "identity_card", "dowód osobisty"
    PASSPORT = "passport", "paszport"
    RESIDENCE_CARD = "residence_card", "karta pobytu"
    PROTECTION = "protection", "dokument ochrony międzynarodowej"
    OTHER = "other", "inny dokument"


class MaritalStatus(TextChoices):
    SINGLE = "single", "kawaler, panna"
    MARRIED = "married", "w małżeństwie"
    DIVORCED = "divorced", "po rozwodzie"
    WIDOWED = "widowed", "wdowiec, wdowa"
    SEPARATED = "separated", "w separacji"


class Education(TextChoices):
    NONE = "none", "niepełne podstawowe"
    PRIMARY = "primary", "podstawowe"
    LOWER_SECONDARY = "lower_secondary", "gimnazjalne"
    VOCATIONAL = "vocational", "zasadnicze zawodowe lub branżowe"
    SECONDARY = "secondary", "średnie"
    POST_SECONDARY = "post_secondary", "policealne"
    HIGHER = "higher", "wyższe"


class PersonLanguage(TextChoices):
    POLISH = "pl", "polski"
    UKRAINIAN = "uk", "ukraiński"
    ENGLISH = "en", "angielski"
    RUSSIAN = "ru", "rosyjski"
    OTHER = "other", "inny"


class DisabilityDegree(TextChoices):
    LIGHT = "light", "lekki"
    MODERATE = "moderate", "umiarkowany"
    CONSIDERABLE = "considerable", "znaczny"


class FactKind(TextChoices):
    """Art. 8b: data that only those see whose role and case allow it; each showing is logged."""

    HEALTH = "health", "zdrowie"
    ADDICTION = "addiction", "uzależnienie"
    CONVICTION = "conviction", "wyroki i kary"
    ORIGIN = "origin", "pochodzenie"
    VIOLENCE = "violence", "przemoc"
    LEGAL = "legal", "sprawy prawne"
    DEBT = "debt", "zadłużenie"
    HOUSING = "housing", "mieszkanie"


class BarrierKind(TextChoices):
    """Recorded as features of the surroundings, not of the person."""

    CHILD_CARE = "child_care", "opieka nad dzieckiem"
    ELDER_CARE = "elder_care", "opieka nad osobą starszą"
    DISABLED_CARE = "disabled_care", "opieka nad osobą z niepełnosprawnością"
    DISTANCE = "distance", "odległość i dojazd"
    BUILDING = "building", "budynek niedostosowany"
    COMMUNICATION = "communication", "język lub porozumiewanie się"
    DIGITAL = "digital", "brak telefonu lub komputera"
    HOURS = "hours", "godziny zajęć"
    OTHER = "other", "inna bariera"


class PartnerKind(TextChoices):
    GMINA = "gmina", "gmina i jej jednostka"
    LABOUR_OFFICE = "labour_office", "urząd pracy"
    NGO = "ngo", "organizacja społeczna"
    EMPLOYER = "employer", "pracodawca"
    HEALTH = "health", "przychodnia, poradnia, szpital"
    SCHOOL = "school", "szkoła, przedszkole, żłobek"
    CARRIER = "carrier", "przewoźnik"
    CHURCH = "church", "parafia, związek wyznaniowy"
    OTHER = "other", "inny partner"


class HelpKind(TextChoices):
    """What partners help with: wider than barriers, since goals need help as well."""

    CARE = "care", "opieka nad bliskimi"
    TRANSPORT = "transport", "dojazd"
    HOUSING = "housing", "mieszkanie"
    DEBT = "debt", "zadłużenie i porady prawne"
    HEALTH = "health", "leczenie i terapia"
    DOCUMENTS = "documents", "dokumenty i urzędy"
    COURSES = "courses", "kurs i nauka"
    WORK = "work", "praca i praktyka"
    EQUIPMENT = "equipment", "telefon, komputer, sprzęt"
    CLOTHES = "clothes", "ubranie i żywność"
    LANGUAGE = "language", "język i tłumacz"
    OTHER = "other", "inna pomoc"


class AskedHow(TextChoices):
    MAIL = "mail", "e-mailem"
    LETTER = "letter", "pismem"
    PHONE = "phone", "telefonicznie albo osobiście"


class RequestState(TextChoices):
    ASKED = "asked", "czeka na odpowiedź"
    PROMISED = "promised", "obiecano"
    DECLINED = "declined", "odmowa"
    DELIVERED = "delivered", "pomoc przyszła"
    NOT_DELIVERED = "not_delivered", "pomoc nie przyszła"
    WITHDRAWN = "withdrawn", "odwołano"


class IncomeKind(TextChoices):
    NONE = "none", "bez dochodu"
    PERMANENT_BENEFIT = "permanent_benefit", "zasiłek stały"
    TEMPORARY_BENEFIT = "temporary_benefit", "zasiłek okresowy"
    TARGETED_BENEFIT = "targeted_benefit", "zasiłek celowy"
    UNEMPLOYMENT = "unemployment", "zasiłek dla bezrobotnych"
    SOCIAL_PENSION = "social_pension", "renta socjalna"
    INCAPACITY_PENSION = "incapacity_pension", "renta z tytułu niezdolności do pracy"
    FAMILY_PENSION = "family_pension", "renta rodzinna"
    RETIREMENT = "retirement", "emerytura"
    FAMILY_BENEFIT = "family_benefit", "świadczenia na dzieci"
    NURSING = "nursing", "świadczenie lub zasiłek pielęgnacyjny"
    MAINTENANCE = "maintenance", "alimenty"
    WORK = "work", "praca"
    OTHER = "other", "inny dochód"


# Participation


class PeriodKind(TextChoices):
    TRIAL = "trial", "okres próbny"
    MAIN = "main", "okres uczestnictwa"
    EXTENSION = "extension", "przedłużenie"


class Stage(TextChoices):
    CANDIDATE = "candidate", "kandydat"
    TRIAL = "trial", "okres próbny"
    MAIN = "main", "w zajęciach"
    EXTENDED = "extended", "przedłużenie"
    ENDED = "ended", "zakończone"
    GRADUATE = "graduate", "absolwent"


class EndReason(TextChoices):
    """Art. 13 ust. 4 and 5, and how a candidate's file may end before it began."""

    COMPLETED = "completed", "koniec okresu uczestnictwa"
    JOB = "job", "podjęcie pracy"
    BUSINESS = "business", "własna działalność"
    COOPERATIVE = "cooperative", "spółdzielnia socjalna"
    BREACH = "breach", "uporczywe naruszanie programu"
    ABANDONED = "abandoned", "trwałe opuszczenie zajęć"
    STATEMENT = "statement", "oświadczenie uczestnika"
    TRIAL_FAILED = "trial_failed", "okres próbny bez kwalifikacji"
    TRANSFER = "transfer", "przejście do innej jednostki"
    RESIGNED = "resigned", "rezygnacja przed rozpoczęciem"
    EXCLUDED = "excluded", "prawo do świadczenia, które wyłącza udział"
    DEATH = "death", "śmierć"
    OTHER = "other", "inny powód"


class Destination(TextChoices):
    OPEN_MARKET = "open_market", "otwarty rynek pracy"
    SUPPORTED = "supported", "zatrudnienie wspierane"
    BUSINESS = "business", "własna działalność"
    COOPERATIVE = "cooperative", "spółdzielnia socjalna"
    TRAINING = "training", "nauka, szkolenie, staż"
    CIS = "cis", "Centrum Integracji Społecznej"
    KIS = "kis", "Klub Integracji Społecznej"
    PENSION = "pension", "renta lub emerytura"
    TREATMENT = "treatment", "leczenie"
    INACTIVE = "inactive", "bez zajęcia"
    UNKNOWN = "unknown", "nie wiadomo"


# Diagnosis, counselling card, consents


class DiagnosisState(TextChoices):
    DRAFT = "draft", "w trakcie"
    FINISHED = "finished", "zakończona"


class TemplateState(TextChoices):
    DRAFT = "draft", "szkic"
    ACTIVE = "active", "w użyciu"
    RETIRED = "retired", "wycofany"


class OpinionKind(TextChoices):
    PSYCHOLOGIST = "psychologist", "psycholog"
    VOCATIONAL_ADVISER = "vocational_adviser", "doradca zawodowy"
    SOCIAL_WORKER = "social_worker", "pracownik socjalny"
    THERAPIST = "therapist", "terapeuta"
    LAWYER = "lawyer", "prawnik"
    INSTRUCTOR = "instructor", "instruktor"
    OTHER = "other", "inny specjalista"


class EntryKind(TextChoices):
    COUNSELLING = "counselling", "doradztwo"
    CONTACT = "contact", "kontakt"
    FAMILY_ASSISTANT = "family_assistant", "asystent rodziny"
    VISIT = "visit", "wizyta w domu"
    NOTE = "note", "notatka"


class EntryVisibility(TextChoices):
    TEAM = "team", "zespół uczestnika"
    CASE = "case", "autor i opiekun"
    AUTHOR = "author", "tylko autor"


class FollowUpState(TextChoices):
    DUE = "due", "do zrobienia"
    DONE = "done", "zrobiony"
    UNREACHABLE = "unreachable", "brak kontaktu"


class ConsentKind(TextChoices):
    CARD_SHARING = "card_sharing", "przekazanie karty usług doradczych"
    FILE_TRANSFER = "file_transfer", "przekazanie danych innej jednostce"
    CONTACT = "contact", "kontakt SMS lub e-mail"
    IMAGE = "image", "wizerunek"
    INFORMATION = "information", "zapoznanie z informacją o danych"
    OTHER = "other", "inna zgoda"


class GivenHow(TextChoices):
    PAPER = "paper", "na piśmie"
    IN_PRESENCE = "in_presence", "w obecności pracownika"
    CODE = "code", "kodem"


class TransferState(TextChoices):
    SENT = "sent", "wysłane"
    RECEIVED = "received", "odebrane"
    REFUSED = "refused", "odmowa"
    CANCELLED = "cancelled", "cofnięte"
