"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from reintegration.jobs import views

app_name = "jobs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("platforma/zadania/", views.JobList.as_view(), name="job_list"),
    path("platforma/zadania/<uuid:job_id>/", views.JobView.as_view(), name="job_view"),
    path("platforma/zadania/<uuid:job_id>/ponow/", views.job_retry, name="job_retry"),
    path("platforma/zadania/<uuid:job_id>/anuluj/", views.job_cancel, name="job_cancel"),
    path("postep/<uuid:batch_id>/", views.progress, name="progress"),
    path("zdrowie/", views.health, name="health"),
]
