"""The addresses of this room, one list for each part beside its views."""

from benefits.views import forecast, lists, pay, premiums, signing, statements, transfers

app_name = "benefits"
urlpatterns = [
    *pay.urlpatterns,
    *forecast.urlpatterns,
    *lists.urlpatterns,
    *statements.urlpatterns,
    *premiums.urlpatterns,
    *transfers.urlpatterns,
    *signing.urlpatterns,
]
