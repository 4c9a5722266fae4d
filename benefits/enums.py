"""Choices of the money of a CIS."""

from django.db.models import IntegerChoices, TextChoices


class GrantState(TextChoices):
    """A person applies, the manager decides (art. 15 ust. 4)."""

    ASKED = "asked", "czeka na decyzję"
    GRANTED = "granted", "przyznane"
    REFUSED = "refused", "odmowa"
    WITHDRAWN = "withdrawn", "wycofany"


class PayMethod(TextChoices):
    TRANSFER = "transfer", "przelew"
    CASH = "cash", "gotówka w kasie"
    POST = "post", "przekaz pocztowy"


class TitleKind(TextChoices):
    """Who receives the benefit is insured by it, unless insured otherwise (art. 9 ust. 6a of the SUS act)."""

    BENEFIT = "benefit", "świadczenie integracyjne"
    OTHER = "other", "inny tytuł, CIS nie zgłasza"


class HealthKind(TextChoices):
    """By what a person sees a doctor besides the programme; `rules.health.Cover` has the same values.

    One word for work, a pension and the labour office: which of them it is changes nothing in the rules.
    """

    OWN = "own", "własny tytuł (praca, emerytura lub renta, urząd pracy)"
    FAMILY = "family", "członek rodziny osoby ubezpieczonej"
    DECISION = "decision", "decyzja wójta, burmistrza lub prezydenta"
    # Somebody asked, and there is none: the warning then speaks of what is known.
    NONE = "none", "bez ubezpieczenia"


class CountedBy(TextChoices):
    """To which month contributions belong; `zus.facts` has the same values."""

    DUE = "due", "miesiąc, za który jest świadczenie"
    PAID = "paid", "miesiąc, w którym świadczenie wypłacono"


class ContributionTerm(IntegerChoices):
    """By which day of the next month a payer pays (art. 47 ust. 1 of the SUS act)."""

    BUDGET_UNIT = 5, "do 5. dnia: jednostka albo samorządowy zakład budżetowy"
    LEGAL_PERSON = 15, "do 15. dnia: fundacja, stowarzyszenie, spółdzielnia"
    ANYBODY_ELSE = 20, "do 20. dnia: pozostali płatnicy"


class PublicKind(TextChoices):
    """To which office money goes."""

    ZUS = "zus", "ZUS"
    TAX = "tax", "urząd skarbowy"


class ListState(TextChoices):
    """The way of a payroll list; what comes after `paid` comes with the settlement."""

    OPEN = "open", "robocza"
    LOCKED = "locked", "czeka na sprawdzenie"
    CHECKED = "checked", "czeka na zatwierdzenie"
    HALF = "half", "czeka na drugie zatwierdzenie"
    APPROVED = "approved", "zatwierdzona"
    PAID = "paid", "wypłacona"
    SETTLED = "settled", "rozliczona"
    CLOSED = "closed", "zamknięta"
    ABANDONED = "abandoned", "porzucona"


class RecoveryKind(TextChoices):
    """Why money that was paid too much may be taken from a later payment."""

    CONSENT = "consent", "zgoda osoby"
    DECISION = "decision", "decyzja"


class PremiumState(TextChoices):
    """An instructor proposes a premium, the manager decides (art. 15a)."""

    PROPOSED = "proposed", "propozycja"
    GRANTED = "granted", "przyznana"
    REFUSED = "refused", "nieprzyznana"
    WITHDRAWN = "withdrawn", "wycofana"


class BankFormat(TextChoices):
    """What the unit's bank reads; the last two are versions of ISO 20022."""

    ELIXIR = "elixir", "Elixir-0"
    PAIN_03 = "pain.001.001.03", "pain.001.001.03 (XML)"
    PAIN_09 = "pain.001.001.09", "pain.001.001.09 (XML)"


class BankEncoding(TextChoices):
    CP1250 = "cp1250", "CP 1250"
    CP852 = "cp852", "CP 852"
    UTF8 = "utf-8", "UTF-8"


class BankAddresses(TextChoices):
    LINES = "lines", "w dwóch wierszach"
    STRUCTURED = "structured", "ulica, numer, kod i miejscowość osobno"


class TransferPurpose(TextChoices):
    """What a file of transfers is for: the payment of a list, or what came back and goes out again."""

    PAYMENT = "payment", "wypłata"
    AGAIN = "again", "wypłata jeszcze raz"


class AnswerFormat(TextChoices):
    """How the bank writes a statement of the account."""

    MT940 = "mt940", "MT940"
    CAMT = "camt.053", "camt.053 (XML)"


class BookingState(TextChoices):
    """Whether somebody knows what a booking of the bank is."""

    OPEN = "open", "do rozstrzygnięcia"
    MATCHED = "matched", "dopasowana"
    ASIDE = "aside", "odłożona"


class PayPart(TextChoices):
    """What of a statement goes out as one payment; at the till everything is one."""

    BENEFIT = "benefit", "świadczenie"
    PREMIUM = "premium", "premia"
    WHOLE = "whole", "całość wypłaty"


class LineState(TextChoices):
    """How one sending of a payment stands."""

    PLANNED = "planned", "do wysłania"
    SENT = "sent", "wysłana"
    PAID = "paid", "wypłacona"
    RETURNED = "returned", "wróciła"
    DROPPED = "dropped", "zaniechana"


