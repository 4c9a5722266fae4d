"""Who may do what with persons. The team knows who comes; what is sensitive is the case's."""

from participants.perms import CASE, KEEPERS, LEADS, TEAM
from reintegration.tenancy.actions import action

SEARCH = action("participants.person.search", "Szukanie osób", roles=TEAM)
SHOW = action("participants.person.show", "Osoba: dane", roles=TEAM)
ADD = action("participants.person.add", "Osoba: dodanie", roles=KEEPERS)
CHECK = action("participants.person.check", "Osoba: czy nie jest już w kartotece", roles=KEEPERS)
GMINA_FIND = action("participants.gmina.find", "Gmina: podpowiedzi", roles=KEEPERS)

IDENTITY_EDIT = action("participants.identity.edit", "Osoba: zmiana tożsamości", roles=KEEPERS)
ADDRESS_EDIT = action("participants.address.edit", "Osoba: zmiana adresu i kontaktu", roles=KEEPERS)
WORK_EDIT = action("participants.work.edit", "Osoba: zmiana wykształcenia i pracy", roles=CASE)
HOUSEHOLD_EDIT = action("participants.household.edit", "Osoba: zmiana sytuacji w domu", roles=CASE)

NUMBER_REVEAL = action("participants.number.reveal", "Odsłonięcie numeru PESEL lub dokumentu", roles=KEEPERS)
FACT_REVEAL = action("participants.fact.reveal", "Odsłonięcie danych wrażliwych", roles=CASE)

# What is known from a day to a day: one row of actions for each kind, in the order of the page.
PARTS = {
    "group": "Grupa z ustawy",
    "disability": "Orzeczenie o niepełnosprawności",
    "fact": "Informacja wrażliwa",
    "barrier": "Bariera",
    "income": "Dochód",
}
PART_ADD = {
    kind: action(f"participants.{kind}.add", f"{label}: dodanie", roles=CASE) for kind, label in PARTS.items()
}
PART_EDIT = {
    kind: action(f"participants.{kind}.edit", f"{label}: zmiana", roles=CASE) for kind, label in PARTS.items()
}
PART_END = {
    kind: action(f"participants.{kind}.end", f"{label}: zakończenie", roles=CASE)
    for kind, label in PARTS.items()
}
PART_REMOVE = {
    kind: action(f"participants.{kind}.remove", f"{label}: usunięcie pomyłki", roles=CASE)
    for kind, label in PARTS.items()
}

DOUBLE_LIST = action("participants.double.list", "Podobne osoby: lista", roles=LEADS)
DOUBLE_DISMISS = action("participants.double.dismiss", "Podobne osoby: to dwie różne", roles=LEADS)
DOUBLE_FIND = action("participants.double.find", "Podobne osoby: szukanie drugiego wpisu", roles=LEADS)
MERGE = action("participants.person.merge", "Połączenie dwóch wpisów jednej osoby", roles=LEADS)
