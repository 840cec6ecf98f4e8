"""Time from a fresh clone to a usable page. Run by `make bench`; prints a Markdown table.

The clone lies below a folder of mode 0700, installs its packages from the registry as pip is set up on this machine
(its cache included, if it has one), and is removed. As root the account "nobody" makes the whole journey as well.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOBODY = 65534
PATIENCE = 300  # seconds, after which the start has failed


def main() -> int:
    """Start the demonstration twice as each account; returns 1 when a page did not come."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    print("| account | first start s | second start s |\n|---|---|---|")
    for name, uid in [("root", None), ("ordinary", NOBODY)] if os.geteuid() == 0 else [("ordinary", None)]:
        # Not below TMPDIR: it may lie where another account cannot enter.
        home = Path(tempfile.mkdtemp(prefix="vivier-start-", dir="/tmp"))
        try:
            if uid is not None:
                os.chown(home, uid, uid)
            first, second = (f"{seconds_to_a_page(home, uid):.1f}" for _ in range(2))
            print(f"| {name} | {first} | {second} |", flush=True)
        finally:
            shutil.rmtree(home, ignore_errors=True)
    return 0


def seconds_to_a_page(home: Path, uid: int | None) -> float:
    """Return the seconds from `git clone` (the first time) or `make demo` to an answer 200; stops the site."""
    who = {} if uid is None else {"user": uid, "group": uid, "extra_groups": []}
    environment = {**os.environ, "HOME": str(home)}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.perf_counter()
    clone = home / "vivier"
    if not clone.exists():
        git = ["git", "-c", "safe.directory=*", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)]
        subprocess.run(git, check=True)
        if uid is not None:
            subprocess.run(["chown", "-R", f"{uid}:{uid}", str(clone)], check=True)
    demo = subprocess.Popen(
        ["make", "demo", f"ARGS=--port {port}"],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        **who,
    )
    try:
        while time.perf_counter() - started < PATIENCE and demo.poll() is None:
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/", timeout=5) as page:
                    if page.status == 200:
                        return time.perf_counter() - started
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise SystemExit(f"No page after {time.perf_counter() - started:.0f} s")
    finally:
        os.killpg(demo.pid, signal.SIGTERM)
        demo.wait(60)


if __name__ == "__main__":
    sys.exit(main())
