"""Choices of organisations, members and staff."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    UNIT = "unit", "jednostka (CIS, KIS)"
    REFERRING_BODY = "referring_body", "podmiot kierujący"
    VOIVODE_OFFICE = "voivode_office", "urząd wojewódzki"
    OPERATOR = "operator", "operator systemu"


class UnitType(TextChoices):
    CIS = "CIS", "Centrum Integracji Społecznej"
    KIS = "KIS", "Klub Integracji Społecznej"


class BodyType(TextChoices):
    OPS = "OPS", "ośrodek pomocy społecznej"
    CUS = "CUS", "centrum usług społecznych"
    PCPR = "PCPR", "powiatowe centrum pomocy rodzinie"
    PUP = "PUP", "powiatowy urząd pracy"
    CLINIC = "clinic", "zakład lecznictwa odwykowego"
    NGO = "NGO", "organizacja pozarządowa"
    PRISON = "prison", "zakład karny"


class FounderKind(TextChoices):
    """Art. 3 ust. 2 and art. 18 ust. 2: who may create a unit."""

    LOCAL_GOVERNMENT = "local_government", "jednostka samorządu terytorialnego"
    NGO = "ngo", "organizacja pozarządowa"
    CHURCH = "church", "kościelna osoba prawna"
    COOPERATIVE = "cooperative", "spółdzielnia socjalna"


class Voivodeship(TextChoices):
    """TERYT codes of the sixteen voivodeships."""

    DOLNOSLASKIE = "02", "dolnośląskie"
    KUJAWSKO_POMORSKIE = "04", "kujawsko-pomorskie"
    LUBELSKIE = "06", "lubelskie"
    LUBUSKIE = "08", "lubuskie"
    LODZKIE = "10", "łódzkie"
    MALOPOLSKIE = "12", "małopolskie"
    MAZOWIECKIE = "14", "mazowieckie"
    OPOLSKIE = "16", "opolskie"
    PODKARPACKIE = "18", "podkarpackie"
    PODLASKIE = "20", "podlaskie"
    POMORSKIE = "22", "pomorskie"
    SLASKIE = "24", "śląskie"
    SWIETOKRZYSKIE = "26", "świętokrzyskie"
    WARMINSKO_MAZURSKIE = "28", "warmińsko-mazurskie"
    WIELKOPOLSKIE = "30", "wielkopolskie"
    ZACHODNIOPOMORSKIE = "32", "zachodniopomorskie"


class Role(TextChoices):
    MANAGER = "manager", "kierownik"
    SOCIAL_WORKER = "social_worker", "pracownik socjalny"
    CASE_MANAGER = "case_manager", "opiekun uczestnika"
    INSTRUCTOR = "instructor", "instruktor"
    SPECIALIST = "specialist", "specjalista"
    ACCOUNTANT = "accountant", "księgowy"
    OFFICE = "office", "biuro"
    BODY_WORKER = "worker", "pracownik podmiotu kierującego"
    BODY_HEAD = "head", "kierownik podmiotu kierującego"
    REGISTRAR = "registrar", "prowadzący rejestr"
    INSPECTOR = "inspector", "kontrolujący"
    OPERATOR = "operator", "operator"


UNIT_ROLES = frozenset(
    {
        Role.MANAGER,
        Role.SOCIAL_WORKER,
        Role.CASE_MANAGER,
        Role.INSTRUCTOR,
        Role.SPECIALIST,
        Role.ACCOUNTANT,
        Role.OFFICE,
    }
)
BODY_ROLES = frozenset({Role.BODY_WORKER, Role.BODY_HEAD})
OFFICE_ROLES = frozenset({Role.REGISTRAR, Role.INSPECTOR})
OPERATOR_ROLES = frozenset({Role.OPERATOR})
ALL_ROLES = UNIT_ROLES | BODY_ROLES | OFFICE_ROLES | OPERATOR_ROLES

ROLES_OF_KIND = {
    OrganisationKind.UNIT: UNIT_ROLES,
    OrganisationKind.REFERRING_BODY: BODY_ROLES,
    OrganisationKind.VOIVODE_OFFICE: OFFICE_ROLES,
    OrganisationKind.OPERATOR: OPERATOR_ROLES,
}


class StaffKind(TextChoices):
    """Art. 11: who works in a unit; volunteers are counted in the reports too.

    Those who lead come first, then those who work with people, then the office.
    """

    MANAGER = "manager", "kierownik"
    HEAD_SOCIAL = "head_social", "kierownik działu reintegracji społecznej"
    HEAD_VOCATIONAL = "head_vocational", "kierownik działu reintegracji zawodowej"
    COORDINATOR = "coordinator", "koordynator"
    SOCIAL_WORKER = "social_worker", "pracownik socjalny"
    INSTRUCTOR = "instructor", "instruktor zawodu"
    CARER = "carer", "opiekun grupy"
    PSYCHOLOGIST = "psychologist", "psycholog"
    PEDAGOGUE = "pedagogue", "pedagog"
    THERAPIST = "therapist", "terapeuta"
    VOCATIONAL_ADVISER = "vocational_adviser", "doradca zawodowy"
    LAWYER = "lawyer", "prawnik"
    FINANCE = "finance", "finanse"
    ADMINISTRATION = "administration", "administracja"
    SUPPORTED = "supported", "zatrudnienie wspierane (art. 16)"
    OTHER = "other", "inny pracownik"
    VOLUNTEER = "volunteer", "wolontariusz"


class WorkBasis(TextChoices):
    EMPLOYMENT = "employment", "umowa o pracę"
    MANDATE = "mandate", "umowa zlecenia"
    SPECIFIC_WORK = "specific_work", "umowa o dzieło"
    SECONDMENT = "secondment", "oddelegowanie"
    B2B = "b2b", "umowa o świadczenie usług"
    VOLUNTEERING = "volunteering", "porozumienie o wolontariacie"
