"""The gateway's process, and a portal's backend that repeats its calls when the process has died."""

import concurrent.futures
import itertools
import signal
import subprocess
import threading
import time
from collections import namedtuple

from outside import ROOT

PROGRAM = ROOT / ".build" / "debug" / "PeculeCrashGateway"
PATIENCE = 60

# A store, the address of a mock bank, and where it sends browsers back to.
World = namedtuple("World", "store bank back")
Answer = namedtuple("Answer", "version state link")
# Where the blade fell: the caller's step, how many changes it had made durable by then, and the system call.
Fall = namedtuple("Fall", "step changes call")


class Died(Exception):
    """The process has ended: it is not known what became of the call."""


class Refused(Exception):
    """The gateway answered with an error's code."""


class Gateway:
    """One process. Any thread may ask; answers come back by their tags."""

    def __init__(self, world, *options, under=()):
        command = [*under, PROGRAM, world.store, f"{world.bank}/mock/banks", world.back, *options]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.tags = itertools.count()
        # Guards what follows; told of every change and of the end.
        self.news = threading.Condition()
        self.waiting = {}
        self.changes = []
        # The ids of the payments that it asked banks about, each time.
        self.questions = []
        self.has_ended = False
        self.step, self.changes_before = "open", 0
        self.fall = None
        self.crash = None
        # Of its whole life, when it has ended by itself.
        self.points = None
        self.ready = concurrent.futures.Future()
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()

    def listen(self):
        for line in self.process.stdout:
            word, *rest = line.split()
            with self.news:
                if word == "change":
                    self.changes.append((rest[0], int(rest[1]), rest[2], rest[3]))
                    self.news.notify_all()
                elif word == "asks":
                    self.questions.append(rest[0].rpartition("/")[2])
                elif word in ("killed", "failed"):
                    self.fall = Fall(self.step, len(self.changes) - self.changes_before, " ".join(rest))
                elif word == "ready":
                    self.ready.set_result(None)
                elif word == "stopped":
                    self.points = int(rest[0])
                elif word.isdigit():
                    self.answer(word, rest)
        code = self.process.wait()
        with self.news:
            self.has_ended = True
            # A process of ours ends when its input does, or by a kill.
            if code not in (0, -signal.SIGKILL):
                self.crash = f"a gateway ended by itself, with {code}, during {self.step}"
            for future in [*self.waiting.values(), self.ready]:
                if not future.done():
                    future.set_exception(Died())
            self.news.notify_all()

    def answer(self, tag, words):
        future = self.waiting.pop(tag, None)
        # A planted bug answers twice.
        if future:
            future.set_result(words)

    def begin(self, step):
        self.step, self.changes_before = step, len(self.changes)

    def ask(self, *words):
        future = concurrent.futures.Future()
        with self.news:
            if self.has_ended:
                raise Died()
            tag = str(next(self.tags))
            self.waiting[tag] = future
            try:
                self.process.stdin.write(" ".join([tag, *map(str, words)]) + "\n")
            except BrokenPipeError:
                pass
        kind, *rest = future.result(PATIENCE)
        if kind == "error":
            raise Refused(rest[0])
        return Answer(int(rest[0]), rest[1], rest[2] if len(rest) > 2 else None)

    def wait_for_change(self, seen):
        """Returns when there are more changes than `seen`, or after a second: another process may have made them."""
        with self.news:
            self.news.wait_for(lambda: len(self.changes) > seen or self.has_ended, 1)
            if self.has_ended and len(self.changes) <= seen:
                raise Died()

    def kill(self):
        self.process.kill()

    def stop(self):
        """Lets it close the store; `fall` tells whether it came to the end of that."""
        self.begin("stop")
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.listener.join(PATIENCE)


