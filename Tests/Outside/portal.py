#!/usr/bin/env python3
"""The relatives' portal in a browser: both flyers walked screen by screen, at a desk and on a phone, with scripts and
without, each page looked at by axe. Each row of the flyers' checklist that is walked stands beside what is seen.

Screenshots are left in `.build/portal-screenshots`.
"""

import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import outside  # noqa: F401, which moves into the environment that holds the packages

from playwright.sync_api import sync_playwright

from relatives.application import apply_for_permit
from relatives.arrival import arrive, leave
from relatives.banks import walk_banks
from relatives.keyboard import walk_by_keys
from relatives.serve import serving
from relatives.staff import decide
from relatives.telephone import walk_to_telephone
from relatives.transfer import register, transfer
from relatives.walk import CHROMIUM, SHOTS, WORLDS, Walk


def walk_by_sight(browser, world, portal):
    """Both flyers, each page looked at."""
    walk = Walk(browser, world, portal.address)
    for part in [arrive, register, transfer]:
        part(walk)
    decide(walk, browser, apply_for_permit(walk))
    leave(walk)


# The long ones first: two go at a time.
WAYS = {"keyboard": walk_by_keys} | {world: walk_by_sight for world in WORLDS} | {
    "banks": walk_banks, "telephone": walk_to_telephone,
}
AT_A_TIME = 2


def walk_world(world):
    """In a browser and a portal of its own: the permit is registered once."""
    began = time.monotonic()
    with sync_playwright() as tool, serving() as portal:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        WAYS[world](browser, world, portal)
        browser.close()
    print(f"{world}: walked in {time.monotonic() - began:.0f} s", flush=True)


def missing_rows():
    """The rows of the two flyers that nobody has walked."""
    checklist = [f"{part}-{n:02d}" for part, count in [("A", 26), ("B", 21), ("C", 12)] for n in range(1, count + 1)]
    missing = [row for row in checklist if row not in Walk.rows]
    print(f"{len(checklist) - len(missing)} of {len(checklist)} rows of the checklist walked {' '.join(missing)}")
    return missing


def main():
    """All ways, or those that are named: `portal.py keyboard`."""
    if not CHROMIUM:
        print("portal: SKIPPED, Chromium is missing: Scripts/setup tests installs it")
        sys.exit(77)
    shutil.rmtree(SHOTS, ignore_errors=True)
    wanted = sys.argv[1:] or list(WAYS)
    with ThreadPoolExecutor(AT_A_TIME) as walkers:
        list(walkers.map(walk_world, wanted))
    if wanted == list(WAYS):
        Walk.failed += [f"not walked: {row}" for row in missing_rows()]
    print(f"{len(Walk.passed)} passed, {len(Walk.failed)} failed")
    sys.exit(1 if Walk.failed else 0)


main()
