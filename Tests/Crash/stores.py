"""Where new, empty stores come from, for each kind of store."""

import contextlib
import os
import subprocess
import tempfile
import uuid
from pathlib import Path

from outside import ROOT


@contextlib.contextmanager
def sqlite():
    """Gives a function that names a file in a folder of its own, where nothing else is written."""
    with tempfile.TemporaryDirectory(prefix="pecule-crash-") as folder:

        def new():
            place = Path(folder) / uuid.uuid4().hex
            place.mkdir()
            return str(place / "transfers.sqlite")

        yield new


@contextlib.contextmanager
def postgres():
    """Gives a function that makes a database on the server of the tests, and gives its connection string."""
    server = os.environ["PECULE_TEST_POSTGRES"]
    names = []

    def run(sql):
        subprocess.run(["psql", "--quiet", "--no-psqlrc", server, "--command", sql], check=True)

    def new():
        name = f"pecule_{uuid.uuid4().hex}"
        run(f"CREATE DATABASE {name}")
        names.append(name)
        return server.rpartition("/")[0] + "/" + name

    yield new
    for name in names:
        run(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def server_of_its_own():
    """A PostgreSQL server for as long as the matrix runs, unless there is one already."""
    if "PECULE_TEST_POSTGRES" in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="pecule-crash-") as folder:
        Path(folder).chmod(0o755)
        control = ROOT / "Tests" / "postgres"
        started = subprocess.run([control, "start", f"{folder}/server"], capture_output=True, text=True, check=True)
        os.environ["PECULE_TEST_POSTGRES"] = started.stdout.strip()
        try:
            yield
        finally:
            subprocess.run([control, "remove", f"{folder}/server"], check=True)


KINDS = {"sqlite": sqlite, "postgres": postgres}