class Portal:
    """Repeats its calls with the same ids until they are answered, and keeps what was acknowledged."""

    # What says of itself that the same call may succeed later.
    TRANSIENT = {"store_unavailable", "store_outcome_unknown", "bank_outcome_unknown", "bank_not_reached", "busy"}

    def __init__(self, world, *options, once=()):
        self.world, self.options = world, options
        # Options of the next process alone.
        self.once = once
        self.lock = threading.Lock()
        # Told of every new process.
        self.renewal = threading.Condition()
        self.gateway = None
        self.acknowledged = {}
        self.ends = {}
        self.lost = {}
        self.changes, self.questions, self.crashes = [], [], []
        self.deaths = 0
        self.first_fall = None
        self.start()

    def start(self):
        """Starts the process, as often as it dies before it is ready."""
        while True:
            once, self.once = self.once, ()
            with self.renewal:
                self.gateway = Gateway(self.world, *self.options, *once)
                self.renewal.notify_all()
            try:
                return self.gateway.ready.result(PATIENCE)
            except Died:
                self.bury()

    def bury(self):
        self.gateway.process.wait(PATIENCE)
        self.gateway.listener.join(PATIENCE)
        self.changes += self.gateway.changes
        self.questions += self.gateway.questions
        self.crashes += [self.gateway.crash] if self.gateway.crash else []
        self.deaths += 1
        self.first_fall = self.first_fall or self.gateway.fall

    def revive(self, dead):
        """Starts anew what has died, unless another thread has, and looks whether everything acknowledged is there."""
        with self.lock:
            if self.gateway is not dead:
                return
            while True:
                self.bury()
                self.start()
                try:
                    return self.compare()
                except Died:
                    pass

    def compare(self):
        """Nothing that a client saw may be missing."""
        for id, version in list(self.acknowledged.items()):
            if id not in self.ends:
                self.check(id, version, self.gateway.ask("read", id).version)

    def check(self, id, version, found):
        if found < version:
            self.lost[id] = f"version {version} was acknowledged, {found} is there"
            self.acknowledged[id] = found

    def arm(self, kind, place):
        """Sets the blade. What runs by itself may meet it before the process says that it is set."""
        gateway = self.gateway
        try:
            gateway.ask(kind, place)
        except Died:
            self.revive(gateway)

    def ask(self, name, id, *words):
        """None when the process died over it, or gave an error that says to try again."""
        gateway = self.gateway
        try:
            answer = gateway.ask(name, *words)
            self.acknowledged[id] = max(answer.version, self.acknowledged.get(id, 0))
            if gateway.fall:
                # A write failed: whatever was answered since has to be there without this process, too.
                gateway.kill()
                self.revive(gateway)
            return answer
        except Died:
            self.revive(gateway)
        except Refused as refusal:
            if str(refusal) not in self.TRANSIENT:
                raise
        return None

    def call(self, name, id, *words):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.gateway.begin(name)
            answer = self.ask(name, id, *words)
            if answer:
                return answer
        raise TimeoutError(f"{name} was not answered in {PATIENCE} s")

    def wait(self, id):
        """The sweeper is alone with it now; gives how it ended."""
        self.gateway.begin("sweep")
        deadline = time.monotonic() + 2 * PATIENCE
        while time.monotonic() < deadline:
            gateway = self.gateway
            seen = len(gateway.changes)
            answer = self.ask("read", id, id)
            if answer and answer.state.split(":")[0] in ("settled", "failed"):
                self.ends[id] = answer.state
                return answer.state
            try:
                gateway.wait_for_change(seen)
            except Died:
                self.revive(gateway)
        raise TimeoutError(f"no end in {2 * PATIENCE} s")

    def wait_for_another(self, gateway):
        """Returns when a process has taken the place of this one."""
        with self.renewal:
            if not self.renewal.wait_for(lambda: self.gateway is not gateway, PATIENCE):
                raise TimeoutError(f"no new process in {PATIENCE} s")

    def close(self):
        """Whoever keeps sweeping takes time from the others."""
        self.gateway.kill()

    def disarm(self):
        self.once = ()
        while True:
            gateway = self.gateway
            try:
                return gateway.ask("kill", 0)
            except Died:
                self.revive(gateway)
