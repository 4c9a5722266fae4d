"""Who arranges the plan, who writes the journal of classes, and who confirms what somebody has learnt."""

from ipzs.perms.catalogue import PLANNERS
from participants.perms import CASE, HELPERS, TEAM
from reintegration.tenancy.actions import action, public_action

PLAN_SHOW = action("ipzs.timetable.show", "Plan zajęć", roles=TEAM)
PLAN_EDIT = action("ipzs.timetable.edit", "Plan zajęć: wpisanie i zmiana", roles=PLANNERS)
HOURS_SHOW = action("ipzs.hours.show", "Godziny zajęć uczestników", roles=PLANNERS)

FEED_LIST = action("ipzs.feed.list", "Plan w kalendarzu telefonu", roles=TEAM)
FEED_MAKE = action("ipzs.feed.make", "Plan w kalendarzu telefonu: nowy adres", roles=TEAM)
FEED_REVOKE = action("ipzs.feed.revoke", "Plan w kalendarzu telefonu: odebranie adresu", roles=TEAM)
FEED_READ = public_action("ipzs.feed.read", "Plan w kalendarzu telefonu: odczyt po tajnym adresie")

MEETING_LIST = action("ipzs.meeting.list", "Zajęcia dnia", roles=TEAM)
MEETING_WRITE = action("ipzs.meeting.write", "Dziennik zajęć: wpis", roles=HELPERS)
JOURNAL = action("ipzs.journal.show", "Dziennik zajęć", roles=TEAM)

CLASSES_SHOW = action("ipzs.classes.show", "Zajęcia uczestnika", roles=TEAM)
PLACEMENT_EDIT = action("ipzs.placement.edit", "Praktyka u pracodawcy", roles=CASE)
SKILL_EDIT = action("ipzs.skill.edit", "Umiejętności praktyczne: potwierdzenie", roles=PLANNERS)
