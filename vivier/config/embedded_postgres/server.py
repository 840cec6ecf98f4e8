"""`ensure`: one server for one data folder, shared by all who ask for it, stopped by the last who leaves."""

import atexit
import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from . import cluster, locks, processes
from .account import account_for, copy_within_reach, reachable
from .errors import EmbeddedPostgresError
from .installations import SOURCES, for_existing_cluster, for_new_cluster

_THROWAWAY_PREFIX = "vivier-jetable-"
_mine: dict[Path, "Server"] = {}
#: Children that others still use when we leave; kept so that Python does not complain that they run.
_left_running: list[subprocess.Popen] = []


@dataclass
class Server:
    """A database to use. `source` is "DATABASE_URL", "system" or "wheel"; the first has neither version nor folder.

    `started_here`: this process started it. `programs` is the folder of pg_dump and its likes, when known.
    """

    url: str
    source: str
    version: str = ""
    data_dir: Path | None = None
    started_here: bool = False
    programs: Path | None = None
    _throwaway: bool = field(default=False, repr=False)
    _users: int | None = field(default=None, repr=False)
    _process: subprocess.Popen | None = field(default=None, repr=False)
    _pid: int = field(default_factory=os.getpid, repr=False)

    def stop(self) -> None:
        """Leave the server; the last to leave stops it, and a throw-away folder is deleted. May be called twice."""
        if self._users is None or self._pid != os.getpid():
            return
        users, self._users = self._users, None
        _mine.pop(self.data_dir, None)
        beside = _beside(self.data_dir)
        if not beside.exists():  # somebody deleted the folder below a running server
            os.close(users)
            self._kill()
            return
        with locks.gate(beside):
            last = locks.leave_users(users)
            if last:
                self._stop_for_good(beside)
            elif self._process:
                _left_running.append(self._process)
        if last and self._throwaway:
            self._delete(beside)

    def _stop_for_good(self, beside: Path) -> None:
        reap = self._process.poll if self._process else lambda: None
        processes.stop_server(self.data_dir, immediate=self._throwaway, reap=reap)
        reap()
        _Outside.read(beside).delete(beside)

    def _kill(self) -> None:
        if self._process:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()

    def _delete(self, beside: Path) -> None:
        for folder in (self.data_dir, beside):
            shutil.rmtree(folder, ignore_errors=True)
        if self.data_dir.parent.name.startswith(_THROWAWAY_PREFIX):
            self.data_dir.parent.rmdir()


def default_data_dir() -> Path:
    """Return the data folder of this checkout (VIVIER_VAR moves the folder that holds it)."""
    root = Path(__file__).resolve().parents[3]
    return Path(os.environ.get("VIVIER_VAR") or root / "var") / "postgres"


def ensure(
    data_dir: Path | None = None,
    *,
    throwaway: bool = False,
    source: str = "auto",
    environ: dict[str, str] | None = None,
) -> Server:
    """Return a running server, whose database `vivier` exists.

    DATABASE_URL (of `environ`, by default the process's) wins. Else the version that wrote `data_dir` is started; a new
    folder gets the system's PostgreSQL, else the wheel's (`source` "system" or "wheel" keeps only one of the two).
    `throwaway` trades durability for speed and deletes everything at the end; without `data_dir` it uses a temporary
    folder. Raises EmbeddedPostgresError, whose text is French.
    """
    if source not in SOURCES:
        raise ValueError(f"source must be one of {SOURCES}")
    if url := (os.environ if environ is None else environ).get("DATABASE_URL"):
        return Server(url=url, source="DATABASE_URL")
    if not Path("/proc/self/fd").exists():
        raise EmbeddedPostgresError("Vivier ne démarre sa propre base que sous Linux ; donnez DATABASE_URL")
    if data_dir is None:
        data_dir = _temporary_data_dir() if throwaway else default_data_dir()
    data_dir = Path(data_dir).expanduser().resolve()
    try:
        return _ensure(data_dir, throwaway=throwaway, source=source)
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"accès refusé à {error.filename or data_dir} ; rendez ce dossier au compte qui lance Vivier, "
            "ou lancez Vivier depuis le compte qui l’a créé"
        ) from error
    except OSError as error:
        raise EmbeddedPostgresError(
            f"{error.filename or data_dir} : {error.strerror} ; vérifiez la place libre et les droits"
        ) from error


def _ensure(data_dir: Path, *, throwaway: bool, source: str) -> Server:
    known = _mine.get(data_dir)
    if known and processes.postmaster(data_dir) and cluster.answers(known.url):
        return known
    beside = _beside(data_dir)
    beside.mkdir(mode=0o755, parents=True, exist_ok=True)
    with locks.gate(beside):
        server = _attach(data_dir, beside) or _start(data_dir, beside, throwaway=throwaway, source=source)
        # A server that died under us leaves our place among its users; the new one takes it over.
        server._users = known._users if known else locks.join_users(beside)
        server._throwaway = throwaway
        if known:
            known._users = None
            if known._process:
                known._process.poll()
    _mine[data_dir] = server
    atexit.register(server.stop)
    return server


