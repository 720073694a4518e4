"""Puts the engines together from verified jars: class paths, modules, the two compiled Java parts."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import psutil

from embedded import java
from embedded.checks import require_disk
from embedded.jars import Fetch, Progress, ensure, fetch_with_jgo, is_good, stored_path
from embedded.layout import EnginesLayout, Home
from embedded.locked import exclusive
from embedded.lockfile import ELASTIC_VERSION, LOCK_FILE, JarGroup, LockedJar, read_lock

JAVA_SOURCES = Path(__file__).with_name("java")
_NETTY_CLASS = "org.elasticsearch.transport.netty4.Netty4Plugin"
_ANALYSIS_CLASS = "pantau.embedded.AnalysisPlugin"
_LAUNCHER_CLASS_FILE = "pantau/embedded/NodeLauncher.class"
# Downloads, their copies and the class-data archives take about 420 MB.
INSTALL_DISK_MB = 700


def is_installed(engines: EnginesLayout) -> bool:
    """Whether this version is there, complete, and of the locked bytes."""
    return engines.stamp.is_file() and damaged(engines, read_lock()) is None


def damaged(engines: EnginesLayout, jars: Iterable[LockedJar]) -> LockedJar | None:
    """The first installed jar that is gone or has other bytes than the locked ones; all 90 MB take about 0.1 s."""
    installed = ((jar, _installed_path(engines, jar)) for jar in jars if jar.group is not JarGroup.COMPILER)
    return next((jar for jar, path in installed if not is_good(jar, path)), None)


def engines_in(home: Home) -> EnginesLayout:
    """The engines this version of the package uses in a home, installed or not."""
    return home.engines(fingerprint())


@cache
def fingerprint() -> str:
    """Twelve letters that change with the lock, the Java sources, the Java runtime and this module."""
    digest = hashlib.sha256(str(java.JAVA_HOME).encode())
    for path in [LOCK_FILE, Path(__file__), *sorted(JAVA_SOURCES.rglob("*.java")), java.JAVA_HOME / "release"]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def install(engines: EnginesLayout, progress: Progress, *, force: bool = False, fetch: Fetch = fetch_with_jgo) -> bool:
    """Install the engines unless they are there; returns whether anything was done.

    Safe to call from several processes at once: one installs, the others wait. Interrupted work is redone, and a jar
    that was damaged since is put right.
    """
    if is_installed(engines) and not force:
        return False
    if engines.stamp.is_file() and not force:
        progress("an installed jar is not the locked one any more: putting the engines right")
    with exclusive(engines.lock, "installing the engines"):
        if is_installed(engines) and not force:
            return False
        require_disk(engines.root, INSTALL_DISK_MB, "installing the engines")
        jars = read_lock()
        ensure(jars, engines.downloads, progress, fetch)
        progress("putting the engines together")
        shutil.rmtree(engines.folder, ignore_errors=True)
        _lay_out(engines, jars)
        progress("compiling the node launcher and the analysis plugin")
        _compile(engines, jars)
        if not java.write_base_archive():
            progress("the Java runtime is read-only: engines will start a little slower")
        engines.stamp.touch()
        _remove_old_versions(engines)
        progress("engines installed")
        return True


def _remove_old_versions(engines: EnginesLayout) -> None:
    """Remove what earlier versions of the package installed, unless an engine still runs from it."""
    lines = [" ".join(each.info["cmdline"] or []) for each in psutil.process_iter(["cmdline"])]
    for folder in engines.root.iterdir():
        kept = folder in {engines.folder, engines.downloads} or not folder.is_dir()
        if not kept and not any(str(folder) in line for line in lines):
            shutil.rmtree(folder, ignore_errors=True)


def _lay_out(engines: EnginesLayout, jars: Iterable[LockedJar]) -> None:
    for folder in (engines.kafka_lib, engines.elastic_lib, engines.elastic_modules, engines.archives):
        folder.mkdir(parents=True, exist_ok=True)
    (engines.elastic_home / "plugins").mkdir(exist_ok=True)
    for jar in jars:
        source = stored_path(jar, engines.downloads)
        if jar.group is not JarGroup.COMPILER:
            _link(source, _installed_path(engines, jar))
    _describe(_module(engines, "transport-netty4"), "transport-netty4", "HTTP and transport by Netty", _NETTY_CLASS)


def _module(engines: EnginesLayout, name: str) -> Path:
    folder = engines.elastic_modules / name
    folder.mkdir(exist_ok=True)
    return folder


def _installed_path(engines: EnginesLayout, jar: LockedJar) -> Path:
    """Plugins must not see their own jars on the class path too, else the node refuses to start (jar hell)."""
    if jar.group is JarGroup.KAFKA:
        return engines.kafka_lib / jar.file_name
    if jar.artifact_id == "transport-netty4" or jar.group_id == "io.netty":
        return engines.elastic_modules / "transport-netty4" / jar.file_name
    return engines.elastic_lib / jar.file_name


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)


def _describe(folder: Path, name: str, description: str, class_name: str) -> None:
    lines = {
        "description": description,
        "version": ELASTIC_VERSION,
        "name": name,
        "classname": class_name,
        "java.version": "21",
        "elasticsearch.version": ELASTIC_VERSION,
        "extended.plugins": "",
        "has.native.controller": "false",
        "licensed": "false",
    }
    text = "".join(f"{key}={value}\n" for key, value in lines.items())
    (folder / "plugin-descriptor.properties").write_text(text, encoding="utf-8")


def _compile(engines: EnginesLayout, jars: Iterable[LockedJar]) -> None:
    compiler = next(stored_path(jar, engines.downloads) for jar in jars if jar.group is JarGroup.COMPILER)
    plugin = _module(engines, "pantau-analysis")
    class_path = java.classpath(engines.elastic_lib) + ":" + java.classpath(plugin)
    with tempfile.TemporaryDirectory(dir=engines.folder) as scratch:
        arguments = ["-jar", str(compiler), "-21", "-nowarn", "-cp", class_path, "-d", scratch, str(JAVA_SOURCES)]
        java.run_java(arguments, "compiling the node launcher and the analysis plugin")
        classes = sorted(Path(scratch).rglob("*.class"))
        launcher = [each for each in classes if each.relative_to(scratch).as_posix() == _LAUNCHER_CLASS_FILE]
        others = [each for each in classes if each not in launcher]
        _pack(engines.elastic_lib / "pantau-launcher.jar", Path(scratch), launcher)
        _pack(plugin / "pantau-analysis.jar", Path(scratch), others)
    _describe(plugin, "pantau-analysis", "The Indonesian analysis Pantau's index template uses", _ANALYSIS_CLASS)


def _pack(jar: Path, root: Path, classes: list[Path]) -> None:
    with zipfile.ZipFile(jar, "w") as archive:
        for each in classes:
            # A fixed date keeps the jar, and with it the class-data archive, the same when compiled again.
            entry = zipfile.ZipInfo(each.relative_to(root).as_posix(), date_time=(2026, 1, 1, 0, 0, 0))
            archive.writestr(entry, each.read_bytes(), zipfile.ZIP_DEFLATED)
