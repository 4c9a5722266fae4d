from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    label = "participants"
    verbose_name = "uczestnicy"

    def ready(self) -> None:
        # Each says what it holds or shows; none is used by name.
        from participants import (  # noqa: PLC0415
            cards_desk,  # noqa: F401
            diagnoses_desk,  # noqa: F401
            files_desk,  # noqa: F401
            partners_desk,  # noqa: F401
            referrals_desk,  # noqa: F401
            retention,  # noqa: F401
        )
