"""Who may do what with programmes and contracts."""

from participants.perms import CASE, HELPERS, LEADS, MANAGER
from reintegration.tenancy.actions import action

SHOW = action("ipzs.programme.show", "Program: przeglądanie", roles=HELPERS)
PRINT = action("ipzs.programme.print", "Program: wydruk", roles=HELPERS)
WRITE = action("ipzs.programme.write", "Program: pisanie i zmiana", roles=CASE)
SIGN = action("ipzs.programme.sign", "Program: podpisy", roles=CASE)
STEP = action("ipzs.step.record", "Program: wynik kroku", roles=HELPERS)
EVALUATE = action("ipzs.evaluation.hold", "Program: wspólna ocena", roles=CASE)
# Art. 15 ust. 2 and 3: the manager decides, the social worker moves it or gives an opinion.
PERIOD = action("ipzs.period.decide", "Kwalifikacja i przedłużenie", roles=MANAGER)
MOTION = action("ipzs.motion.write", "Wniosek albo opinia o przedłużeniu", roles=LEADS)
TELL = action("ipzs.period.tell", "Powiadomienie ośrodka o kwalifikacji", roles=LEADS)
CONTRACT_PERIOD = action("ipzs.contract_period.begin", "Okres z kontraktu KIS", roles=LEADS)
END = action("ipzs.programme.end", "Program: zakończenie", roles=CASE)
DECISION = action("ipzs.decision.write", "Decyzja o zaprzestaniu: projekt", roles=CASE)
DECISION_ISSUE = action("ipzs.decision.issue", "Decyzja o zaprzestaniu: wydanie", roles=MANAGER)
DECISION_FOLLOW = action(
    "ipzs.decision.follow", "Decyzja o zaprzestaniu: doręczenie, skarga i wyrok", roles=CASE
)
