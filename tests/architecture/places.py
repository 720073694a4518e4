"""Finds what ties a file to one machine or one network: names of package registries, and paths of a developer's disk.

The words are put together here, so that this file does not find itself.
"""

import re
from collections.abc import Iterator

REGISTRIES = (
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "repo1.maven" + ".org",
    "repo.maven" + ".apache.org",
    "registry.npm" + "js.org",
    "registry.yarn" + "pkg.com",
    "proxy.golang" + ".org",
    "index" + "-url",
)
DISKS = ("/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/wo" + "rk/", "C:\\Us" + "ers\\")

_FOUND = re.compile("|".join(re.escape(word) for word in REGISTRIES))
# A path begins at a word's edge: `config/home/x` and a URL's path are none of a disk.
_DISK = re.compile(r"(?<![\w.$~})/-])(?:" + "|".join(re.escape(word) for word in DISKS) + r")\w")


def tied_to_a_place(name: str, text: str) -> Iterator[str]:
    """Yield each line that names a registry or a disk."""
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern in (_FOUND, _DISK):
            found = pattern.search(line)
            if found:
                yield f"{name}:{number}: {found.group()!r}"
