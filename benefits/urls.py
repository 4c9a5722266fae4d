"""The addresses of this room, one list for each part beside its views."""

from benefits.views import pay

app_name = "benefits"
urlpatterns = [*pay.urlpatterns]
