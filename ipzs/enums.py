"""Choices of programmes, services, classes, attendance and duties."""

from django.db.models import TextChoices

# Programmes


class ProgrammeKind(TextChoices):
    """A CIS writes a programme (art. 13); a KIS a social contract, or its own with a plan of action."""

    IPZS = "ipzs", "indywidualny program zatrudnienia socjalnego"
    SOCIAL_CONTRACT = "social_contract", "kontrakt socjalny"
    INTERNAL_CONTRACT = "internal_contract", "umowa KIS z indywidualnym planem działania"


class ProgrammeState(TextChoices):
    PREPARED = "prepared", "w przygotowaniu"
    RUNNING = "running", "w realizacji"
    ENDED = "ended", "zakończony"
    DROPPED = "dropped", "nie doszedł do skutku"


class VersionState(TextChoices):
    DRAFT = "draft", "szkic"
    READY = "ready", "gotowa do podpisu"
    SIGNED = "signed", "podpisana, do uzgodnienia"
    IN_FORCE = "in_force", "obowiązuje"
    REPLACED = "replaced", "zastąpiona"
    OBJECTED = "objected", "zwrócona z uwagami"
    DISCARDED = "discarded", "porzucona"


class Side(TextChoices):
    """Art. 13 ust. 3: a programme changes on motion of either side."""

    UNIT = "unit", "jednostka"
    PERSON = "person", "uczestnik"


class SignedHow(TextChoices):
    PAPER = "paper", "na papierze, ze skanem"
    WITNESSED = "witnessed", "na papierze, w obecności pracownika"
    # Signed before the unit began to work here; nobody is asked for a scan or a witness years later.
    EARLIER = "earlier", "na papierze, przed wpisaniem tutaj"


class ProgrammeEnd(TextChoices):
    """Art. 13 ust. 4 and 5."""

    BREACH = "breach", "uporczywe naruszanie programu"
    ABANDONMENT = "abandonment", "trwałe zaprzestanie udziału"
    STATEMENT = "statement", "oświadczenie uczestnika"
    WORK = "work", "podjęcie pracy lub działalności"
    PERIOD_OVER = "period_over", "upływ okresu"
    CONTRACT_FULFILLED = "contract_fulfilled", "kontrakt zrealizowany"
    OTHER = "other", "inny powód"


class DecisionState(TextChoices):
    DRAFT = "draft", "szkic"
    ISSUED = "issued", "wydana, niedoręczona"
    DELIVERED = "delivered", "doręczona"
    COMPLAINED = "complained", "zaskarżona"
    UPHELD = "upheld", "utrzymana przez sąd"
    SET_ASIDE = "set_aside", "uchylona przez sąd"
    WITHDRAWN = "withdrawn", "porzucona"


class Delivery(TextChoices):
    IN_PERSON = "in_person", "osobiście, za podpisem"
    POST = "post", "listem za potwierdzeniem odbioru"
    ELECTRONIC = "electronic", "elektronicznie"
    SUBSTITUTE = "substitute", "doręczenie zastępcze po 14 dniach"


class StepState(TextChoices):
    OPEN = "open", "przed nami"
    DONE = "done", "zrobione"
    PARTLY = "partly", "częściowo"
    MISSED = "missed", "tym razem się nie udało"


class PeriodStep(TextChoices):
    """Art. 15 ust. 2 and 3: what the manager decides about the time of a participation."""

    QUALIFIED = "qualified", "kwalifikacja po okresie próbnym"
    EXTENDED = "extended", "przedłużenie"


class Basis(TextChoices):
    """Art. 15 ust. 3: on what an extension rests."""

    MOTION = "motion", "wniosek pracownika socjalnego"
    OPINION = "opinion", "opinia pracownika socjalnego"


class MotionState(TextChoices):
    """Art. 15 ust. 3: the social worker proposes an extension, the manager decides."""

    ASKED = "asked", "czeka na kierownika"
    GRANTED = "granted", "przedłużono"
    REFUSED = "refused", "nie przedłużono"
    WITHDRAWN = "withdrawn", "wycofany"


