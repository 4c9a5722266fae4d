"""Gminas of the invented towns; powiats 57 to 59 exist in no voivodeship."""

from participants import teryt
from reintegration.core.demo import demo_step
from reintegration.tenancy.scope import platform_scope

REGISTER = """WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA
06;;;;LUBELSKIE;województwo;2026-01-01
06;59;;;modrzewski;powiat;2026-01-01
06;59;01;3;Modrzewno;gmina miejsko-wiejska;2026-01-01
06;59;02;2;Jodłów;gmina wiejska;2026-01-01
06;59;03;1;Jodłów;gmina miejska;2026-01-01
16;;;;OPOLSKIE;województwo;2026-01-01
16;59;;;brzozowski;powiat;2026-01-01
16;59;01;3;Brzozowo;gmina miejsko-wiejska;2026-01-01
"""
# Where the other units of the registers are.
COUNTRY = """WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA
06;;;;LUBELSKIE;województwo;2026-01-01
06;57;;;wierzbowiecki;powiat;2026-01-01
06;57;01;3;Wierzbowiec;gmina miejsko-wiejska;2026-01-01
06;57;02;2;Rokitowo;gmina wiejska;2026-01-01
06;58;;;świerkowski;powiat;2026-01-01
06;58;01;3;Świerkowo;gmina miejsko-wiejska;2026-01-01
06;58;02;2;Olszyny;gmina wiejska;2026-01-01
06;59;;;modrzewski;powiat;2026-01-01
06;59;04;2;Brzezina;gmina wiejska;2026-01-01
06;59;05;2;Lipnik;gmina wiejska;2026-01-01
16;;;;OPOLSKIE;województwo;2026-01-01
16;57;;;jaworzyński;powiat;2026-01-01
16;57;01;3;Jaworzyna;gmina miejsko-wiejska;2026-01-01
16;57;02;2;Grabów;gmina wiejska;2026-01-01
16;58;;;topoliński;powiat;2026-01-01
16;58;01;3;Topolin;gmina miejsko-wiejska;2026-01-01
16;58;02;2;Kalinów;gmina wiejska;2026-01-01
16;59;;;brzozowski;powiat;2026-01-01
16;59;02;2;Klonowa;gmina wiejska;2026-01-01
"""


@demo_step("gminas", order=30)
def gminas() -> None:
    with platform_scope(source="demo"):
        teryt.load(REGISTER.splitlines())


@demo_step("more gminas", order=31, large=True)
def more_gminas() -> None:
    with platform_scope(source="demo"):
        teryt.load(COUNTRY.splitlines())
