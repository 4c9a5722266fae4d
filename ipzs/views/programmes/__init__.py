"""The screens of programmes and contracts: the tab of a file, the writing, the course, and the end."""

from django.urls import URLPattern, path

from ipzs.views.programmes import course, ends, entered, page, periods, writing

FILE = "uczestnicy/<uuid:pk>/program/"
ONE, VERSION, DECISION = "programy/<uuid:pk>/", "programy/wersje/<uuid:pk>/", "programy/decyzje/<uuid:pk>/"
MOTION = "programy/wnioski/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path(FILE, page.ProgrammeShow.as_view(), name="programme_show"),
    path(f"{FILE}nowy/", page.programme_draft, name="programme_draft"),
    path(f"{FILE}z-papieru/", entered.Enter.as_view(), name="programme_enter"),
    path(f"{FILE}kwalifikacja/", periods.Qualify.as_view(), name="qualify"),
    path(f"{FILE}okres/", periods.ContractPeriod.as_view(), name="contract_period"),
    path(f"{FILE}przedluzenie/", periods.Extend.as_view(), name="extend"),
    path(f"{FILE}wniosek/", periods.AskExtension.as_view(), name="motion_add"),
    path(f"{MOTION}odmowa/", periods.RefuseExtension.as_view(), name="motion_refuse"),
    path(f"{MOTION}wycofanie/", periods.WithdrawMotion.as_view(), name="motion_withdraw"),
    path("programy/kwalifikacje/<uuid:pk>/", periods.Told.as_view(), name="period_told"),
    path(f"{VERSION}", page.VersionShow.as_view(), name="version_show"),
    path(f"{VERSION}druk/", page.version_print, name="version_print"),
    path(f"{VERSION}okres/", writing.Terms.as_view(), name="version_terms"),
    path(f"{VERSION}cele/", writing.Goals.as_view(), name="version_goals"),
    path(f"{VERSION}zakres/", writing.Texts.as_view(), name="version_texts"),
    path(f"{VERSION}uslugi/", writing.Services.as_view(), name="version_services"),
    path(f"{VERSION}osoby/", writing.People.as_view(), name="version_people"),
    path(f"{VERSION}gotowa/", page.version_ready, name="version_ready"),
    path(f"{VERSION}szkic/", page.version_back, name="version_back"),
    path(f"{VERSION}porzucenie/", writing.Discard.as_view(), name="version_discard"),
    path(f"{VERSION}podpisy/", writing.Sign.as_view(), name="version_sign"),
    path(f"{ONE}aneks/", writing.Annex.as_view(), name="annex_add"),
    path(f"{ONE}poprawka/", page.programme_revise, name="programme_revise"),
    path(f"{ONE}krok/<uuid:step>/", course.Step.as_view(), name="step_record"),
    path(f"{ONE}ocena/", course.PlanEvaluation.as_view(), name="evaluation_add"),
    path("programy/oceny/<uuid:pk>/", course.HoldEvaluation.as_view(), name="evaluation_hold"),
    path(f"{ONE}koniec/oswiadczenie/", ends.Statement.as_view(), name="end_statement"),
    path(f"{ONE}koniec/praca/", ends.Work.as_view(), name="end_work"),
    path(f"{ONE}koniec/po-pracy/", ends.AfterWork.as_view(), name="end_after_work"),
    path(f"{ONE}koniec/okres/", ends.PeriodOver.as_view(), name="end_period"),
    path(f"{ONE}koniec/inny/", ends.Other.as_view(), name="end_other"),
    path(f"{ONE}decyzja/", ends.DecisionAdd.as_view(), name="decision_add"),
    path(f"{DECISION}", ends.DecisionEdit.as_view(), name="decision_edit"),
    path(f"{DECISION}wydanie/", ends.Issue.as_view(), name="decision_issue"),
    path(f"{DECISION}doreczenie/", ends.Deliver.as_view(), name="decision_deliver"),
    path(f"{DECISION}skarga/", ends.Complain.as_view(), name="decision_complain"),
    path(f"{DECISION}wyrok/", ends.Judge.as_view(), name="decision_judge"),
    path(f"{DECISION}porzucenie/", ends.Withdraw.as_view(), name="decision_withdraw"),
]
