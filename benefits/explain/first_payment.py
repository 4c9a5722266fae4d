"""The card of the first payment, which somebody takes home before anything is signed."""

from collections.abc import Mapping
from typing import Final

FIRST_PAYMENT: Final[Mapping[str, Mapping[str, str]]] = {
    "pl": {
        "title": "Pierwsza wypłata świadczenia",
        "lead": "Jeżeli zaczniesz {start}, dostaniesz:",
        "month": "Za miesiąc",
        "days": "Dni, za które się należy",
        "amount": "Do wypłaty",
        "paid_by": "Najpóźniej",
        "part": "{days} z 30",
        "arrears": (
            "Świadczenie jest wypłacane z dołu: za miesiąc, który minął. W pierwszym miesiącu jest "
            "mniejsze, bo liczą się dni od początku uczestnictwa."
        ),
        "less": (
            "Kwoty są bez nieobecności. Każdy dzień nieusprawiedliwiony zmniejsza świadczenie o 1/20, "
            "a po więcej niż 3 takich dniach w miesiącu świadczenie przepada."
        ),
        "tax": "Podatek jest już odjęty.",
        "bridge": "Gdy nie masz z czego żyć do pierwszej wypłaty, powiedz o tym pracownikowi socjalnemu.",
        "help_title": "Pomoc z OPS i świadczenie, na miesiąc",
        "help_what": "Skąd",
        "help_now": "Teraz",
        "help_then": "Ze świadczeniem",
        "help_ops": "Z OPS (wpisał pracownik)",
        "help_benefit": "Świadczenie (policzone)",
        "help_total": "Razem",
        "help_unknown": "nie wiadomo",
        "help_note": (
            "Ile da OPS, mówi jego decyzja. Świadczenie liczy się do dochodu, więc OPS może zmienić "
            "swoją pomoc."
        ),
        "health_title": "Ubezpieczenie zdrowotne",
        "health_what": "Co ubezpiecza",
        "health_from": "Od",
        "health_to": "Do",
        "health_days": "Dni",
        "health_own": "własne ubezpieczenie",
        "health_programme": "program: zgłasza OPS",
        "health_family": "członek rodziny",
        "health_decision": "decyzja wójta, burmistrza lub prezydenta",
        "health_after": "30 dni po poprzednim ubezpieczeniu",
        "health_gap_row": "nic",
        "health_gap": (
            "Przez {days} nikt nie płaci za leczenie. Może Cię zgłosić ktoś z rodziny, kto ma "
            "ubezpieczenie. Kto ma mały dochód, może przez OPS dostać decyzję wójta na 90 dni."
        ),
        "health_unasked": "Nikt jeszcze nie wpisał, czy masz ubezpieczenie. Bez niego będzie tak:",
    },
    "uk": {
        "title": "Перша виплата допомоги",
        "lead": "Якщо почнеш {start}, отримаєш:",
        "month": "За місяць",
        "days": "Дні, за які належить",
        "amount": "До виплати",
        "paid_by": "Не пізніше",
        "part": "{days} з 30",
        "arrears": (
            "Допомога виплачується за місяць, що минув. У першому місяці вона менша, бо рахуються дні "
            "від початку участі."
        ),
        "less": (
            "Суми без пропусків. Кожен день без поважної причини зменшує допомогу на 1/20, а якщо "
            "таких днів у місяці більше ніж 3, допомога не виплачується."
        ),
        "tax": "Податок уже відраховано.",
        "bridge": "Якщо до першої виплати тобі немає на що жити, скажи про це соціальному працівнику.",
        "help_title": "Допомога з OPS і ця виплата, на місяць",
        "help_what": "Звідки",
        "help_now": "Зараз",
        "help_then": "З виплатою",
        "help_ops": "З OPS (вписав працівник)",
        "help_benefit": "Виплата (пораховано)",
        "help_total": "Разом",
        "help_unknown": "невідомо",
        "help_note": (
            "Скільки дасть OPS, каже його рішення. Виплата рахується як дохід, тому OPS може змінити "
            "свою допомогу."
        ),
        "health_title": "Медичне страхування",
        "health_what": "Що страхує",
        "health_from": "Від",
        "health_to": "До",
        "health_days": "Дні",
        "health_own": "власне страхування",
        "health_programme": "програма: заявляє OPS",
        "health_family": "член сім'ї",
        "health_decision": "рішення війта, бурмістра або президента міста",
        "health_after": "30 днів після попереднього страхування",
        "health_gap_row": "нічого",
        "health_gap": (
            "Протягом {days} ніхто не платить за лікування. Тебе може заявити хтось із сім'ї, хто має "
            "страхування. Хто має малий дохід, може через OPS отримати рішення війта на 90 днів."
        ),
        "health_unasked": "Ніхто ще не вписав, чи маєш страхування. Без нього буде так:",
    },
    "en": {
        "title": "First payment of the benefit",
        "lead": "If you begin on {start}, you will get:",
        "month": "For the month",
        "days": "Days that count",
        "amount": "Paid out",
        "paid_by": "At the latest",
        "part": "{days} of 30",
        "arrears": (
            "The benefit is paid for the month that has passed. In the first month it is smaller, "
            "because only the days from your first day count."
        ),
        "less": (
            "The amounts are without absences. Each unexcused day takes away 1/20, and after more than "
            "3 such days in a month there is no benefit for it."
        ),
        "tax": "The tax has been taken off already.",
        "bridge": "If you have nothing to live on until the first payment, tell the social worker.",
        "help_title": "Help from the OPS and the benefit, per month",
        "help_what": "From where",
        "help_now": "Now",
        "help_then": "With the benefit",
        "help_ops": "From the OPS (typed by a worker)",
        "help_benefit": "Benefit (counted)",
        "help_total": "Together",
        "help_unknown": "not known",
        "help_note": (
            "How much the OPS gives is said by its decision. The benefit counts as income, so the OPS "
            "may change its help."
        ),
        "health_title": "Health insurance",
        "health_what": "What insures you",
        "health_from": "From",
        "health_to": "To",
        "health_days": "Days",
        "health_own": "your own insurance",
        "health_programme": "the programme: the OPS registers you",
        "health_family": "a family member",
        "health_decision": "a decision of the mayor",
        "health_after": "30 days after the previous insurance",
        "health_gap_row": "nothing",
        "health_gap": (
            "For {days} nobody pays for a doctor. A family member who is insured can register you. "
            "With a low income you can ask, through the OPS, for a decision of the mayor for 90 days."
        ),
        "health_unasked": (
            "Nobody has written down yet whether you are insured. If you are not, this is how it will be:"
        ),
    },
}
