"""The establishment that decides."""

import re

from relatives.application import add
from relatives.files import png
from relatives.walk import Walk


def enter_as_staff(browser, walk):
    """Another browser, in which the establishment has logged in."""
    staff = Walk(browser, walk.world, walk.address)
    staff.open("/etablissement")
    staff.page.fill("#identifiant", "agent-valmont")
    staff.page.fill("#code", "code-de-demonstration")
    staff.press("Entrer")
    return staff


def decide(walk, browser, place):
    """The establishment asks for a new photo and accepts; another establishment sees nothing of it."""
    staff = Walk(browser, walk.world, walk.address)
    staff.open("/etablissement")
    staff.look("staff-login")
    staff.page.fill("#identifiant", "agent-valmont")
    staff.page.fill("#code", "faux")
    staff.press("Entrer")
    staff.check("O-42", "a wrong code opens nothing", staff.page.get_by_role("alert").count() == 1)
    staff.page.fill("#code", "code-de-demonstration")
    staff.press("Entrer")
    staff.look("staff-queue")
    staff.check("A-02 A-22", "in the queue of the establishment", staff.page.locator(".card").count() == 1)
    staff.follow(staff.page.locator(".card a"))
    staff.look("staff-application")
    with staff.page.expect_download() as download:
        staff.page.get_by_role("link", name=re.compile("^Photo d’identité")).first.click()
    staff.check("A-02", "the document as it was sent", download.value.path().read_bytes() == png(600, 800))
    staff.page.select_option("#document", "identityPhoto")
    staff.page.fill("#message", "La photo est trop sombre.")
    staff.press("Demander ce document")
    walk.page.goto(place)
    walk.look("complement-asked")
    walk.check("A-13 A-18", "asked for a new photo", "trop sombre" in walk.text())
    walk.press("Répondre")
    walk.look("complement")
    add(walk, "nouvelle.png", png(700, 900))
    walk.press("Envoyer la réponse", "main")
    walk.check("O-21", "back to instruction", "En cours d’instruction" in walk.text())
    staff.page.reload()
    staff.press("Accepter la demande")
    staff.check("O-42", "accepted", "Acceptée" in staff.text())
    for path in ["/etablissement/permis", "/etablissement/plafonds"]:
        staff.open(path)
        staff.look(path.rsplit("/", 1)[-1])
    walk.page.goto(place)
    walk.look("accepted")
    walk.press("Enregistrer ce permis")
    walk.check("O-23 B-08", "registered in one step", "SONGE" in walk.text())
    walk.open("/etablissement")
    walk.check("AUTHORITY", "a relative is no staff", walk.page.url.endswith("/etablissement/connexion"))
