#!/usr/bin/env python3
"""The portal's mails at a real SMTP server (aiosmtpd): each act that is told by mail is told once, though the server is
down or busy for a while and the portal is killed between an act and its mail; and no subject tells of detention.

A mail that was not taken is tried again after a minute: the check takes about that long.
"""

import contextlib
import email
import email.policy
import queue
import re
import sys
import time

import outside  # noqa: F401, which moves into the environment that holds the packages

from aiosmtpd.controller import Controller
from playwright.sync_api import sync_playwright

from relatives.application import add, apply_quickly
from relatives.arrival import log_in
from relatives.serve import free_port, serving, until
from relatives.staff import enter_as_staff
from relatives.transfer import bank, confirmed, fill_permit
from relatives.files import png
from relatives.walk import CHROMIUM, Walk

# Persons and prisons of the demonstration, and the words of this domain.
TELLING = re.compile(
    "pénit|prison|détenu|écrou|permis|parloir|pécule|visite|régie|valmont|martel|camille|songe|modèle|042137|050111"
    r"|€|\d,\d\d", re.I)
PATIENCE = 100


class MailServer:
    """Takes mails, or is busy, or is not there; on one port throughout."""

    def __init__(self):
        self.arrived = queue.Queue()
        self.is_busy = False
        self.refused = queue.Queue()
        self.port = free_port()
        self.come_back()

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.is_busy:
            self.refused.put(address)
            return "451 4.3.2 try again later"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.arrived.put((envelope.rcpt_tos, message))
        return "250 OK"

    def go(self):
        self.controller.stop()

    def come_back(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()


def walk_acts(walk, browser, portal, server):
    """Every act that is told by mail. Gives a pattern for each subject that has to arrive, and how often."""
    walk.open("/connexion")
    log_in(walk)
    server.go()
    place = apply_quickly(walk)
    portal.kill()
    portal.start()
    first = walk.page.request.get(place)
    walk.check("MAIL", "a killed portal knows the application that it was sent", first.status == 200)
    reference = place.rsplit("/", 1)[-1]
    staff = enter_as_staff(browser, walk)
    server.come_back()
    server.is_busy = True
    staff.follow(staff.page.locator(".card a"))
    staff.page.select_option("#document", "identityPhoto")
    staff.page.fill("#message", "La photo est trop sombre.")
    staff.press("Demander ce document")
    server.refused.get(timeout=PATIENCE)
    server.is_busy = False
    walk.page.goto(place)
    walk.press("Répondre")
    add(walk, "nouvelle.png", png(700, 900))
    walk.press("Envoyer la réponse", "main")
    staff.page.reload()
    staff.press("Accepter la demande")
    pay(walk)
    portal.kill()
    portal.start()
    cancelled = cancel_another(walk)
    walk.open("/mes-donnees")
    walk.press("Demander l’effacement", "main")
    write(walk)
    return {
        rf"Accusé de réception de votre demande {reference}": 1,
        rf"Votre demande {reference} : un document est attendu": 1,
        rf"Votre demande {reference} : une décision est disponible": 1,
        rf"Accusé de réception de votre demande {cancelled}": 1,
        rf"Votre demande {cancelled} est annulée": 1,
        r"Reçu de votre virement PEC[0-9A-F]{32}": 1,
        r"Accusé de réception de votre message M[0-9A-F]{12}": 2,
    }


def pay(walk):
    walk.open("/permis/ajouter")
    fill_permit(walk, "900417", "demo-valmont", "042137")
    walk.press("Faire un virement", ".card")
    walk.press("Alimenter le pécule")
    walk.page.fill("#montant", "42,50")
    walk.press("Réaliser le virement")
    walk.press("Caisse Montagne")
    walk.press("Continuer chez ma banque")
    bank(walk)
    until(lambda: confirmed(walk), "the transfer is confirmed")


def reloaded(walk):
    walk.page.reload()
    return walk.text()


def cancel_another(walk):
    place = apply_quickly(walk, "demo-roche", "007050", "Mirage", "Andrea")
    walk.page.goto(place)
    walk.press("Annuler cette demande")
    walk.check("MAIL", "the second application is cancelled", "Annulée" in reloaded(walk))
    return place.rsplit("/", 1)[-1]


def write(walk):
    walk.open("/contact")
    walk.page.fill("#sujet", "Une question")
    walk.page.fill("#message", "Où est mon permis pour Lou Songe ?")
    walk.press("Envoyer", "main")


def gather(walk, server, expected):
    """What arrives, until as many have come as have to, and then whatever else is on its way."""
    end = time.monotonic() + PATIENCE
    arrived = []
    with contextlib.suppress(queue.Empty):
        while len(arrived) < sum(expected.values()):
            arrived.append(server.arrived.get(timeout=max(end - time.monotonic(), 0.1)))
        # Mails go out in the order in which they are due: in front of this one goes whatever is left.
        write(walk)
        while True:
            arrived.append(server.arrived.get(timeout=3))
    return arrived


def judge(walk, arrived, expected):
    subjects = [message["Subject"] for _, message in arrived]
    expected = expected | {r"Accusé de réception de votre message M[0-9A-F]{12}": 3}
    for pattern, times in expected.items():
        found = sum(re.fullmatch(pattern, subject) is not None for subject in subjects)
        walk.check("MAIL", f"« {pattern} »: {found} came, not {times}", found == times)
    walk.check("MAIL", f"nothing else: {subjects}", len(subjects) == sum(expected.values()))
    ids = [message["Message-ID"] for _, message in arrived]
    walk.check("MAIL", "no mail twice", len(ids) == len(set(ids)))
    for recipients, message in arrived:
        subject = message["Subject"]
        walk.check("G-03", f"« {subject} » says nothing of detention", not TELLING.search(subject))
        walk.check("C-10", f"« {subject} » goes to the account's address",
                   len(recipients) == 1 and recipients[0].startswith("camille@"))
        body = message.get_content()
        names = re.search("Songe|Lou |Modèle|042137|050111", body)
        walk.check("G-03", f"« {subject} » names no detained person", not names)
        if "de votre demande" in subject:
            for what in ["Date de réception : ", "Établissement : ", "Sans réponse de l’établissement le ",
                         "sera considérée comme refusée", "recours", "tribunal administratif",
                         "support@portail.example", "1 rue Inventée", "00 00 00 00 00"]:
                walk.check("G-06", f"the acknowledgement says « {what} »", what in body)


def main():
    if not CHROMIUM:
        print("portal-mail: SKIPPED, Chromium is missing: Scripts/setup tests installs it")
        sys.exit(77)
    server = MailServer()
    with sync_playwright() as tool, serving("--smtp", f"127.0.0.1:{server.port}") as portal:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        walk = Walk(browser, "desk, no scripts", portal.address)
        expected = walk_acts(walk, browser, portal, server)
        arrived = gather(walk, server, expected)
        judge(walk, arrived, expected)
        browser.close()
    server.go()
    print(f"{len(arrived)} mails, {len(Walk.passed)} passed, {len(Walk.failed)} failed")
    sys.exit(1 if Walk.failed else 0)


main()
