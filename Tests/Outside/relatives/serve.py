"""A running `pecule serve`: stopped at the end, killed and started again in between where a check wants that."""

import contextlib
import os
import re
import socket
import subprocess
import tempfile
import time

from outside import program


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Serve:
    """`pecule serve` on a port, with a store and a key file that outlive the process."""

    def __init__(self, folder, *options):
        port = str(free_port())
        self.command = [program("pecule"), "serve", "--port", port, "--store", f"{folder}/portal.sqlite", *options]
        self.environment = os.environ | {"XDG_STATE_HOME": folder}
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True, env=self.environment)
        self.address = self.told("portal ready at ")
        self.banks = self.told("banks and FranceConnect simulated at ")

    def told(self, what):
        """The address of the next line that begins so."""
        for line in self.process.stdout:
            if line.startswith(what):
                return re.search(r"https?://[^\s;]+", line).group()
        raise AssertionError(f"pecule serve does not say: {what}")

    def kill(self):
        """As a power cut would: nothing is finished first."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


@contextlib.contextmanager
def serving(*options):
    with tempfile.TemporaryDirectory() as folder:
        serve = Serve(folder, *options)
        try:
            yield serve
        finally:
            serve.stop()


def until(holds, says, patience=100):
    """Looks at pages again and again, and gives what was found; what does not come in so many seconds fails."""
    end = time.monotonic() + patience
    while not (found := holds()):
        assert time.monotonic() < end, f"not within {patience} seconds: {says}"
    return found
