"""The screens of diagnoses, of specialists' opinions, and of the unit's surveys."""

from django.urls import URLPattern, path

from participants.views.diagnoses import filling, opinions, reading, templates

CASE = "uczestnicy/<uuid:pk>"
VERSION = "ustawienia/ankiety/wersja/<uuid:pk>"
SECTION = f"{VERSION}/czesc/<slug:section>"
QUESTION = f"{SECTION}/pytanie/<slug:question>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/diagnoza/", reading.DiagnosisList.as_view(), name="diagnosis_list"),
    path(f"{CASE}/diagnoza/nowa/", filling.Start.as_view(), name="diagnosis_start"),
    path(f"{CASE}/diagnoza/porownanie/", reading.Compare.as_view(), name="diagnosis_compare"),
    path(f"{CASE}/opinia/nowa/", opinions.Add.as_view(), name="specialist_opinion_add"),
    path("diagnozy/<uuid:pk>/", reading.Show.as_view(), name="diagnosis_show"),
    path("diagnozy/<uuid:pk>/czesc/<slug:section>/", filling.Fill.as_view(), name="diagnosis_fill"),
    path("diagnozy/<uuid:pk>/podsumowanie/", filling.Finish.as_view(), name="diagnosis_finish"),
    path("diagnozy/<uuid:pk>/usun/", filling.Drop.as_view(), name="diagnosis_drop"),
    path("diagnozy/<uuid:pk>/wydruk/", reading.Print.as_view(), name="diagnosis_print"),
    path("opinie-specjalistow/<uuid:pk>/", opinions.Show.as_view(), name="specialist_opinion_show"),
    path("opinie-specjalistow/<uuid:pk>/zmien/", opinions.Edit.as_view(), name="specialist_opinion_edit"),
    path("opinie-specjalistow/<uuid:pk>/podpisz/", opinions.Sign.as_view(), name="specialist_opinion_sign"),
    path("opinie-specjalistow/<uuid:pk>/usun/", opinions.Drop.as_view(), name="specialist_opinion_drop"),
    path("opinie-specjalistow/<uuid:pk>/wydruk/", opinions.Print.as_view(), name="specialist_opinion_print"),
    path("opinie-specjalistow/<uuid:pk>/dostep/", opinions.Grant.as_view(), name="specialist_opinion_grant"),
    path(
        "opinie-specjalistow/dostep/<uuid:pk>/",
        opinions.GrantEnd.as_view(),
        name="specialist_opinion_grant_end",
    ),
    path("ustawienia/ankiety/", templates.TemplateList.as_view(), name="template_list"),
    path("ustawienia/ankiety/<slug:key>/", templates.TemplateShow.as_view(), name="template_show"),
    path("ustawienia/ankiety/<slug:key>/nowa-wersja/", templates.new_version, name="template_new_version"),
    path("ustawienia/ankiety/<slug:key>/kopia/", templates.Copy.as_view(), name="template_copy"),
    path(f"{VERSION}/", templates.Version.as_view(), name="template_version"),
    path(f"{VERSION}/nazwa/", templates.Heading.as_view(), name="template_heading"),
    path(f"{VERSION}/uzycie/", templates.Publish.as_view(), name="template_publish"),
    path(f"{VERSION}/wycofaj/", templates.Retire.as_view(), name="template_retire"),
    path(f"{VERSION}/usun/", templates.Drop.as_view(), name="template_drop"),
    path(f"{VERSION}/czesc/", templates.SectionAdd.as_view(), name="template_section_add"),
    path(f"{SECTION}/", templates.SectionEdit.as_view(), name="template_section"),
    path(f"{SECTION}/przenies/", templates.SectionMove.as_view(), name="template_section_move"),
    path(f"{SECTION}/usun/", templates.SectionRemove.as_view(), name="template_section_remove"),
    path(f"{SECTION}/pytanie/", templates.QuestionAdd.as_view(), name="template_question_add"),
    path(f"{QUESTION}/", templates.QuestionEdit.as_view(), name="template_question"),
    path(f"{QUESTION}/przenies/", templates.QuestionMove.as_view(), name="template_question_move"),
    path(f"{QUESTION}/usun/", templates.QuestionRemove.as_view(), name="template_question_remove"),
]
