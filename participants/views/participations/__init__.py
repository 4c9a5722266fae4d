"""The screens of files: the list, one file, its forms, and what a body is to agree to."""

from django.urls import URLPattern, path

from participants.views.participations import agreements, ends, files, lists, periods, settings, team

urlpatterns: list[URLPattern] = [
    path("uczestnicy/", lists.ParticipationList.as_view(), name="list"),
    path("uczestnicy/przekazanie/", team.Caseloads.as_view(), name="caseload_list"),
    path("uczestnicy/przekazanie/<uuid:pk>/", team.HandOver.as_view(), name="caseload_hand_over"),
    path("uczestnicy/zespol/<uuid:pk>/koniec/", team.TeamEnd.as_view(), name="team_end"),
    path("osoby/<uuid:pk>/sprawa/", files.Open.as_view(), name="participation_open"),
    path("uczestnicy/<uuid:pk>/", files.Overview.as_view(), name="file"),
    path("uczestnicy/<uuid:pk>/historia/", files.History.as_view(), name="file_history"),
    path("uczestnicy/<uuid:pk>/inna-jednostka/", files.Elsewhere.as_view(), name="file_elsewhere"),
    path("uczestnicy/<uuid:pk>/opiekun/", team.CaseManager.as_view(), name="case_manager"),
    path("uczestnicy/<uuid:pk>/zespol/", team.TeamAdd.as_view(), name="team_add"),
    path("uczestnicy/<uuid:pk>/uzgodnienie/pismo/", agreements.Record.as_view(), name="agreement_record"),
    path("uczestnicy/<uuid:pk>/okres-probny/", periods.Trial.as_view(), name="trial_start"),
    path("uczestnicy/<uuid:pk>/okresy/", periods.Edit.as_view(), name="periods_edit"),
    path("uczestnicy/<uuid:pk>/zakonczenie/", ends.End.as_view(), name="end"),
    path("uczestnicy/<uuid:pk>/zakonczenie/poprawka/", ends.Correct.as_view(), name="end_correct"),
    path("uczestnicy/<uuid:pk>/ponowne-otwarcie/", ends.Reopen.as_view(), name="reopen"),
    path("uczestnicy/<uuid:pk>/zaswiadczenie/", ends.Certificate.as_view(), name="certificate"),
    path("uzgodnienia/", agreements.AskedList.as_view(), name="agreement_list"),
    path("uzgodnienia/<uuid:pk>/", agreements.Asked.as_view(), name="agreement"),
    path("uzgodnienia/<uuid:pk>/program/", agreements.programme_file, name="agreement_file"),
    path("ustawienia/przyjecia/", settings.IntakeSettingsPage.as_view(), name="intake_settings"),
]
