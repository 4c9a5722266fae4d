from django.apps import AppConfig


class IpzsConfig(AppConfig):
    name = "ipzs"
    label = "ipzs"
    verbose_name = "programy i zajęcia"

    def ready(self) -> None:
        # Each says what it holds or shows; none is used by name.
        from ipzs import (  # noqa: PLC0415
            attendance_desk,  # noqa: F401
            attendance_slots,  # noqa: F401
            duties_desk,  # noqa: F401
            programmes_desk,  # noqa: F401
            programmes_slots,  # noqa: F401
            retention,  # noqa: F401
            warnings_slots,  # noqa: F401
        )
        from ipzs.queries import months  # noqa: F401, PLC0415 - tells the readings what is closed
