"""A PostgreSQL server for the tests alone: its own folder, a free port on loopback, gone when they end.

PostgreSQL refuses to run as root; there its programs run as Debian's user `postgres`.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

#: Where Debian keeps the programs that are not on the path.
_DEBIAN = Path("/usr/lib/postgresql")
#: Bytes of memory that a server of the tests may take.
_ROOM = 2**30


def programs():
    """Return the folder of initdb and postgres, or None where there is no PostgreSQL."""
    folders = [*sorted(_DEBIAN.glob("*/bin"), key=_version, reverse=True)]
    if found := shutil.which("initdb"):
        folders.insert(0, Path(found).resolve().parent)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


def _version(folder):
    return [int(part) for part in folder.parent.name.split(".") if part.isdigit()]


@contextmanager
def private_postgres():
    """Start a server, and give the address of its database for the one who owns it; stop it at the end."""
    tools = programs()
    folder = Path(tempfile.mkdtemp(prefix="ceasefire-postgres-", dir=_quick_place()))
    user = None
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    password = secrets.token_hex(16)
    secret = folder / "password"
    secret.write_text(password, encoding="ascii")
    if user:
        os.chown(secret, user.pw_uid, user.pw_gid)
    as_owner = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    data = folder / "data"
    try:
        subprocess.run(
            [
                tools / "initdb", "-D", data, "-U", "owner", "-A", "scram-sha-256", "--pwfile", secret,
                "-E", "UTF8", "--locale=C", "--no-sync",
            ],
            check=True, capture_output=True, cwd=folder, **as_owner,
        )  # fmt: skip
        port = _free_port()
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [
                    tools / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", "",
                    "-c", "max_connections=60",
                    "-c", "max_wal_size=128MB",
                ],
                stdout=log, stderr=log, cwd=folder, **as_owner,
            )  # fmt: skip
        try:
            _wait_until_ready(server, port, folder / "log")
            yield f"postgresql://owner:{password}@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # the fast stop: no client is waited for
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _quick_place():
    """Return a folder in memory, where waiting for the disk costs nothing, if there is one with room."""
    memory = Path("/dev/shm")  # noqa: S108 - only for what nobody else may read
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > _ROOM else None


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(server, port, log):
    until = time.monotonic() + 60
    while True:
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text(encoding='utf-8')[-2000:]}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                pass
        except OSError:
            time.sleep(0.05)
            continue
        if "ready to accept connections" in log.read_text(encoding="utf-8"):
            return
        time.sleep(0.05)
