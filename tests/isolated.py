"""Imports each package in an environment that has its own dependencies alone.

A package that forgets to declare a dependency works in the shared environment and breaks in its own image; this
finds it. Usage: `python tests/isolated.py libs/contract services/search …` (what `make isolated` runs).
"""

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
names = [m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
print(f"{sys.argv[1]}: {len(names)} modules")
"""


def own_packages() -> dict[str, Path]:
    """Return every package of this repository by its distribution name."""
    found = {}
    for manifest in [*ROOT.glob("libs/*/pyproject.toml"), *ROOT.glob("*/*/pyproject.toml")]:
        found[tomllib.loads(manifest.read_text())["project"]["name"]] = manifest.parent
    return found


def needed(folder: Path, packages: dict[str, Path]) -> list[Path]:
    """Return the repository's own packages that a package depends on, itself last."""
    wanted: list[Path] = []
    for line in tomllib.loads((folder / "pyproject.toml").read_text())["project"]["dependencies"]:
        name = line.split("[")[0].split(">")[0].split("=")[0].strip()
        if name in packages:
            wanted += [one for one in needed(packages[name], packages) if one not in wanted]
    return [*wanted, folder]


def with_extras(folder: Path) -> str:
    """Return what pip is asked for: the package with all of its extras, which all of its modules together need."""
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    extras = ",".join(project.get("optional-dependencies", {}))
    return f"{folder}[{extras}]" if extras else str(folder)


def check(folder: Path, packages: dict[str, Path]) -> bool:
    """Install one package alone and import all of it; return whether that worked."""
    with tempfile.TemporaryDirectory() as where:
        venv.create(where, with_pip=True)
        python = Path(where) / "bin" / "python"
        pip = [python, "-m", "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt"]
        install = subprocess.run([*pip, *needed(folder, packages)[:-1], with_extras(folder)], check=False)
        if install.returncode:
            return False
        return subprocess.run([python, "-c", IMPORT_ALL, folder.name], cwd=where, check=False).returncode == 0


def main() -> int:
    packages = own_packages()
    failed = [name for name in sys.argv[1:] if not check(ROOT / name, packages)]
    for name in failed:
        print(f"{name} does not import with its own dependencies alone", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
