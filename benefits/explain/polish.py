"""Polish: rows, readings and parameters keep their words where they already have them."""

from typing import Final

from benefits.explain.grammar import Grammar
from benefits.explain.texts import BalanceTexts, Frame, Say, Texts, Total
from benefits.rules.corrections import Change
from benefits.rules.rows import KINDS
from ipzs.rules.codes import BalanceKind
from reintegration.core.formats import MONTHS, MONTHS_GENITIVE, NBSP, plural
from reintegration.law.readings import READINGS

TEXTS: Final = Texts(
    grammar=Grammar(
        plural=plural,
        money="{}" + NBSP + "zł",
        percent="{}" + NBSP + "%",
        day_forms=("dzień", "dni", "dni"),
        conjunction="i",
        months=MONTHS,
        months_of_day=MONTHS_GENITIVE,
    ),
    frame=Frame(
        title="Skąd ta kwota?",
        what="Co",
        count="Ile",
        amount="Kwota",
        article="Podstawa",
        parameters="Liczby z ustawy",
        readings="Ustalenia jednostki",
        next="Co zrobi następna nieobecność w tym miesiącu",
        balances="Ile zostało",
        not_taken="Tego nie odejmujemy",
        mistake="Coś się nie zgadza? Powiedz nam. Pomyłkę poprawimy na następnej liście i napiszemy, za co.",
    ),
    rows={code: kind.label for code, kind in KINDS.items()},
    totals={
        Total.BENEFIT: "Świadczenie integracyjne",
        Total.PREMIUM: "Motywacyjna premia integracyjna",
        Total.TAX: "Podatek",
        Total.TO_PAY: "Do wypłaty",
    },
    sentences={
        Say.COUNT_AT_RATE: "{days} × {rate}",
        Say.DUE_WHOLE: (
            "Świadczenie należy się za cały miesiąc. Cały miesiąc to zawsze {whole}, także gdy w kalendarzu "
            "jest ich więcej albo mniej."
        ),
        Say.DUE_DAYS: "Dni, za które świadczenie się należy: {dates}.",
        Say.DUE_TOGETHER: (
            "Razem z okresem próbnym to cały miesiąc. Cały miesiąc to zawsze {whole}, także gdy w "
            "kalendarzu jest ich więcej albo mniej."
        ),
        Say.FULL: "Pełne świadczenie za miesiąc to {full}: {factor} zasiłku, który wynosi {allowance}.",
        Say.FULL_UP10: (
            "Pełne świadczenie za miesiąc to {full}: {factor} zasiłku, który wynosi {allowance}, "
            "zaokrąglone w górę do 10 groszy."
        ),
        Say.PER_DAY: "Za każdy dzień należy się {part} tej kwoty.",
        Say.UNEXCUSED: "Dni bez usprawiedliwienia: {dates}.",
        Say.SICK: "Dni choroby potwierdzonej przez lekarza: {dates}. Mieszczą się w limicie ({limit}).",
        Say.SICK_TRIAL: "Dni choroby w okresie próbnym: {dates}.",
        Say.SICK_OVER: (
            "Dni choroby ponad limit ({limit}): {dates}. Za dni ponad limit świadczenie nie przysługuje."
        ),
        Say.NOT_DUE: "Dlatego nie ma ich wśród dni, za które świadczenie się należy.",
        Say.EXCUSED: "Inne usprawiedliwione dni: {dates}.",
        Say.FREE: "Dni wolne: {dates}. Za dni wolne świadczenie należy się w całości.",
        Say.TAKES_FULL: "Za każdy taki dzień odejmujemy {part} pełnego świadczenia.",
        Say.TAKES_PRORATED: (
            "Za każdy taki dzień odejmujemy {part} świadczenia policzonego za dni, za które się należy."
        ),
        Say.TAKES_NOTHING: "Za te dni nic nie odejmujemy.",
        Say.FORFEITED: (
            "Dni bez usprawiedliwienia w tym miesiącu: {dates}. Razem to {count}. Gdy jest ich więcej niż "
            "{most}, świadczenie za ten miesiąc nie przysługuje."
        ),
        Say.FORFEITED_RUN: (
            "Dni zajęć z rzędu bez usprawiedliwienia: {dates}. Razem to {count}. Gdy jest ich z rzędu "
            "więcej niż {most}, świadczenie za ten miesiąc nie przysługuje."
        ),
        Say.FLOOR: (
            "Razem trzeba by odjąć więcej, niż wynosi świadczenie. Świadczenie nie może być mniejsze od "
            "zera, więc tę różnicę dodajemy."
        ),
        Say.ROUNDING: "Każdy wiersz zaokrąglamy do grosza. Ta kwota wyrównuje ich sumę.",
        Say.ROUNDING_UP10: (
            "Świadczenie zaokrąglamy w górę do 10 groszy, a każdy wiersz do grosza. Ta kwota wyrównuje "
            "różnicę."
        ),
        Say.BENEFIT: "Suma wierszy powyżej.",
        Say.NOT_GRANTED: "Świadczenie nie jest przyznane. Przyznaje je kierownik na wniosek uczestnika.",
        Say.GRANTED_LATER: "Świadczenie jest przyznane od {day}, a więc nie za ten miesiąc.",
        Say.NO_DAYS: "W tym miesiącu nie ma dnia, za który świadczenie się należy.",
        Say.PREMIUM: "Premię przyznał kierownik. Centrum płaci ją z własnych pieniędzy.",
        Say.TAX: "To {rate} świadczenia.",
        Say.TAX_WITH_PREMIUM: "To {rate} świadczenia i premii.",
        Say.TAX_ON_ALL: "To {rate} wszystkich kwot powyżej razem.",
        Say.TAX_TOGETHER: (
            "Masz na tej liście dwa rozliczenia albo więcej. Podatek liczymy raz, od "
            "wszystkich kwot razem: to {rate} z {income}."
        ),
        Say.TAX_ELSEWHERE: (
            "Cały podatek to {tax}. To, czego nie odejmujemy tutaj, odejmujemy na innym "
            "rozliczeniu z tej listy."
        ),
        Say.TAX_PIT2: (
            "Od podatku odejmujemy {reduction}, bo mamy oświadczenie PIT-2. Liczymy w pełnych złotych."
        ),
        Say.TAX_PIT2_PART: (
            "Od podatku odejmujemy {left}, bo mamy oświadczenie PIT-2. Resztę z {reduction} na ten miesiąc "
            "odejmujemy przy innej wypłacie. Liczymy w pełnych złotych."
        ),
        Say.TAX_PIT2_USED: (
            "Mamy oświadczenie PIT-2, ale {reduction} na ten miesiąc odejmujemy już przy innej wypłacie. "
            "Liczymy w pełnych złotych."
        ),
        Say.TAX_PIT2_OVER: (
            "Nie odejmujemy od podatku {reduction}: oświadczenie PIT-2 działało do końca uczestnictwa, a ta "
            "wypłata jest później. Nowe oświadczenie obejmie następne wypłaty. Liczymy w pełnych złotych."
        ),
        Say.TAX_NO_PIT2: "Nie mamy oświadczenia PIT-2. Liczymy w pełnych złotych.",
        Say.TAX_NONE: "Podatku za ten miesiąc nie ma.",
        Say.TO_PAY: "Świadczenie po odjęciu podatku.",
        Say.TO_PAY_WITH_PREMIUM: "Świadczenie i premia po odjęciu podatku.",
        Say.TO_PAY_ALL: "Wszystko razem po odjęciu podatku.",
        Say.CORRECTION: "Wyrównanie za: {month}",
        Say.NOT_PAID: "Ten miesiąc nie był jeszcze wypłacony.",
        Say.CHANGED: "Od wypłaty zmieniły się: {changes}.",
        Say.ADDED: "doszły: {dates}",
        Say.REMOVED: "odpadły: {dates}",
        Say.CARRIED: "Cała różnica to {difference}. Reszta przejdzie na następną listę.",
        Say.NOT_TAKEN: "Cała różnica to {difference}. Bez zgody albo decyzji jej nie odejmujemy.",
        Say.CONTRIBUTIONS: (
            "Składki emerytalną ({pension}) i rentową ({disability}) opłaca Fundusz Pracy. "
            "Ten miesiąc liczy się do emerytury."
        ),
        Say.BELONGS_DUE: "Należą do miesiąca, za który jest świadczenie: {month}.",
        Say.BELONGS_PAID: "Należą do miesiąca wypłaty: {month}.",
        Say.BELONGS_LATER: "Należą do miesiąca wypłaty. Będzie znany, gdy pieniądze wyjdą.",
        Say.BELONGS_CORRECTED: "Składki od wyrównania należą do miesiąca, który wyrównujemy.",
        Say.PROTECTED: "Świadczenie jest wolne od egzekucji: komornik nie może go zająć.",
        Say.NEXT_UNEXCUSED: "Jeszcze jeden dzień bez usprawiedliwienia:",
        Say.NEXT_SICK: "Jeszcze jeden dzień choroby ze zwolnieniem:",
        Say.NEXT_FREE: "Jeszcze jeden dzień wolny:",
        Say.LESS: "{what} świadczenie mniejsze o {amount}.",
        Say.MORE: "{what} świadczenie większe o {amount}.",
        Say.SAME: "{what} świadczenie bez zmian.",
        Say.FORFEITS: "{what} całe świadczenie za ten miesiąc przepada ({amount}).",
    },
    changes={
        Change.PARTICIPATION: "dni uczestnictwa",
        Change.GRANT: "dzień, od którego świadczenie jest przyznane",
        Change.UNEXCUSED: "dni bez usprawiedliwienia",
        Change.SICK: "dni choroby",
        Change.EXCUSED: "inne usprawiedliwione dni",
        Change.FREE: "dni wolne",
        Change.CLASS_DAYS: "dni zajęć",
        Change.OPENING: "dni choroby wykorzystane wcześniej",
        Change.READINGS: "ustalenia jednostki",
        Change.LAW: "liczby z ustawy",
    },
    balances={
        BalanceKind.FREE: BalanceTexts(
            label="Dni wolne",
            left=(
                "Został {left} dzień wolny z {limit}.",
                "Zostały {left} dni wolne z {limit}.",
                "Zostało {left} dni wolnych z {limit}.",
            ),
            none="Dni wolne są wykorzystane: {used} z {limit}.",
            over="Dni wolnych było więcej, niż się należy: {used} zamiast {limit}.",
            in_trial="W okresie próbnym nie ma dni wolnych.",
        ),
        BalanceKind.SICK: BalanceTexts(
            label="Dni choroby w limicie",
            left=(
                "W limicie choroby został {left} dzień z {limit}.",
                "W limicie choroby zostały {left} dni z {limit}.",
                "W limicie choroby zostało {left} dni z {limit}.",
            ),
            none="Limit choroby jest wykorzystany: {used} z {limit}. Za dalsze dni świadczenia nie ma.",
            over="Limit choroby jest przekroczony: {used}, a limit to {limit}.",
            in_trial="Limit choroby liczy się dopiero po okresie próbnym.",
        ),
        BalanceKind.UNEXCUSED: BalanceTexts(
            label="Dni bez usprawiedliwienia w miesiącu",
            left=("Było: {used}. Świadczenie za miesiąc przepada, gdy jest ich więcej niż {limit}.",) * 3,
            none="Było: {used}. Przy następnym świadczenie za miesiąc przepada.",
            over="Było: {used}. Świadczenie za miesiąc przepadło, bo granica to {limit}.",
            in_trial="",
        ),
    },
    in_a_row=BalanceTexts(
        label="Dni bez usprawiedliwienia z rzędu",
        left=("Było: {used}. Świadczenie za miesiąc przepada, gdy z rzędu jest ich więcej niż {limit}.",) * 3,
        none="Było: {used}. Przy następnym z rzędu świadczenie za miesiąc przepada.",
        over="Było: {used}. Świadczenie za miesiąc przepadło, bo granica to {limit} z rzędu.",
        in_trial="",
    ),
    parameters=None,
    readings={key: spec.label for key, spec in READINGS.items()},
    answers={(key, one.value): one.label for key, spec in READINGS.items() for one in spec.options},
    articles={},
)
