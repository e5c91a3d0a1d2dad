"""All that is played on one kind of store, and what it came to."""

import table
from journeys import CANCELLED, JOURNEYS
from load import PAYERS, load
from matrix import edges, planted, points
from stores import KINDS
from witness import counts

# Most of the time everyone waits: for banks that settle a moment later, for leases that end.
WORKERS = 12
# In which writes fail: every kind of call to a bank is in them.
FAULTY = [JOURNEYS[0], JOURNEYS[2], CANCELLED]
# Planted on purpose: the matrix has to find them.
BUGS = ["early-answer", "new-key"]
# Loads at the same time, each on a store of its own, and the kills in each, by the number of gateways on a store.
LOADS, KILLS = 2, {"sqlite": {1: 100}, "postgres": {1: 25, 2: 25}}


class Run:
    """`stride`: 1, or more to leave that many points out."""

    def __init__(self, pool, name, seed, stride):
        self.pool, self.name, self.stores, self.seed, self.stride = pool, name, KINDS[name], seed, stride

    def share(self, workers, work, *arguments):
        """Divides the points among so many."""
        return [
            self.pool.submit(work, self.stores, self.seed, worker, workers * self.stride, *arguments)
            for worker in range(workers)]

    def report(self):
        """Plays one part after the other, so that none waits for the processors of another, and prints what came of
        each; gives in words all that is wrong."""
        print(f"\n{self.name}: killed before and after every durable write, and somewhere in the recovery again")
        problems = self.show(self.share(WORKERS, points, "kill", JOURNEYS) + self.share(WORKERS // 4, edges))
        print(f"\n{self.name}: every durable write failed once, and the process killed after the next answer")
        problems += self.show(self.share(WORKERS, points, "fail", FAULTY))
        for gateways, kills in KILLS[self.name].items():
            kills = max(2, kills // self.stride)
            loads = [self.pool.submit(load, self.stores, f"{self.seed}-{number}", kills, gateways)
                     for number in range(LOADS)]
            problems += self.show_load(gateways, [future.result() for future in loads])
        if self.name == "sqlite":
            counted, seen = self.pool.submit(counts).result()
            print(f"{self.name}: {counted} points counted where strace saw {seen}")
            problems += [] if counted == seen else ["points were not counted"]
        for bug in BUGS:
            found = self.pool.submit(planted, self.stores, bug).result()
            print(f"{self.name}: planted {bug}: {f'found {found} times' if found else 'NOT FOUND'}")
            problems += [] if found else [f"planted {bug} was not found"]
        return [f"{self.name}: {problem}" for problem in problems]

    def show(self, futures):
        results = [future.result() for future in futures]
        met = [point for points, _ in results for point in points]
        print(table.text(table.rows(self.name, met)))
        wrong = [(point, point.lost or point.doubled or point.strange) for point in met]
        return [
            *(f"{point.id} {point.journey}: {words}" for point, words in wrong if words),
            *(line for _, lines in results for line in lines)]

    def show_load(self, gateways, loads):
        def total(name):
            return sum(getattr(one, name) for one in loads)

        lost, doubled = ([f"{id}: {words}" for one in loads for id, words in getattr(one, name).items()]
                         for name in ("lost", "doubled"))
        print(f"\n{self.name}: {LOADS} times {PAYERS} payers at {gateways} gateway{'s' * (gateways > 1)}: "
              f"{total('transfers')} transfers, {total('kills')} random kills, {total('recoveries')} of them in the "
              f"recovery: lost {len(lost)}, doubled {len(doubled)}")
        return lost + doubled + [line for one in loads for line in one.strange + one.unsound]