class LedgerAccount(TextChoices):
    """Costs, what is owed to whom, and where the money is (`rules.ledger.Account`)."""

    BENEFITS = "benefits", "świadczenia integracyjne"
    CONTRIBUTIONS = "contributions", "składki od świadczeń"
    PREMIUMS = "premiums", "premie motywacyjne"
    REFUNDS = "refunds", "refundacje z Funduszu Pracy"
    PEOPLE = "people", "rozrachunki z osobami"
    TAX = "tax", "rozrachunki z urzędem skarbowym"
    ZUS = "zus", "rozrachunki z ZUS"
    LABOUR_FUND = "labour_fund", "rozrachunki z urzędem pracy"
    BANK = "bank", "rachunek bankowy"
    CASH = "cash", "kasa"


class LedgerEvent(TextChoices):
    """What is posted (`rules.ledger.Event`)."""

    ENTITLEMENT = "entitlement", "należne z listy"
    PAYMENT = "payment", "wypłata"
    RETURN = "return", "zwrot przelewu"
    AGAIN = "again", "ponowna wypłata"
    ZUS = "zus", "zapłata składek"
    TAX = "tax", "zapłata zaliczek na podatek"
    CLAIM = "claim", "wniosek o refundację"
    CUT = "cut", "zmniejszenie refundacji"
    RECEIPT = "receipt", "wpłata z urzędu pracy"
    GIVEN_BACK = "given_back", "zwrot do urzędu pracy"
    STORNO = "storno", "storno"


class FundAgreementState(TextChoices):
    """A unit asks the employment office for an agreement, and waits (art. 15 ust. 8)."""

    ASKED = "asked", "czeka na podpis"
    SIGNED = "signed", "podpisana"
    REFUSED = "refused", "odmowa"
    ENDED = "ended", "zakończona"


class FundMode(TextChoices):
    REFUND = "refund", "refundacja po wypłacie"
    ADVANCE = "advance", "zaliczka i jej rozliczenie"


class FundApplicationState(TextChoices):
    """An application is drawn up, sent, and settled when nothing of it is open."""

    DRAFT = "draft", "roboczy"
    SENT = "sent", "wysłany"
    SETTLED = "settled", "rozliczony"
    WITHDRAWN = "withdrawn", "wycofany"


class FundLineKind(TextChoices):
    """From where a line of an application comes."""

    OWN = "own", "świadczenie"
    CORRECTION = "correction", "wyrównanie"
    CARRIED = "carried", "z poprzedniego wniosku"


class FundReason(TextChoices):
    """Why less than the list gave is asked, or less than was asked is given."""

    PAPER = "paper", "brakuje dokumentu"
    PLACES = "places", "ponad liczbę miejsc"
    AMOUNT = "amount", "ponad kwotę z umowy"
    PERSON = "person", "urząd nie uznaje osoby"
    DAYS = "days", "inna liczba dni"
    PARTS = "parts", "inna kwota składek"
    ROUNDING = "rounding", "zaokrąglenie"
    UNPAID = "unpaid", "świadczenie nie dotarło do osoby"
    OTHER = "other", "inny powód"


class FundAdvanceState(TextChoices):
    ASKED = "asked", "czeka na urząd"
    PAID = "paid", "wpłynęła"
    REFUSED = "refused", "odmowa"
    WITHDRAWN = "withdrawn", "wycofany"


class FundReceiptKind(TextChoices):
    REFUND = "refund", "refundacja"
    ADVANCE = "advance", "zaliczka"
    GIVEN_BACK = "given_back", "zwrot do urzędu"


class JobPlace(TextChoices):
    """Where PUP refers to (art. 16 ust. 1 pkt 1); only work at an employer is refunded (ust. 2)."""

    EMPLOYER = "employer", "u pracodawcy"
    CENTRE = "centre", "w Centrum Integracji Społecznej"


class JobState(TextChoices):
    """The way of supported employment, from the motion to the last day of work (art. 16)."""

    DRAFTED = "drafted", "wniosek w przygotowaniu"
    SENT = "sent", "czeka na PUP"
    REFERRED = "referred", "skierowanie wydane"
    AGREED = "agreed", "umowa podpisana"
    WORKING = "working", "pracuje"
    COMPLETED = "completed", "przepracowane"
    BROKEN_OFF = "broken_off", "przerwane"
    FAILED = "failed", "bez skutku"


class JobFailure(TextChoices):
    """Why nobody began to work (PAIN-09)."""

    NO_MONEY = "no_money", "PUP nie ma środków"
    NO_OFFER = "no_offer", "nie ma oferty pracy"
    NO_ANSWER = "no_answer", "PUP nie odpowiada"
    CONDITIONS = "conditions", "PUP: warunki ustawy niespełnione"
    EMPLOYER = "employer", "pracodawca się wycofał"
    PERSON = "person", "osoba zrezygnowała"
    OTHER = "other", "inny powód"


class JobBreak(TextChoices):
    """Why somebody worked less than the agreement said."""

    PERSON = "person", "osoba odeszła z pracy"
    EMPLOYER = "employer", "pracodawca rozwiązał umowę"
    AGREED = "agreed", "rozstali się za porozumieniem"
    HEALTH = "health", "choroba"
    OTHER_JOB = "other_job", "osoba ma inną pracę"
    OTHER = "other", "inny powód"


class RefundState(TextChoices):
    """The refund of one month, from the employer's application to the money (art. 16 ust. 5)."""

    PREPARED = "prepared", "wniosek gotowy"
    ASKED = "asked", "czeka na PUP"
    PAID = "paid", "zapłacono"
    REFUSED = "refused", "odmowa"


class RefundRefusal(TextChoices):
    NO_MONEY = "no_money", "PUP nie ma środków"
    MISTAKE = "mistake", "błąd we wniosku"
    PAPERS = "papers", "brakuje dokumentów"
    OTHER = "other", "inny powód"
