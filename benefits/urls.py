"""The addresses of this room, one list for each part beside its views."""

from benefits.views import forecast, pay

app_name = "benefits"
urlpatterns = [*pay.urlpatterns, *forecast.urlpatterns]
