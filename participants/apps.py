from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    label = "participants"
    verbose_name = "uczestnicy"

    def ready(self) -> None:
        from participants import retention  # noqa: F401, PLC0415 - declares what the tables hold of people
