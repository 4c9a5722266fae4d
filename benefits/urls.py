"""The addresses of this room, one list for each part beside its views."""

from benefits import api
from benefits.views import (
    body_forecast,
    body_health,
    close,
    contributions,
    forecast,
    health,
    health_lists,
    ledger,
    lists,
    pay,
    premiums,
    public_money,
    signing,
    standing,
    statements,
    tax,
    transfers,
    what_if,
)

app_name = "benefits"
urlpatterns = [
    *api.urlpatterns,
    *pay.urlpatterns,
    *forecast.urlpatterns,
    *body_forecast.urlpatterns,
    *body_health.urlpatterns,
    *close.urlpatterns,
    *contributions.urlpatterns,
    *health.urlpatterns,
    *health_lists.urlpatterns,
    *ledger.urlpatterns,
    *lists.urlpatterns,
    *statements.urlpatterns,
    *tax.urlpatterns,
    *premiums.urlpatterns,
    *public_money.urlpatterns,
    *transfers.urlpatterns,
    *signing.urlpatterns,
    *standing.urlpatterns,
    *what_if.urlpatterns,
]
