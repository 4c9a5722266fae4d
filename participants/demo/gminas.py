"""Gminas of the invented towns; powiat 59 exists in no voivodeship."""

from participants import teryt
from reintegration.core.demo import demo_step
from reintegration.tenancy.scope import platform_scope

REGISTER = """WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA
06;;;;LUBELSKIE;województwo;2026-01-01
06;59;;;modrzewieński;powiat;2026-01-01
06;59;01;3;Modrzewno;gmina miejsko-wiejska;2026-01-01
06;59;02;2;Jodłów;gmina wiejska;2026-01-01
06;59;03;1;Jodłów;gmina miejska;2026-01-01
16;;;;OPOLSKIE;województwo;2026-01-01
16;59;;;brzozowski;powiat;2026-01-01
16;59;01;3;Brzozowo;gmina miejsko-wiejska;2026-01-01
"""


@demo_step("gminas", order=30)
def gminas() -> None:
    with platform_scope(source="demo"):
        teryt.load(REGISTER.splitlines())
