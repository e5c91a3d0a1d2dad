"""Random kills while many payers pay at the same time, at one gateway or at several on one store."""

import concurrent.futures
import contextlib
import random
import threading
from collections import namedtuple

from books import verdict
from gateway import PATIENCE, Died, Portal, World
from journeys import JOURNEYS, play
from outside import mock_bank, return_server

PAYERS = 16
# A draft that nobody takes further would only wait here, and so would a payment whose token is gone (`play`).
PLAYED = [journey for journey in JOURNEYS if journey.name not in ("draft left alone", "code exchanged, settled")]

# `recoveries`: kills before the process was ready to answer.
Load = namedtuple("Load", "transfers kills recoveries lost doubled strange unsound")


class Several:
    """Portals before one store, behind one name: each call goes to one of them."""

    def __init__(self, portals, dice):
        self.portals, self.dice, self.world = portals, dice, portals[0].world

    def call(self, *words):
        return self.dice.choice(self.portals).call(*words)

    def wait(self, id):
        return self.dice.choice(self.portals).wait(id)


def load(stores, seed, kills, gateways=1, options=()):
    with mock_bank() as bank, return_server() as (back, _), stores() as new:
        world = World(new(), bank, back)
        portals = [Portal(world, *options) for _ in range(gateways)]
        over = threading.Event()
        with concurrent.futures.ThreadPoolExecutor(PAYERS) as pool:
            payers = [pool.submit(pay, portals, over, f"{seed}-{payer}") for payer in range(PAYERS)]
            recoveries = kill(portals, kills, random.Random(seed))
            over.set()
        strange = [problem for payer in payers for problem in payer.result()]
        found = verdict(*portals)
        for portal in portals:
            portal.close()
    transfers = len({id for portal in portals for id in portal.ends})
    return Load(transfers, kills, recoveries, found.lost, found.doubled, strange, found.unsound)


def pay(portals, over, seed):
    """One payer after the other, until it is over; gives what ended otherwise than it should."""
    dice = random.Random(seed)
    strange, number = [], 0
    while not over.is_set():
        journey, id = dice.choice(PLAYED), f"L{seed}-{number}"
        number += 1
        try:
            end = play(journey, Several(portals, dice), id)
            if end != journey.end:
                strange.append(f"{id}: ended {end} instead of {journey.end}")
        except Exception as error:  # Whatever it is, it is shown.
            strange.append(f"{id}, {journey.name}: {type(error).__name__} {error}")
    return strange


def kill(portals, kills, dice):
    """At random moments of a process's life, its start among them; gives how many had not answered anyone yet."""
    recoveries = 0
    for _ in range(kills):
        portal = dice.choice(portals)
        gateway = portal.gateway
        # One in four at its start already, the others after some changes more.
        if dice.random() < 0.75:
            concurrent.futures.wait([gateway.ready], PATIENCE)
            with contextlib.suppress(Died):
                gateway.wait_for_change(len(gateway.changes) + dice.randrange(12))
        recoveries += not gateway.ready.done()
        gateway.kill()
        portal.wait_for_another(gateway)
    return recoveries
