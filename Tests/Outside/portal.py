#!/usr/bin/env python3
"""The relatives' portal in a browser: both flyers walked screen by screen, at a desk and on a phone, with scripts and
without, each page looked at by axe. Each row of the flyers' checklist that is walked stands beside what is seen.

Screenshots are left in `.build/portal-screenshots`.
"""

import contextlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from outside import ROOT, program

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

SHOTS = ROOT / ".build" / "portal-screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WORLDS = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 320, "height": 740}, "is_mobile": True, "has_touch": True},
    "desk, no scripts": {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
    "phone, no scripts": {"viewport": {"width": 320, "height": 740}, "java_script_enabled": False},
}
# Chromium reports every answer that is no success as an error of its console; those pages are looked at as well.
EXPECTED_CONSOLE = re.compile(r"Failed to load resource: the server responded with a status of (403|404|409|413)")


@contextlib.contextmanager
def portal():
    """Starts `pecule serve` on a free port with a store of its own, gives its address, and stops it."""
    with subprocess.Popen([program("pecule"), "serve", "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline()
            assert line.startswith("portal ready at "), f"pecule serve says: {line!r}"
            yield line.split()[-1]
        finally:
            process.terminate()


class Walk:
    """One person's way through the portal in one kind of browser."""

    rows = set()
    failed = []
    passed = 0

    def __init__(self, browser, world, address):
        self.world, self.address = world, address
        self.context = browser.new_context(locale="fr-FR", **WORLDS[world])
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.page.on("console", self.hear)
        self.titles = {}
        self.shots = 0

    def hear(self, message):
        if message.type == "error" and not EXPECTED_CONSOLE.match(message.text):
            self.check("console", f"no error in the console: {message.text}", False)

    def check(self, rows, says, holds):
        """Notes whether something holds, for these rows of the checklist."""
        Walk.rows.update(rows.split())
        if holds:
            Walk.passed += 1
        else:
            Walk.failed.append(f"{self.world}: {rows}: {says} ({self.page.url})")
            print(f"FAILED {Walk.failed[-1]}")

    # What a person does.

    def open(self, path):
        self.page.goto(self.address + path)

    def press(self, name, within="body"):
        """A link or a button, by the words that stand on it."""
        pattern = re.compile(rf"^{re.escape(name)}")
        place = self.page.locator(within)
        found = place.get_by_role("link", name=pattern).or_(place.get_by_role("button", name=pattern))
        found.first.click()

    def text(self, place="main"):
        return self.page.inner_text(place)

    def has(self, role, name, place="body"):
        return self.page.locator(place).get_by_role(role, name=name, exact=True).count() > 0

    # What every page has to be.

    def look(self, name):
        """A picture, and what holds for every page of the portal."""
        self.shots += 1
        folder = SHOTS / self.world.replace(", ", "-").replace(" ", "-")
        body = self.page.content()
        self.page.screenshot(path=folder / f"{self.shots:02d}-{name}.png", full_page=True)
        if not self.page.url.startswith(self.address):
            return
        self.check("A11Y-9", f"{name}: a title that says where one is", " – Portail des proches" in self.page.title())
        self.check("A11Y-11", f"{name}: one first heading", self.page.locator("h1").count() == 1)
        self.check("A11Y-10", f"{name}: in French", 'lang="fr"' in body)
        ids = re.findall(r'\bid="([^"]+)"', body)
        self.check("A11Y-10", f"{name}: no id twice", len(ids) == len(set(ids)))
        self.check("C-01", f"{name}: no misspelt address", "pénitentiaire.justice" not in body and "penitenciaire" not in body)
        staff = "/etablissement/" in self.page.url
        self.check("C-06", f"{name}: no password field", staff or self.page.locator("input[type=password]").count() == 0)
        self.check("C-09", f"{name}: the support is offered", "contactez le support" in self.text("footer"))
        self.check("U05", f"{name}: says that it is a simulation", "aucun virement réel" in body)
        inline = re.search(r"<script|<style|<iframe|\s(style|on[a-z]+)=", body)
        self.check("CSP", f"{name}: no script, no inline style", not inline)
        typed = self.page.locator("input:not([type=hidden]), select, textarea")
        labelled = all(
            self.page.locator(f"label[for='{typed.nth(n).get_attribute('id')}']").count() == 1
            for n in range(typed.count()) if typed.nth(n).get_attribute("type") not in ("radio", "checkbox"))
        self.check("A11Y-1", f"{name}: each field has its label", labelled)
        if "no scripts" not in self.world:
            self.judge(name)

    def judge(self, name):
        width = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.check("C-02 A11Y-14", f"{name}: nothing to scroll sideways", width <= 0)
        options = {"runOnly": {"type": "tag", "values": ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
        found = Axe().run(self.page, options=options).response["violations"]
        for violation in found:
            places = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
            self.check("AXE", f"{name}: {violation['id']}: {violation['help']}: {places}", False)
        self.check("AXE", f"{name}: axe finds nothing", not found)


def log_in(walk, person="Trois prénoms"):
    walk.press("Fournisseur d’identité Alpha")
    walk.press(person)
    walk.page.get_by_role("button", name=re.compile("Continuer sur")).click()


def arrive(walk):
    """The way in: C rows."""
    walk.open("/")
    walk.look("welcome")
    walk.check("C-03 C-04", "the button of FranceConnect", walk.has("link", "S’identifier avec FranceConnect"))
    walk.check("C-12", "the users are the relatives", "proches des personnes détenues" in walk.page.title())
    walk.open("/pecule")
    walk.check("C-05 C-11", "FranceConnect is another place", not walk.page.url.startswith(walk.address))
    log_in(walk)
    walk.check("C-11", "back at the page that was asked for", walk.page.url == walk.address + "/pecule")
    tabs = walk.page.locator("nav[aria-label='Menu principal'] a").all_inner_texts()
    walk.check("C-08", "the four tabs in their order", tabs == ["Accueil", "Permis", "Pécule", "Contact"])
    walk.open("/mes-donnees")
    walk.look("my-data")
    walk.check("C-10", "the account has its address", "camille@" in walk.text())


def register(walk):
    """Before and after the first permit: B-02 to B-09."""
    walk.open("/")
    walk.look("home-without-permit")
    walk.check("C-07", "the services after the login", "Bonjour Camille" in walk.text())
    walk.press("Faire un virement", "main")
    walk.look("pecule-without-permit")
    walk.check("B-04 B-05 B-21", "leads to the tab Pécule", walk.has("heading", "Pécule"))
    walk.check("B-02", "says that a permit comes first", "enregistrez d’abord" in walk.text())
    walk.check("B-20", "adds to the usual way", "ne la remplace pas" in walk.text())
    walk.check("B-19", "the history on the tab", walk.has("link", "Voir l’historique"))
    walk.press("Ajouter un permis de visite", "main")
    walk.check("B-06", "the form for a permit", walk.page.url.endswith("/permis/ajouter"))
    walk.look("permit-form")
    walk.check("B-07", "says where to find help", "La prise de rendez-vous parloir se simplifie" in walk.text())
    walk.press("Ajouter ce permis")
    walk.look("permit-empty")
    wrong = walk.page.locator("[aria-invalid=true]").count()
    walk.check("A11Y-4", "each field says what is wrong", wrong == 3 and walk.page.title().startswith("Erreur"))
    for number, place, ecrou, says in [
        ("900421", "demo-valmont", "042137", "Aucun permis à votre nom"),
        ("123456", "demo-valmont", "042137", "Aucun permis à votre nom"),
        ("900417", "demo-valmont", "999999", "Aucun permis à votre nom"),
        ("900419", "demo-valmont", "042138", "suspendu"),
    ]:
        fill_permit(walk, number, place, ecrou)
        walk.check("B-01 B-03", f"permit {number}, {ecrou}: {says}", says in walk.text())
    walk.look("permit-refused")
    fill_permit(walk, "900417", "demo-valmont", "042137")
    walk.look("home-with-permit")
    walk.check("B-08", "the card of the permit", "Noé André Modèle" in walk.text())
    services = walk.page.locator(".card .services a").all_inner_texts()
    walk.check("B-09", "its two services", [s.split("\n")[0].split(" avec ")[0].split(" à Noé")[0] for s in services]
               == ["Prendre un rendez-vous parloir", "Faire un virement"])
    walk.press("Prendre un rendez-vous parloir", ".card")
    walk.look("visiting-room")
    walk.open("/permis")
    walk.look("permits")


def fill_permit(walk, number, place, ecrou):
    walk.page.fill("#permis", number)
    walk.page.select_option("#etablissement", place)
    walk.page.fill("#ecrou", ecrou)
    walk.press("Ajouter ce permis")


def transfer(walk):
    """From the card to the receipt: B-10 to B-19."""
    walk.open("/")
    walk.press("Faire un virement", ".card")
    walk.look("pecule")
    walk.check("B-10 B-21", "the person of the card", "Noé André Modèle" in walk.text())
    walk.press("Alimenter le pécule")
    walk.look("amount")
    walk.check("B-12", "the cap before typing", "200,00\u00a0€ au plus par virement" in walk.text())
    for typed, says in [
        ("", "Saisissez un montant"), ("1e3", "Saisissez un montant"), ("-5", "sans signe moins"),
        ("0,99", "au moins 1,00"), ("12,345", "deux chiffres au plus"), ("200,01", "au plus 200,00"),
    ]:
        walk.page.fill("#montant", typed)
        walk.press("Réaliser le virement")
        walk.check("B-11 B-12", f"« {typed} »: {says}", says in walk.text())
    walk.look("amount-refused")
    walk.page.fill("#montant", "42,50")
    walk.press("Réaliser le virement")
    walk.check("B-11 B-13", "on to the banks by itself", walk.has("heading", "Sélectionnez votre banque"))
    walk.look("banks")
    walk.check("B-13", "what it is about", "42,50" in walk.text() and "Noé André Modèle" in walk.text())
    walk.page.fill("#recherche", "nulle part")
    walk.press("Rechercher")
    walk.look("no-bank")
    walk.page.fill("#recherche", "montagne")
    walk.press("Rechercher")
    walk.press("Caisse Montagne")
    walk.look("leaving")
    place = walk.page.url.removesuffix("/depart")
    walk.check("B-14", "a new window is announced", walk.has("link", "Ouvrir ma banque dans une nouvelle fenêtre"))
    walk.check("B-15", "the application of the bank", "application" in walk.text())
    walk.press("Continuer chez ma banque")
    walk.check("B-14 P-02", "the bank is another place", not walk.page.url.startswith(walk.address))
    bank(walk)
    walk.check("B-16", "one press, and back", walk.page.url == place)
    while "Votre virement est confirmé" not in walk.text():
        walk.look("waiting")
        walk.page.wait_for_url(place)
        walk.page.wait_for_timeout(1000)
        walk.page.reload()
    walk.look("confirmed")
    walk.check("B-17", "the confirmation", walk.page.locator("[role=status]").count() == 1)
    walk.check("B-19", "the history on the confirmation", walk.has("link", "Voir l’historique"))
    walk.press("Voir le reçu")
    walk.look("receipt")
    code = walk.page.locator(".code").inner_text()
    reference = re.search(r"PEC[0-9A-F]{32}", walk.text()).group(0)
    for typed, says in [(code, "est celui d’un virement confirmé"), ("AAAA-AAAA-AAAA", "n’est pas celui")]:
        walk.open("/verification")
        walk.page.fill("#reference", reference)
        walk.page.fill("#montant", "42,50")
        walk.page.fill("#code", typed)
        walk.press("Vérifier", "main")
        walk.check("O-35", f"a code of the receipt: {says}", says in walk.text())
    walk.look("verification")
    walk.open("/pecule")
    walk.press("Voir l’historique")
    walk.look("history")
    walk.check("B-18 B-19", "the transfer in the history", reference in walk.text() and "Effectué" in walk.text())
    with walk.page.expect_download() as download:
        walk.press("Télécharger la liste")
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    walk.check("B-18", "the table for spreadsheets", len(lines) == 2 and '"42,50"' in lines[1])


def bank(walk):
    """What the payer does at the bank."""
    page = walk.page
    page.fill("input[name=login]", "camille")
    page.fill("input[name=password]", "demo")
    page.get_by_role("button", name="Me connecter").click()
    page.locator(".choice").first.click()
    page.get_by_role("button", name="Continuer").click()
    page.fill("input[name=code]", page.locator(".digits").inner_text().strip())
    page.get_by_role("button", name="Confirmer").click()


def png(width, height):
    """A grey picture of that size."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80\x90\xa0" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PDF = (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\n"
       b"endobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n"
       b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n110\n%%EOF\n")


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
    walk.press("Suivant")
    walk.look("review")
    walk.check("O-16", "everything is shown again", all(word in walk.text() for word in ["SONGE", "Frère ou sœur"]))
    walk.press("Envoyer la demande")
    walk.look("sent")
    walk.check("A-25", "the confirmation", "Confirmation de l’envoi de votre demande de permis de visite" in walk.text())
    walk.check("A-03 A-22", "transmitted", "Transmise" in walk.text())
    walk.open("/permis/demandes")
    walk.look("applications-one")
    walk.check("A-24", "in the list of one's own", page.locator(".card").count() == 1)
    mails(walk)
    return place


def verify(walk, number):
    walk.page.select_option("#etablissement", "demo-valmont")
    walk.page.fill("#ecrou", number)
    walk.press("Suivant")


def type_name(walk, name, first_name):
    walk.page.fill("#nom", name)
    walk.page.fill("#prenom", first_name)
    walk.press("Suivant")


def skips(walk, place, step):
    walk.page.goto(f"{place}/{step}")
    return walk.page.url


def mails(walk):
    """The acknowledgement, once, and without a word of prison in its subject."""
    for _ in range(20):
        walk.open("/courrier-simule")
        subjects = walk.page.locator("article h2").all_inner_texts()
        if any("Accusé de réception" in subject for subject in subjects):
            break
        walk.page.wait_for_timeout(500)
    walk.check("A-23", "one acknowledgement", sum("Accusé de réception" in subject for subject in subjects) == 1)
    words = re.compile("pénit|prison|détenu|écrou|permis|parloir|pécule", re.I)
    walk.check("A-23 G-03", "no subject tells of detention", not any(words.search(subject) for subject in subjects))
    if "no scripts" not in walk.world:
        walk.judge("mails")


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
    staff.page.locator(".card a").click()
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

def leave(walk):
    """The pages for everybody, what is not there, and the way out."""
    for path in ["contact", "aide", "accessibilite", "mentions-legales", "donnees-personnelles", "plan-du-site"]:
        walk.open("/" + path)
        walk.look(path)
    for path in ["/nulle-part", "/virements/PEC0", "/pecule/inconnu", "/permis/inconnu/parloir", "/virements?apres=x"]:
        walk.open(path)
        walk.check("AUTHORITY", f"{path} is not found", "Page introuvable" in walk.page.title())
    walk.look("not-found")
    walk.press("Se déconnecter")
    walk.look("signed-out")
    walk.check("O-02", "signed out", "Vous êtes déconnecté" in walk.text())
    walk.open("/pecule")
    walk.check("C-11", "nothing without a login", not walk.page.url.startswith(walk.address))


def main():
    if not CHROMIUM:
        print("portal: SKIPPED, Chromium is missing: Scripts/setup tests installs it")
        sys.exit(77)
    shutil.rmtree(SHOTS, ignore_errors=True)
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for world in WORLDS:
            # Each in a portal of its own: the permit is registered once.
            with portal() as address:
                walk = Walk(browser, world, address)
                for part in [arrive, register, transfer]:
                    part(walk)
                decide(walk, browser, apply_for_permit(walk))
                leave(walk)
                print(f"{world}: {walk.shots} pages")
        browser.close()
    # The rows of the two flyers: each has to be walked.
    checklist = [f"{part}-{n:02d}" for part, count in [("A", 26), ("B", 21), ("C", 12)] for n in range(1, count + 1)]
    missing = [row for row in checklist if row not in Walk.rows]
    Walk.failed += [f"not walked: {row}" for row in missing]
    print(f"{len(checklist) - len(missing)} of {len(checklist)} rows of the checklist walked {' '.join(missing)}")
    print(f"{Walk.passed} passed, {len(Walk.failed)} failed")
    sys.exit(1 if Walk.failed else 0)


main()
