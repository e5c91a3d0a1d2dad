"""Flyer A: asking for a permit."""

import re
import tempfile
from pathlib import Path

from relatives.files import PDF, png
from relatives.serve import until


def add(walk, name, content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        walk.page.set_input_files("#fichier", path)
        walk.press("Ajouter", "main")


def apply_for_permit(walk):
    """Flyer A, from the menu to the acknowledgement: A-01 to A-26. Gives the address of the application."""
    page = walk.page
    walk.open("/")
    walk.press("Permis", "nav[aria-label='Menu principal']")
    walk.check("A-04 C-08", "the menu leads to the permits", walk.has("heading", "Permis"))
    walk.press("Demande de permis", "main")
    walk.look("applications")
    walk.check("A-01", "only for convicted persons", "condamnée" in walk.text())
    walk.press("Demander un permis", "main")
    walk.check("A-05", "begins the request", "/personne" in page.url)
    walk.look("detainee")
    place = page.url.rsplit("/", 1)[0]
    walk.check("A-07 A-09", "no field for the name before", page.locator("#nom").count() == 0)
    walk.check("A-26", "says which step it is", "Étape 1 sur 9" in walk.text())
    walk.press("Suivant")
    walk.check("A-06", "both are needed", page.get_by_role("alert").count() == 1)
    said = set()
    for number in ["050222", "999999"]:
        verify(walk, number)
        said.add(page.get_by_role("alert").inner_text())
    walk.check("A-01 O-06 O-08", "on remand or unknown: one and the same answer", len(said) == 1)
    walk.look("detainee-unknown")
    walk.check("A-26", "no step is skipped by its address", skips(walk, place, "photo").endswith("/personne"))
    verify(walk, "050111")
    walk.look("name")
    walk.check("A-07 A-08", "then the name can be typed", page.locator("#nom").count() == 1)
    walk.check("A-09", "the portal says no name", "Songe" not in page.content())
    type_name(walk, "Autre", "Lou")
    walk.check("O-07", "another name", page.get_by_role("alert").count() == 1)
    type_name(walk, "SONGE", "lou")
    walk.look("documents")
    walk.check("A-10 A-11 A-13", "the list of documents", all(
        word in walk.text() for word in ["photo d’identité", "pièce d’identité", "justificatif de domicile",
                                         "sous forme numérique", "documents complémentaires"]))
    walk.press("J’ai compris")
    walk.check("A-12", "« J’ai compris » goes on", page.url.endswith("/beneficiaire"))
    walk.look("beneficiary")
    walk.check("A-14", "no default", page.locator("input[type=radio]:checked").count() == 0)
    walk.press("Suivant")
    walk.check("A-14", "and needed", page.get_by_role("alert").count() == 1)
    page.get_by_text("Pour moi", exact=True).click()
    walk.press("Suivant")
    walk.look("relationship")
    page.select_option("#relation", "sibling")
    walk.check("A-15", "a drop-down", page.locator("select#relation option").count() == 12)
    walk.press("Suivant")
    walk.look("photo")
    walk.check("A-18", "recent and good", "récente et de bonne qualité" in walk.text())
    walk.press("Suivant")
    walk.check("A-17", "not on without it", "Photo d’identité" in page.get_by_role("alert").inner_text())
    for name, content, says in [
        ("photo.png", png(100, 100), "trop petite"), ("photo.pdf", PDF, "pas un PDF"),
        ("photo.png", b"MZ\x90\0" * 100, "ni une image"), ("photo.png", png(600, 800)[:-20], "incomplet"),
        ("photo.png", png(600, 800) + b"\0" * (6 << 20), "dépasse"),
        ("photo.png", png(600, 800) + b"\0" * (14 << 20), "dépasse la taille permise"),
        ("photo.png", png(600, 800) + b"\0" * (30 << 20), "dépasse la taille permise"),
    ]:
        add(walk, name, content)
        walk.check("UPLOADS", f"{name}, {len(content)} bytes: {says}", says in page.get_by_role("alert").inner_text())
        page.goto(f"{place}/photo")
    add(walk, "photo.png", png(100, 100))
    walk.look("photo-refused")
    add(walk, "photo.png", png(600, 800))
    walk.check("A-16", "the photo is there", page.locator(".files li").count() == 1)
    walk.look("photo-added")
    walk.press("Suivant")
    walk.look("identity")
    add(walk, "recto.png", png(600, 400))
    walk.check("A-19", "the kind is needed", "Type de pièce d’identité" in page.get_by_role("alert").inner_text())
    page.select_option("#type", "nationalIdentityCard")
    add(walk, "recto.png", png(600, 400))
    walk.press("Suivant")
    walk.check("O-14", "a card has two sides", page.get_by_role("alert").count() == 1)
    add(walk, "verso.png", png(600, 400))
    walk.press("Suivant")
    walk.look("address")
    walk.press("Suivant")
    walk.check("A-20", "needed", "Justificatif de domicile" in page.get_by_role("alert").inner_text())
    add(walk, "facture.pdf", PDF)
    walk.press("Suivant")
    walk.look("comment")
    walk.check("A-21", "optional", "facultatif" in walk.text())
    type_over_the_session(walk, "#commentaire", "Merci d’avance.")
    walk.press("Suivant")
    walk.look("review")
    walk.check("O-16", "everything is shown again", all(word in walk.text() for word in ["SONGE", "Frère ou sœur"]))
    walk.press("Envoyer la demande")
    walk.look("sent")
    confirmation = "Confirmation de l’envoi de votre demande de permis de visite"
    walk.check("A-25", "the confirmation", walk.has("heading", confirmation))
    walk.check("A-03 A-22", "transmitted", "Transmise" in walk.text())
    walk.open("/permis/demandes")
    walk.look("applications-one")
    walk.check("A-24", "in the list of one's own", page.locator(".card").count() == 1)
    mails(walk)
    return place


def apply_quickly(walk, place="demo-valmont", number="050111", name="Songe", first_name="Lou"):
    """The whole of flyer A, without a look at its pages. Gives the address of the application."""
    page = walk.page
    walk.open("/permis/demandes")
    walk.press("Demander un permis", "main")
    address = page.url.rsplit("/", 1)[0]
    verify(walk, number, place)
    type_name(walk, name, first_name)
    walk.press("J’ai compris")
    page.get_by_text("Pour moi", exact=True).click()
    walk.press("Suivant")
    page.select_option("#relation", "sibling")
    walk.press("Suivant")
    for file_name, content in [("photo.png", png(600, 800)), ("passeport.png", png(600, 400)), ("facture.pdf", PDF)]:
        if file_name.startswith("passeport"):
            page.select_option("#type", "passport")
        add(walk, file_name, content)
        walk.press("Suivant")
    walk.press("Suivant")
    walk.press("Envoyer la demande")
    return address


def verify(walk, number, place="demo-valmont"):
    walk.page.select_option("#etablissement", place)
    walk.page.fill("#ecrou", number)
    walk.press("Suivant")


def type_name(walk, name, first_name):
    walk.page.fill("#nom", name)
    walk.page.fill("#prenom", first_name)
    walk.press("Suivant")


def skips(walk, place, step):
    walk.page.goto(f"{place}/{step}")
    return walk.page.url


def type_over_the_session(walk, field, text):
    """Sends what was typed once the session is over: it is there again after the login."""
    walk.page.fill(field, text)
    walk.context.clear_cookies(domain="localhost", name="__Host-session")
    walk.press("Suivant")
    walk.look("session-over")
    walk.check("O-02", "the page says that it is kept", "ce que vous avez saisi vous attend" in walk.text())
    walk.press("Se connecter")
    # Of FranceConnect the session still lasts.
    walk.press("Continuer sur")
    walk.check("O-02", "what was typed is there again", walk.page.input_value(field) == text)


def mails(walk):
    """The acknowledgement, once, and without a word of prison in its subject."""
    def subjects_with_acknowledgement():
        walk.open("/courrier-simule")
        subjects = walk.page.locator("article h2").all_inner_texts()
        return subjects if any("Accusé de réception" in subject for subject in subjects) else []

    subjects = until(subjects_with_acknowledgement, "the acknowledgement's mail")
    walk.check("A-23", "one acknowledgement", sum("Accusé de réception" in subject for subject in subjects) == 1)
    words = re.compile("pénit|prison|détenu|écrou|permis|parloir|pécule", re.I)
    walk.check("A-23 G-03", "no subject tells of detention", not any(words.search(subject) for subject in subjects))
    if "no scripts" not in walk.world:
        walk.judge("mails")
