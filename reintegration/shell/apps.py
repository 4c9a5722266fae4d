from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "reintegration.shell"
    label = "shell"
    verbose_name = "powłoka"

    def ready(self) -> None:
        from reintegration.core import memory  # noqa: PLC0415 – models are loaded only now
        from reintegration.shell import nav  # noqa: PLC0415
        from reintegration.shell.services import DatabaseMemory  # noqa: PLC0415

        memory.install(DatabaseMemory())
        nav.discover()
