"""Kill points: every durable write of every journey, one after the other."""

import contextlib
import itertools
import random
from collections import namedtuple

from books import verdict
from gateway import Portal, Refused, World
from journeys import CANCELLED, chooses_bank, play
from outside import mock_bank, return_server

# One point and what came of it. `fall` is None where the journey was over first; `deaths`: more than one where the
# recovery was killed, too; `lost`, `doubled` and `strange` are words where something is wrong.
Point = namedtuple("Point", "id journey fall deaths lost doubled strange")


@contextlib.contextmanager
def portal_before(stores, options):
    """A portal before a new store and a bank of its own."""
    with mock_bank() as bank, return_server() as (back, _), stores() as new:
        with contextlib.closing(Portal(World(new(), bank, back), *options)) as portal:
            yield portal


def points(stores, seed, worker, workers, kind, journeys, options=()):
    """Every `workers`-th point of each journey. `kind`: `kill`, or `fail` for a write that fails.

    Gives the points, and what the auditor found in the end.
    """
    met = {}
    with portal_before(stores, options) as portal:
        for number, journey in enumerate(journeys):
            for place in itertools.count(worker + 1, workers):
                id = f"{kind[0].upper()}{number}-{place}"
                met[id] = walk(kind, place, journey, portal, id, random.Random(f"{seed} {id}"))
                if not met[id].fall:
                    break
        found = verdict(portal)
    judged = [point._replace(lost=found.lost.get(id), doubled=found.doubled.get(id)) for id, point in met.items()]
    return judged, found.unsound


def walk(kind, place, journey, portal, id, dice):
    """One journey with the blade at one place. The process that comes after is killed as well, somewhere."""
    portal.deaths, portal.first_fall = 0, None
    portal.arm(kind, place)
    portal.once = ("--kill", str(dice.randint(1, 40))) if kind == "kill" else ()
    strange = None
    try:
        end = play(journey, portal, id)
        if end != journey.end:
            strange = f"ended {end} instead of {journey.end}"
    except Exception as error:  # Whatever it is, the matrix shows it and goes on.
        strange = f"{type(error).__name__} {error}"
    portal.disarm()
    return Point(id, journey.name, portal.first_fall, portal.deaths, None, None, strange)


def planted(stores, bug):
    """At how many points a bug that was planted shows: of those of drafting a transfer and choosing its bank."""
    with portal_before(stores, ["--plant", bug]) as portal:
        for place in itertools.count(1, 3):
            portal.first_fall = None
            portal.arm("kill", place)
            id = f"B-{place}"
            portal.call("draft", id, id, 100)
            # What was answered early is not there yet, or never will be.
            for _ in range(100):
                with contextlib.suppress(Refused):
                    chooses_bank(CANCELLED, portal, id)
                    break
                if id in portal.lost:
                    break
            portal.disarm()
            if not portal.first_fall:
                break
        found = verdict(portal)
        return len(found.lost) + len(found.doubled)


def edges(stores, _, worker, workers):
    """Every `workers`-th write of making a store and of closing one."""
    points = []
    with mock_bank() as bank, return_server() as (back, _), stores() as new:
        for name, edge in [("store made", made), ("store closed", closed)]:
            for place in itertools.count(worker + 1, workers):
                portal = edge(World(new(), bank, back), place)
                points.append(Point(place, name, portal.first_fall, portal.deaths, portal.lost.get("E"), None, None))
                portal.close()
                if not portal.first_fall:
                    break
    return points, []


def made(world, place):
    portal = Portal(world, once=("--kill", str(place)))
    portal.disarm()
    portal.call("draft", "E", "E", 100)
    return reopened(portal)


def closed(world, place):
    portal = Portal(world)
    portal.call("draft", "E", "E", 100)
    portal.gateway.ask("kill", place)
    portal.gateway.stop()
    return reopened(portal)


def reopened(portal):
    """What was acknowledged is there for a new process; that one's death is not counted."""
    fall, deaths = portal.first_fall, portal.deaths
    portal.gateway.kill()
    portal.revive(portal.gateway)
    portal.first_fall, portal.deaths = fall or portal.first_fall, max(deaths, int(bool(portal.first_fall)))
    return portal
