"""Libraries that Python's wheels do not bring: Pango for papers, Chromium for the browser tests.

What is there is found by loading it, not by asking a package list. What is missing comes from the system's
own packages: installed when we are root, otherwise unpacked under var/ by an apt with its own state. Child
processes then get one environment, computed here and nowhere else.
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from reintegration.ops.places import PYTHON, ROOT, VAR, shown
from reintegration.ops.process import LaunchError, say

PDF_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
)
# Pango does not pull harfbuzz-subset in, and without it a paper takes three times as long.
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "libfontconfig1")
CHROMIUM_NAMES = (
    "chromium",
    "chromium-headless-shell",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
CHROMIUM_PACKAGES = ("chromium-headless-shell",)
CHROMIUM_VARIABLE = "REINTEGRA_CHROMIUM"
# The C library must be the one that the running loader belongs to.
NEVER_UNPACKED = ("libc6_", "libc-bin_", "libgcc-s1_", "libcrypt1_", "gcc-")
ASK_HTML = "data:text/html,<p>reintegra</p>"


def _release() -> str:
    """The system's release; libraries unpacked for another one are of no use."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return "unknown"
    return f"{release.get('ID', 'unknown')}-{release.get('VERSION_ID', 'rolling')}-{platform.machine()}"


SYSTEM = VAR / "system"
UNPACKED = SYSTEM / _release()


def library_folders(root: Path) -> list[Path]:
    triplet = f"{platform.machine()}-linux-gnu"
    return [folder for name in ("usr/lib", "lib") if (folder := root / name / triplet).is_dir()]


def library_environment() -> dict[str, str]:
    """What a child process needs to find unpacked libraries and fonts; nothing when none were unpacked."""
    folders = library_folders(UNPACKED)
    if not folders:
        return {}
    known = [folder for folder in os.environ.get("LD_LIBRARY_PATH", "").split(":") if folder]
    paths = [str(folder) for folder in folders]
    return {
        "LD_LIBRARY_PATH": ":".join(paths + [folder for folder in known if folder not in paths]),
        "FONTCONFIG_FILE": str(SYSTEM / "fonts.conf"),
    }


def environment() -> dict[str, str]:
    """The additions to the environment of every child process, of `make run` and `make test` alike."""
    added = library_environment()
    chromium = find_chromium()
    if chromium is not None:
        added[CHROMIUM_VARIABLE] = str(chromium)
    return added


def _python() -> str:
    return str(PYTHON) if os.access(PYTHON, os.X_OK) else sys.executable


def missing_libraries(names: Sequence[str] = PDF_LIBRARIES) -> list[str]:
    """Which libraries a child process cannot load."""
    load = (
        "import ctypes, sys\n"
        "for name in sys.argv[1:]:\n"
        "    try:\n"
        "        ctypes.CDLL(name)\n"
        "    except OSError:\n"
        "        print(name)\n"
    )
    done = subprocess.run(  # noqa: S603
        [_python(), "-c", load, *names],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **library_environment()},
    )
    return done.stdout.split() if done.returncode == 0 else list(names)


def find_chromium() -> Path | None:
    """The first Chromium there is: the one asked for, the system's, or one unpacked or fetched under var/."""
    asked = os.environ.get(CHROMIUM_VARIABLE)
    if asked:
        return Path(asked)
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if found is not None and not Path(found).resolve().is_relative_to("/snap"):
            return Path(found)
    unpacked = [
        UNPACKED / "usr/lib/chromium" / name for name in ("chromium-headless-shell", "headless_shell")
    ]
    fetched = sorted((SYSTEM / "playwright").glob("chromium_headless_shell-*/chrome-*/*headless*shell"))
    return next((path for path in [*unpacked, *fetched] if path.is_file()), None)


def chromium_works() -> bool:
    """Tell whether the Chromium that would be used really shows a page."""
    program = find_chromium()
    if program is None:
        return False
    profile = SYSTEM / "chromium-trial"
    shutil.rmtree(profile, ignore_errors=True)
    try:
        done = subprocess.run(  # noqa: S603
            [
                str(program),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                f"--user-data-dir={profile}",
                "--dump-dom",
                ASK_HTML,
            ],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, **library_environment(), "HOME": str(SYSTEM)},
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    finally:
        shutil.rmtree(profile, ignore_errors=True)
    return "reintegra" in done.stdout


def _quietly(command: Sequence[str], **more: str) -> bool:
    """Run a package command; its talk goes to a log, its outcome is judged by what can be loaded after."""
    SYSTEM.mkdir(parents=True, exist_ok=True)
    with (SYSTEM / "packages.log").open("ab") as log:
        log.write(f"$ {' '.join(command)}\n".encode())
        log.flush()
        try:
            done = subprocess.run(  # noqa: S603
                list(command),
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", **more},
            )
        except OSError:
            return False
    return done.returncode == 0


