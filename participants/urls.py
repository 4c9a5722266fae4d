"""The addresses of this room, one list for each part beside its views."""

from participants.views import cards, consents, diagnoses, participations, partners, people, portal, referrals

app_name = "participants"

urlpatterns = [
    *people.urlpatterns,
    *participations.urlpatterns,
    *referrals.urlpatterns,
    *portal.urlpatterns,
    *diagnoses.urlpatterns,
    *cards.urlpatterns,
    *consents.urlpatterns,
    *partners.urlpatterns,
]
