"""The banks' books against what the portal saw: by a few lines of its own, and by the auditor of the store."""

import json
import subprocess
import tempfile
from collections import Counter, namedtuple
from pathlib import Path

from outside import ROOT, TIMEOUT, requests

AUDITOR = ROOT / ".build" / "debug" / "audit"

# By id, in words; `unsound` is what the auditor says, a line each.
Verdict = namedtuple("Verdict", "lost doubled unsound")


def books_of(bank):
    """Every account, payment and booking of every bank."""
    return requests.get(f"{bank}/mock/books", timeout=TIMEOUT).json()


def verdict(*portals):
    """Of portals before one store, at a quiet moment, when every transfer has ended."""
    acknowledged, ends, lost, doubled = {}, {}, {}, {}
    for portal in portals:
        reopened(portal)
        ends |= portal.ends
        lost |= portal.lost
        for id, version in portal.acknowledged.items():
            acknowledged[id] = max(version, acknowledged.get(id, 0))
    books = books_of(portals[0].world.bank)
    payments = Counter(payment["endToEndId"] for bank in books for payment in bank["payments"])
    debits = Counter(
        entry["endToEndId"] for bank in books for entry in bank["ledger"] if entry["kind"] == "execution")
    for id, end in ends.items():
        if end == "settled" and debits[id] == 0:
            lost[id] = "settled, but never debited"
        if debits[id] > (end == "settled"):
            doubled[id] = f"{end}, debited {debits[id]} times"
        elif payments[id] > 1:
            doubled[id] = f"{payments[id]} payments at the bank"
    for id in payments.keys() - acknowledged.keys():
        doubled[id] = "at the bank, and nobody knows of it"
    transfers = {payment["id"]: payment["endToEndId"] for bank in books for payment in bank["payments"]}
    doubled |= repeated(portals, transfers)
    crashes = [crash for portal in portals for crash in portal.crashes]
    return Verdict(lost, doubled, crashes + audit(portals[0].world.store, books, acknowledged))


# Changes after which a bank is asked, once.
INTENTS = {"payerReturned", "deadlinePassed", "bankNotified", "cancelRequested"}


def repeated(portals, transfers):
    """What two processes did both: a change, or a question that only one of them had written down.

    `transfers`: by the bank's payment ids.
    """
    changes = [change for portal in portals for change in portal.changes]
    made = Counter((id, version) for id, version, _, _ in changes)
    asked = Counter(transfers.get(payment) for portal in portals for payment in portal.questions)
    meant = Counter(
        id for id, _, state, event in changes if event in INTENTS or (state, event) == ("confirming", "reported"))
    twice = {id: f"version {version} was made twice" for (id, version), count in made.items() if count > 1}
    return twice | {
        id: f"asked {count} times, meant to {meant[id]} times"
        for id, count in asked.items() if id and count > meant[id]}


def token_is_gone(bank, id):
    """Whether the bank exchanged the payer's code and was never asked to confirm with the token."""
    payments = (payment for one in books_of(bank) for payment in one["payments"])
    payment = next(payment["id"] for payment in payments if payment["endToEndId"] == id)
    heard = requests.get(f"{bank}/mock/requests", timeout=TIMEOUT).json()["requests"]
    answers = {(one["endpoint"], one["status"]) for one in heard if one["paymentId"] == payment}
    return ("token", 200) in answers and not any(endpoint == "confirm" for endpoint, _ in answers)


def reopened(portal):
    """Everything acknowledged is there for a new process."""
    portal.gateway.kill()
    portal.revive(portal.gateway)
    for id, version in list(portal.acknowledged.items()):
        portal.check(id, version, portal.gateway.ask("read", id).version)


def audit(store, books, acknowledged):
    with tempfile.TemporaryDirectory(prefix="pecule-audit-") as folder:
        ledger, seen = Path(folder) / "books.json", Path(folder) / "acknowledged"
        ledger.write_text(json.dumps(books))
        seen.write_text("".join(f"{id} {version}\n" for id, version in acknowledged.items()))
        command = [AUDITOR, "--store", store, "--ledger", ledger, "--acknowledged", seen, "--all-final"]
        result = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT * 6)
        return [] if result.returncode == 0 else (result.stdout + result.stderr).splitlines()