def install_packages(packages: Sequence[str]) -> bool:
    """Install for the whole machine, as root."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    say(f"Installing {', '.join(packages)} with apt-get ...")
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if _quietly(command):
        return True
    _quietly(["apt-get", "update"])
    return _quietly(command)


def unpack_packages(packages: Sequence[str]) -> bool:
    """Download packages and all they stand on, and unpack them under var/, without touching the machine."""
    if shutil.which("apt-get") is None or shutil.which("dpkg") is None:
        return False
    say(f"Unpacking {', '.join(packages)} under {shown(UNPACKED)} ...")
    state = SYSTEM / "apt"
    for folder in ("lists/partial", "cache/archives/partial", "log"):
        (state / folder).mkdir(parents=True, exist_ok=True)
    # As if nothing were installed: what the package list calls installed may be gone or broken.
    (state / "status").write_bytes(b"")
    apt = ["apt-get"]
    for option in (
        f"Dir::State={state}",
        f"Dir::State::lists={state / 'lists'}",
        f"Dir::State::status={state / 'status'}",
        f"Dir::Cache={state / 'cache'}",
        f"Dir::Log={state / 'log'}",
        "Debug::NoLocking=1",
        "APT::Sandbox::User=",
        "APT::Get::AllowUnauthenticated=false",
        "DPkg::Post-Invoke=",
        "APT::Update::Post-Invoke=",
        "APT::Update::Post-Invoke-Success=",
    ):
        apt += ["-o", option]
    # One source of several may be out of reach; the download below judges.
    _quietly([*apt, "update"])
    archives = state / "cache" / "archives"
    if not _quietly([*apt, "install", "--download-only", "--yes", "--no-install-recommends", *packages]):
        return False
    UNPACKED.mkdir(parents=True, exist_ok=True)
    skipped = NEVER_UNPACKED if missing_libraries(["libstdc++.so.6"]) else (*NEVER_UNPACKED, "libstdc++6_")
    for archive in sorted(archives.glob("*.deb")):
        if archive.name.startswith(skipped):
            continue
        if not _quietly(["dpkg", "-x", str(archive), str(UNPACKED)]):
            return False
    shutil.rmtree(archives, ignore_errors=True)
    write_font_configuration()
    return True


def write_font_configuration() -> None:
    """Point the unpacked fontconfig at the unpacked fonts and at a cache that it may write."""
    (SYSTEM / "fonts.conf").write_text(
        '<?xml version="1.0"?>\n'
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        "<fontconfig>\n"
        f"  <dir>{UNPACKED}/usr/share/fonts</dir>\n"
        "  <dir>/usr/share/fonts</dir>\n"
        f"  <cachedir>{SYSTEM}/font-cache</cachedir>\n"
        f'  <include ignore_missing="yes">{UNPACKED}/etc/fonts/conf.d</include>\n'
        "</fontconfig>\n",
        encoding="utf-8",
    )


def fetch_chromium() -> bool:
    """Let Playwright fetch its own Chromium, where the system packs none (Ubuntu)."""
    say("Fetching a Chromium with Playwright ...")
    command = [_python(), "-m", "playwright", "install", "--only-shell", "chromium"]
    if os.geteuid() == 0:
        command.insert(-2, "--with-deps")
    return _quietly(command, PLAYWRIGHT_BROWSERS_PATH=str(SYSTEM / "playwright"), HOME=str(SYSTEM))


def _obtain(works: Callable[[], bool], ways: Sequence[Callable[[], bool]], sorry: str, *, what: str) -> None:
    if works():
        return
    for way in ways:
        if way() and works():
            say(f"{what}: ready.")
            return
    raise LaunchError(f"{sorry} What was tried is in {shown(SYSTEM / 'packages.log')}.")


def ensure_pdf_libraries() -> None:
    _obtain(
        lambda: not missing_libraries(),
        [lambda: install_packages(PDF_PACKAGES), lambda: unpack_packages(PDF_PACKAGES)],
        f"Papers need these packages of Debian or Ubuntu; install them: {' '.join(PDF_PACKAGES)}.",
        what="Libraries for papers",
    )


def ensure_chromium() -> None:
    _obtain(
        chromium_works,
        [
            lambda: install_packages(CHROMIUM_PACKAGES),
            lambda: unpack_packages(CHROMIUM_PACKAGES),
            fetch_chromium,
        ],
        f"Browser tests need a Chromium; install the package {CHROMIUM_PACKAGES[0]} or chromium,"
        f" or set {CHROMIUM_VARIABLE} to a program.",
        what="Chromium",
    )


def execute(command: Sequence[str], variables: Mapping[str, str]) -> None:
    """Become another program under the computed environment."""
    os.chdir(ROOT)
    os.execvpe(command[0], list(command), {**os.environ, **variables})  # noqa: S606


def main() -> int:
    """`python -m reintegration.ops.system COMMAND...`: run a command under the computed environment."""
    if len(sys.argv) < 2:  # noqa: PLR2004
        for name, value in environment().items():
            say(f"{name}={value}")
        return 0
    execute(sys.argv[1:], environment())
    return 0


if __name__ == "__main__":
    sys.exit(main())
