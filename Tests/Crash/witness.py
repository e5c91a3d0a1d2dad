"""Whether the process counts all of its durable writes: `strace` sees what the system was asked for."""

from pathlib import Path

from gateway import Gateway, World
from outside import mock_bank, return_server
from stores import sqlite

# Every way to change a file, also those that no store of ours uses today.
CALLS = (
    "write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,fallocate,rename,unlink,fdatasync,fsync,sync_file_range")
SYNCS = ("fdatasync", "fsync")


def counts():
    """Points that the process counted over one draft in a new file, and those that `strace` saw."""
    with mock_bank() as bank, return_server() as (back, _), sqlite() as new:
        world = World(new(), bank, back)
        folder = Path(world.store).parent
        log = folder.parent / "strace"
        gateway = Gateway(world, under=["strace", "-f", "-qq", "-y", "-e", f"trace={CALLS}", "-o", log])
        gateway.ask("draft", "W", 100)
        gateway.stop()
        calls = [line.split(maxsplit=1)[1] for line in log.read_text().splitlines() if str(folder) in line]
    return gateway.points, sum(2 if call.startswith(SYNCS) else 1 for call in calls)
