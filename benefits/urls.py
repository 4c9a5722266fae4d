"""The addresses of this room, one list for each part beside its views."""

from benefits import api
from benefits.views import (
    body_forecast,
    close,
    contributions,
    forecast,
    ledger,
    lists,
    pay,
    premiums,
    signing,
    standing,
    statements,
    transfers,
    what_if,
)

app_name = "benefits"
urlpatterns = [
    *api.urlpatterns,
    *pay.urlpatterns,
    *forecast.urlpatterns,
    *body_forecast.urlpatterns,
    *close.urlpatterns,
    *contributions.urlpatterns,
    *ledger.urlpatterns,
    *lists.urlpatterns,
    *statements.urlpatterns,
    *premiums.urlpatterns,
    *transfers.urlpatterns,
    *signing.urlpatterns,
    *standing.urlpatterns,
    *what_if.urlpatterns,
]
