"""What can be done with notices, and by whom."""

from reintegration.tenancy.actions import action, public_action
from reintegration.tenancy.enums import ALL_ROLES, OPERATOR_ROLES

DESK = action("notices.desk.view", "Pulpit", roles=ALL_ROLES)
NOTICE_LIST = action("notices.notice.list", "Własne powiadomienia", roles=ALL_ROLES)
NOTICE_READ = action("notices.notice.read", "Oznaczenie powiadomień jako przeczytanych", roles=ALL_ROLES)
PREFERENCE_EDIT = action("notices.preference.edit", "Ustawienia powiadomień", roles=ALL_ROLES)
MAIL_DECIDE = action("notices.mail.decide", "Rozstrzygnięcie niepewnej wiadomości", roles=OPERATOR_ROLES)
DEMO_MAIL = public_action("notices.demo_mail.list", "Poczta dema")
