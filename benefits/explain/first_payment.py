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
    },
}