def _attach(data_dir: Path, beside: Path) -> Server | None:
    """Return the server that already runs on this folder; waits while it is starting, stopping or dying."""
    deadline = time.monotonic() + 60
    while data_dir.exists() and (running := processes.postmaster(data_dir)):
        if running.status == "ready":
            outside = _Outside.read(beside)
            # One of ours names its socket's folder by a handle; one that somebody started by hand, by its path.
            by_hand = not running.socket_dir.startswith("/proc/self/fd/")
            url = _url(Path(running.socket_dir if by_hand else outside.socket or data_dir))
        if running.status == "ready" and cluster.answers(url):
            return Server(
                url=url,
                source=outside.source or "system",
                version=outside.version or _major(data_dir),
                data_dir=data_dir,
                programs=Path(outside.programs) if outside.programs else None,
            )
        if time.monotonic() > deadline:
            raise EmbeddedPostgresError(
                f"le serveur de {data_dir} (processus {running.pid}) n’est ni prêt ni arrêté ; "
                f"lisez {beside / 'server.log'}"
            )
        time.sleep(0.05)
    return None


def _start(data_dir: Path, beside: Path, *, throwaway: bool, source: str) -> Server:
    account = account_for(data_dir)
    major = _major(data_dir)
    if not major and data_dir.exists() and any(data_dir.iterdir()):
        raise EmbeddedPostgresError(
            f"{data_dir} n’est pas vide et n’est pas une base de données ; déplacez ce dossier, puis recommencez"
        )
    found = for_existing_cluster(int(major), data_dir, source) if major else for_new_cluster(source)
    outside = _Outside.read(beside)
    outside.delete(beside)  # what a crashed server left in the temporary folder
    programs = found
    try:
        if not reachable(found, account):
            programs, folder = copy_within_reach(found, account)
            outside.temporary.append(str(folder))
        if not major:
            cluster.create(data_dir, programs, account, throwaway=throwaway)
        account.own(data_dir)
        data_dir.chmod(0o700)  # a `chmod -R` of the whole project may have opened it: PostgreSQL would refuse it
        socket_dir = data_dir
        if not cluster.fits(data_dir):
            socket_dir = _short_folder()
            outside.temporary.append(str(socket_dir))
            account.own(socket_dir)
        outside.source, outside.version, outside.programs = found.source, found.version, str(found.bin)
        outside.socket = str(socket_dir)
        outside.write(beside)
        process = cluster.start(
            data_dir, programs, account, socket_dir=socket_dir, log=beside / "server.log", throwaway=throwaway
        )
    except BaseException:
        outside.delete(beside)
        raise
    cluster.create_database(socket_dir)
    return Server(
        url=_url(socket_dir),
        source=found.source,
        version=found.version,
        data_dir=data_dir,
        started_here=True,
        programs=found.bin,
        _process=process,
    )


@dataclass
class _Outside:
    """What the running server is, and which folders it needs outside the project; kept for whoever stops it."""

    source: str = ""
    version: str = ""
    programs: str = ""
    socket: str = ""
    temporary: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, beside: Path) -> "_Outside":
        try:
            return cls(**json.loads((beside / "server.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return cls()

    def write(self, beside: Path) -> None:
        path = beside / "server.json"
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(vars(self), indent=1), encoding="utf-8")
        draft.replace(path)

    def delete(self, beside: Path) -> None:
        for folder in self.temporary:
            shutil.rmtree(folder, ignore_errors=True)
        self.temporary = []
        with contextlib.suppress(FileNotFoundError):
            (beside / "server.json").unlink()


def _temporary_data_dir() -> Path:
    """Return a new place for throw-away data, and delete those whose makers were killed."""
    for old in Path(tempfile.gettempdir()).glob(f"{_THROWAWAY_PREFIX}*/postgres"):
        with contextlib.suppress(OSError):  # another account's
            if locks.abandoned(_beside(old)) and not processes.postmaster(old):
                _Outside.read(_beside(old)).delete(_beside(old))
                shutil.rmtree(old.parent)
    return Path(tempfile.mkdtemp(prefix=_THROWAWAY_PREFIX)) / "postgres"


def _beside(data_dir: Path) -> Path:
    """Return the folder of the locks and the log: a data folder must hold nothing but PostgreSQL's own files."""
    return data_dir.with_name(data_dir.name + ".run")


def _major(data_dir: Path) -> str:
    try:
        return (data_dir / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def _short_folder() -> Path:
    """Return a new private folder whose path a unix socket can bear."""
    for parent in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm")):  # noqa: S108 (mkdtemp inside)
        try:
            folder = Path(tempfile.mkdtemp(prefix="vivier-", dir=parent))
        except OSError:
            continue
        if cluster.fits(folder):
            return folder
        folder.rmdir()
    raise EmbeddedPostgresError("aucun dossier temporaire assez court pour la base ; donnez TMPDIR=/tmp")


def _url(socket_dir: Path) -> str:
    host = quote(str(socket_dir), safe="/")
    return f"postgresql://{cluster.USER}@/{cluster.DATABASE}?host={host}&port=5432"
