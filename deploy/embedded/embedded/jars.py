"""Downloads the locked jars and checks each one; resolves the coordinates anew when the lock is to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import requests
from jgo.maven import MavenContext

from embedded.errors import DownloadError, JarMismatchError
from embedded.lockfile import ROOTS, JarGroup, LockedJar, sha256_of

Progress = Callable[[str], None]
Fetch = Callable[[LockedJar, Path], Path]

DOWNLOAD_TIMEOUT_S = 30
_TELL_EVERY_MB = 5.0
_TRIES = 3


def fetch_with_jgo(jar: LockedJar, downloads: Path) -> Path:
    """Download one jar into `downloads`, in a Maven repository's shape, and return where it is."""
    context = MavenContext(repo_cache=downloads, timeout=DOWNLOAD_TIMEOUT_S)
    artifact = context.project(jar.group_id, jar.artifact_id).at_version(jar.version).artifact()
    return Path(artifact.resolve())


def stored_path(jar: LockedJar, downloads: Path) -> Path:
    """Where a downloaded jar is kept."""
    return downloads.joinpath(*jar.group_id.split("."), jar.artifact_id, jar.version, jar.file_name)


def verify(jar: LockedJar, path: Path) -> None:
    """Raise JarMismatchError unless the file has the locked sha256."""
    actual = sha256_of(path)
    if actual != jar.sha256:
        raise JarMismatchError(
            f"{jar.coordinate} is not the locked jar: sha256 {actual} instead of {jar.sha256} ({path})",
            f"delete {path} and run `python -m embedded install` again; if it stays different, the source is not "
            "to be trusted, or the lock is to be renewed on purpose with `python -m embedded relock`",
        )


def ensure(jars: Iterable[LockedJar], downloads: Path, progress: Progress, fetch: Fetch = fetch_with_jgo) -> None:
    """Make sure that every jar is there and right.

    A file that was cut off or damaged earlier is dropped and fetched again once; a fresh download that does not
    match raises JarMismatchError, no network raises DownloadError.
    """
    wanted = list(jars)
    missing = [jar for jar in wanted if not is_good(jar, stored_path(jar, downloads))]
    total_mb = sum(jar.size_bytes for jar in missing) / 1e6
    if missing:
        progress(f"downloading {len(missing)} of {len(wanted)} jars, {total_mb:.0f} MB")
    done_mb = 0.0
    for number, jar in enumerate(missing, start=1):
        stored_path(jar, downloads).unlink(missing_ok=True)
        path = _fetch_retrying(jar, downloads, fetch)
        verify(jar, path)
        told_mb, done_mb = done_mb, done_mb + jar.size_bytes / 1e6
        if number == len(missing) or done_mb // _TELL_EVERY_MB > told_mb // _TELL_EVERY_MB:
            progress(f"  {number}/{len(missing)} jars, {done_mb:.0f} of {total_mb:.0f} MB")


def is_good(jar: LockedJar, path: Path) -> bool:
    """Whether the file is there and has the locked bytes."""
    return path.is_file() and path.stat().st_size == jar.size_bytes and sha256_of(path) == jar.sha256


def _fetch_retrying(jar: LockedJar, downloads: Path, fetch: Fetch) -> Path:
    for attempt in range(1, _TRIES + 1):
        try:
            return fetch(jar, downloads)
        except (requests.RequestException, RuntimeError, OSError) as problem:
            # A cut-off file would count as present at the next try.
            stored_path(jar, downloads).unlink(missing_ok=True)
            if attempt == _TRIES:
                raise DownloadError(
                    f"{jar.coordinate} cannot be downloaded: {_reason(problem)}",
                    "check the network (behind a proxy set HTTPS_PROXY) and run the command again; what is already "
                    "downloaded is kept. Without any network, copy the folder `engines/downloads` from a machine "
                    "that has it",
                ) from problem
    raise AssertionError("unreachable")


def _reason(problem: Exception) -> str:
    """One line without addresses, which say nothing to an operator."""
    if isinstance(problem, requests.ConnectionError):
        return "the registry cannot be reached"
    if isinstance(problem, requests.Timeout):
        return "the registry does not answer in time"
    if isinstance(problem, OSError) and problem.strerror:
        return problem.strerror
    return type(problem).__name__


def resolve_group(group: JarGroup, downloads: Path) -> tuple[LockedJar, ...]:
    """Resolve a group's coordinates with everything they need, download it, and return it with fresh checksums."""
    context = MavenContext(repo_cache=downloads, timeout=DOWNLOAD_TIMEOUT_S)
    roots, others = context.resolver.resolve([context.create_dependency(each) for each in ROOTS[group]])
    jars = set()
    for dependency in roots + others:
        artifact = dependency.artifact
        path = Path(artifact.resolve())
        size = path.stat().st_size
        jars.add(LockedJar(group, artifact.groupId, artifact.artifactId, artifact.version, sha256_of(path), size))
    return tuple(sorted(jars))