class EvaluationResult(TextChoices):
    ON_COURSE = "on_course", "program idzie dobrze"
    CHANGE = "change", "potrzebna zmiana programu"
    EXTEND = "extend", "potrzebne przedłużenie"
    END = "end", "program można zakończyć"


# Services and workshops


class Area(TextChoices):
    SOCIAL = "social", "reintegracja społeczna"
    VOCATIONAL = "vocational", "reintegracja zawodowa"


class Form(TextChoices):
    GROUP = "group", "w grupie"
    INDIVIDUAL = "individual", "indywidualnie"
    BOTH = "both", "w grupie lub indywidualnie"


class Dimension(TextChoices):
    COMPENSATORY = "compensatory", "kompensacyjna"
    PREVENTIVE = "preventive", "zapobiegawcza"
    PROMOTIONAL = "promotional", "rozwijająca"


class Provider(TextChoices):
    OWN = "own", "własna"
    PARTNER = "partner", "partnera"


class WorkshopKind(TextChoices):
    WORKSHOP = "workshop", "pracownia"
    EXTERNAL = "external", "warsztat zewnętrzny"
    GROUP = "group", "grupa zajęciowa"


class EntryPurpose(TextChoices):
    """Therapy and other appointments stand in a person's own plan, so that classes go around them."""

    CLASS = "class", "zajęcia"
    AWAY = "away", "czas zajęty poza jednostką"


class MeetingState(TextChoices):
    PLANNED = "planned", "zaplanowane"
    HELD = "held", "odbyły się"
    CANCELLED = "cancelled", "odwołane"


class FeedKind(TextChoices):
    """Whose plan a calendar on a telephone reads."""

    OWN = "own", "zajęcia, które prowadzę"
    WORKSHOP = "workshop", "jedna pracownia lub grupa"
    UNIT = "unit", "cała jednostka"


# Attendance


class MarkKind(TextChoices):
    PRESENT = "present", "obecność"
    UNEXCUSED = "unexcused", "nieobecność nieusprawiedliwiona"
    SICK = "sick", "choroba"
    FREE = "free", "dzień wolny"
    EXCUSED = "excused", "nieobecność usprawiedliwiona"
    EMPLOYER = "employer", "u pracodawcy"
    CLOSED = "closed", "jednostka zamknięta"


class PayRule(TextChoices):
    FULL = "full", "świadczenie bez zmian"
    PER_30 = "per_30", "świadczenie mniejsze o 1/30 za dzień"


class FreeDayState(TextChoices):
    ASKED = "asked", "czeka na zgodę"
    GRANTED = "granted", "zgoda"
    REFUSED = "refused", "odmowa"
    WITHDRAWN = "withdrawn", "wycofany"


class MonthState(TextChoices):
    OPEN = "open", "otwarty"
    CLOSED = "closed", "zamknięty"


# Duties


class DutyKind(TextChoices):
    """Art. 14 ust. 2-4: what a unit owes to everybody who takes part; the specialists are art. 3 ust. 1."""

    SAFETY = "safety", "szkolenie BHP"
    MEDICAL = "medical", "badania lekarskie"
    CLOTHING = "clothing", "odzież i obuwie robocze"
    PROTECTION = "protection", "środki ochrony indywidualnej"
    MEAL = "meal", "posiłek"
    ACCIDENT_COVER = "accident_cover", "informacja o zaopatrzeniu wypadkowym"
    SPECIALISTS = "specialists", "dostęp do psychologa, prawnika i doradcy"


class DutyEffect(TextChoices):
    BLOCKS = "blocks", "bez tego nie ma pierwszych zajęć"
    WARNS = "warns", "tylko przypomina"
    OFF = "off", "nie dotyczy jednostki"


class AccidentState(TextChoices):
    REPORTED = "reported", "zgłoszony"
    EXAMINED = "examined", "okoliczności ustalone"
    CONFIRMED = "confirmed", "protokół zatwierdzony"
    SENT = "sent", "przekazany do ZUS"
