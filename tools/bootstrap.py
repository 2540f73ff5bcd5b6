"""Make this checkout ready to run: system libraries, virtual environment, the package.

Standard library only, because it runs before anything is installed. Nothing is done twice: a stamp in `.venv`
says for which project file the environment was built.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"

# What Qt, MediaPipe and OpenCV open at run time, and the Debian package that brings each.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libGLESv2.so.2": "libgles2",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxcb.so.1": "libxcb1",
    "libpulse.so.0": "libpulse0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libXrandr.so.2": "libxrandr2",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what the tests and checks need")
    wants_tests = parser.parse_args().tests
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python runs this file before pip can refuse it
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    packages = missing_packages()
    if packages and not install(packages):
        print("System packages are missing. Install them and start again: apt-get install " + " ".join(packages))
        return 1
    return 0 if build(wants_tests) else 1


def missing_packages() -> list[str]:
    """Debian packages that this machine lacks; only Linux needs any."""
    if sys.platform != "linux":
        return []
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    if importlib.util.find_spec("ensurepip") is None and not (VENV / "bin" / "pip").exists():
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return missing


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install(packages: list[str]) -> bool:
    """Install with apt as root, or by sudo where it asks for no password. False if that may not be done."""
    apt = shutil.which("apt-get")
    if apt is None:
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if sudo and (shutil.which("sudo") is None or subprocess.run([*sudo, "true"], check=False).returncode):
        return False
    print("Installing system packages: " + " ".join(packages), flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        if subprocess.run([*sudo, apt, *step], env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def build(wants_tests: bool) -> bool:
    """The virtual environment with this checkout installed in place. False, and a sentence, if pip could not."""
    project = (ROOT / "pyproject.toml").read_bytes()
    stamp = VENV / ("ready-tests" if wants_tests else "ready")
    wanted = hashlib.sha256(project + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    if not (VENV / "bin" / "python").exists() and not (VENV / "Scripts").exists():
        print("Making the virtual environment .venv", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    print("Installing the packages (some minutes the first time)", flush=True)
    target = ".[test]" if wants_tests else "."
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", target]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        print("pip could not install the packages; what it said stands above. Mend that and start again.")
        return False
    stamp.write_text(wanted)
    return True


if __name__ == "__main__":
    raise SystemExit(main())
