"""Is there enough memory and disk? Measured here, decided by comparing, explained to the operator."""

from __future__ import annotations

import shutil
from pathlib import Path

import psutil

from embedded.errors import ResourcesError

_CGROUP = Path("/sys/fs/cgroup")
MB = 1024 * 1024
# A JVM takes about this much beside its heap (code, metaspace, threads, direct buffers), measured on both engines.
JVM_OVERHEAD_MB = 220
# Room for the journals and indices of a day, so that nothing fills up in the first hour.
RUN_DISK_MB = 500


def available_memory_mb() -> int:
    """Memory this process may still take in MB: the machine's, or the container's when that is less."""
    available = int(psutil.virtual_memory().available / MB)
    limit, used = _read_number(_CGROUP / "memory.max"), _read_number(_CGROUP / "memory.current")
    if limit is None or used is None:
        return available
    return min(available, max(0, (limit - used) // MB))


def _read_number(path: Path) -> int | None:
    try:
        text = path.read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None


def needed_memory_mb(heaps_mb: list[int]) -> int:
    """What engines with these heaps take together, in MB."""
    return sum(heap + JVM_OVERHEAD_MB for heap in heaps_mb)


def require_memory(heaps_mb: list[int], available_mb: int | None = None) -> None:
    """Raise ResourcesError when the engines would not fit into the free memory."""
    needed = needed_memory_mb(heaps_mb)
    available = available_memory_mb() if available_mb is None else available_mb
    if available < needed:
        raise ResourcesError(
            f"the engines need about {needed} MB of memory, {available} MB are free",
            "end other programs, or give the engines less with PANTAU_KAFKA_HEAP_MB and PANTAU_ELASTIC_HEAP_MB",
        )


def free_disk_mb(path: Path) -> int:
    """Free space in MB where `path` is, or will be."""
    existing = next(folder for folder in [path, *path.parents] if folder.exists())
    return int(shutil.disk_usage(existing).free / MB)


def require_disk(path: Path, needed_mb: int, purpose: str, free_mb: int | None = None) -> None:
    """Raise ResourcesError when the disk that holds `path` has less than `needed_mb` MB left."""
    free = free_disk_mb(path) if free_mb is None else free_mb
    if free < needed_mb:
        raise ResourcesError(
            f"{purpose} needs {needed_mb} MB on the disk of {path}, {free} MB are free",
            "free some space, or put everything elsewhere with PANTAU_HOME",
        )
