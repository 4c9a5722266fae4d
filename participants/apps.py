from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    label = "participants"
    verbose_name = "uczestnicy"

    def ready(self) -> None:
        from participants import files_desk, retention  # noqa: F401, PLC0415 - say what they hold and show
