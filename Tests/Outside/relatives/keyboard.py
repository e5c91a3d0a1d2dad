"""Both flyers without a mouse: keys alone, from the first Tab of each page to the key that presses its button."""

import contextlib
import re
import tempfile
from pathlib import Path

from playwright.sync_api import TimeoutError as NotInTime

from relatives.files import PDF, png
from relatives.serve import until
from relatives.transfer import confirmed
from relatives.walk import Walk

# Where the focus is, what marks it, and whether it follows the stop before it on the page.
STOP = """() => {
    const here = document.activeElement
    if (!here || here === document.body || here === document.documentElement) return null
    const before = window.stopBefore && document.contains(window.stopBefore) ? window.stopBefore : null
    window.stopBefore = here
    const label = here.labels && here.labels.length ? here.labels[0].innerText : ''
    const style = getComputedStyle(here), box = here.getBoundingClientRect()
    return {
        name: (label || here.innerText || here.value || '').replace(/\\s+/g, ' ').trim(),
        tag: here.tagName.toLowerCase(), id: here.id, kind: here.type || '', group: here.name || '',
        isMarked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
            && style.outlineColor !== style.backgroundColor,
        isSeen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth,
        follows: !before || Boolean(before.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING),
    }
}"""
MOST_STOPS = 120
MOST_PRESSES = 6


class Keys:
    """A person who has a keyboard and nothing else."""

    def __init__(self, walk):
        self.walk, self.keyboard = walk, walk.page.keyboard
        # File choosers are caught as long as somebody listens: always, and not from a moment after a key was pressed.
        walk.page.on("filechooser", lambda chooser: None)

    def stop(self, key="Tab"):
        """Presses a key that moves the focus, and looks at where it is then; nil outside the page."""
        self.keyboard.press(key)
        return self.walk.page.evaluate(STOP)

    def reach(self, name, key="Tab", among=("a", "button", "summary")):
        """Moves the focus to what has this name, by Tab alone."""
        seen = []
        for _ in range(MOST_STOPS):
            stop = self.stop(key)
            if stop is None:
                continue
            seen.append(stop["name"])
            if stop["name"].startswith(name) and stop["tag"] in among:
                self.look(stop)
                return stop
        raise AssertionError(f"no stop at « {name} » on {self.walk.page.url}: {seen}")

    def look(self, stop):
        says = f"« {stop['name'][:40]} » on « {self.walk.page.title().split(' – ')[0]} »"
        self.walk.check("A11Y-13", f"the focus is marked at {says}", stop["isMarked"])
        self.walk.check("A11Y-13", f"the focus is on the screen at {says}", stop["isSeen"])

    def press(self, name, key="Enter"):
        """Goes to a link or a button and presses it; gives the page that comes."""
        self.reach(name)
        page = self.walk.page
        with page.expect_navigation(wait_until="load"):
            self.keyboard.press(key)

    def reach_field(self, label):
        self.reach(label, among=("input", "select", "textarea"))

    def type(self, label, text):
        self.reach_field(label)
        self.keyboard.press("Control+a")
        self.keyboard.type(text)

    def choose(self, label, option):
        """An option of a drop-down, by the letters that it begins with."""
        self.reach_field(label)
        self.keyboard.type(option)
        page = self.walk.page
        chosen = page.evaluate("document.activeElement.selectedOptions[0].innerText")
        self.walk.check("A11Y-13", f"« {option} » is chosen by its letters", chosen.startswith(option))

    def add(self, name, content):
        """The file chooser opens by a key; what it shows is the browser's own."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            self.reach_field("Fichier")
            self.chooser().set_files(path)
            self.press("+ Ajouter")

    def chooser(self):
        """Of the field that has the focus. Whoever sees nothing come presses again."""
        for _ in range(MOST_PRESSES):
            with contextlib.suppress(NotInTime):
                with self.walk.page.expect_file_chooser(timeout=10_000) as chooser:
                    self.keyboard.press("Space")
                return chooser.value
        raise AssertionError(f"no file chooser opens on {self.walk.page.url}")

    def tour(self, says):
        """The whole of a page: the skip link first, every stop marked, in the order of reading, and out at the end."""
        walk = self.walk
        walk.page.reload()
        first = self.stop()
        walk.check("A11Y-11 A11Y-13", f"{says}: the skip link comes first", first["name"] == "Aller au contenu")
        self.look(first)
        stops = [first]
        while (stop := self.stop()) is not None and len(stops) < MOST_STOPS and stop["name"] != first["name"]:
            self.look(stop)
            walk.check("A11Y-13", f"{says}: « {stop['name'][:40]} » follows what stands before it", stop["follows"])
            stops.append(stop)
        # Of a group of radio buttons one is a stop, and a file's field shows its button within it.
        here = walk.page.evaluate("""() => new Set([...document.querySelectorAll(
            'a[href], button, input:not([type=hidden]), select, textarea, summary')]
            .filter(one => one.checkVisibility()).map(one => one.type === 'radio' ? one.name : one)).size""")
        walk.check("A11Y-13", f"{says}: {len(stops)} stops for {here} things to use", len(stops) == here)
        back = [stop for _ in range(len(stops) + 1) if (stop := self.stop("Shift+Tab"))][:len(stops)]
        walk.check("A11Y-13", f"{says}: Shift+Tab goes the same way back",
                   [naming(stop) for stop in back] == [naming(stop) for stop in reversed(stops)])

    def skip(self):
        """Over the header, by its first stop."""
        self.walk.page.reload()
        self.stop()
        self.keyboard.press("Enter")
        stop = self.stop()
        inside = self.walk.page.evaluate("document.querySelector('main').contains(document.activeElement)")
        self.walk.check("A11Y-11", f"the skip link leads into the content, to « {stop['name']} »", inside)

    def expect_error(self, says):
        """A page that says what is wrong takes the focus to it, and from there to the field."""
        page = self.walk.page
        place = page.evaluate("document.activeElement.getAttribute('role') || document.activeElement.tagName")
        self.walk.check("A11Y-4 A11Y-13", f"{says}: the focus is at what is wrong, not at {place}", place == "alert")

    def follow_error(self, field):
        self.stop()
        self.keyboard.press("Enter")
        here = self.walk.page.evaluate("document.activeElement.id")
        self.walk.check("A11Y-4", f"the summary's link leads to the field « {field} », not « {here} »", here == field)


def naming(stop):
    """A group of radio buttons is entered at either end."""
    return stop["group"] if stop["kind"] == "radio" else stop["name"]


def walk_by_keys(browser, world, portal):
    """One world: a relative without a mouse, and the establishment's page without one."""
    walk = Walk(browser, world, portal.address)
    keys = Keys(walk)
    walk.open("/")
    keys.tour("welcome")
    log_in(keys)
    register(keys)
    transfer(keys)
    apply(keys)
    walk.open("/contact")
    keys.tour("contact")
    keys.press("Envoyer")
    keys.expect_error("contact")
    walk.open("/")
    keys.press("Se déconnecter", "Space")
    walk.check("A11Y-13", "logged out by a key", "Vous êtes déconnecté" in walk.text())


def log_in(keys):
    keys.press("S’identifier avec FranceConnect")
    for words in ["Fournisseur d’identité Alpha", "Trois prénoms", "Continuer sur"]:
        keys.press(words)
    keys.walk.check("A11Y-13", "logged in by keys", "Bonjour Camille" in keys.walk.text())


def register(keys):
    walk = keys.walk
    keys.tour("home")
    keys.skip()
    keys.press("Permis")
    keys.press("Ajouter un permis de visite")
    keys.tour("permit form")
    walk.page.reload()
    keys.press("Ajouter ce permis")
    keys.expect_error("permit")
    keys.follow_error("permis")
    keys.keyboard.type("900417")
    keys.choose("Établissement", "Centre p")
    keys.type("Numéro d’écrou", "042137")
    keys.keyboard.press("Enter")
    walk.page.wait_for_url(re.compile("permis-ajoute"))
    walk.check("A11Y-13 B-08", "registered by keys", "Noé André Modèle" in walk.text())


def transfer(keys):
    walk, page = keys.walk, keys.walk.page
    keys.tour("home with a permit")
    page.reload()
    keys.press("Faire un virement")
    keys.press("Alimenter le pécule")
    keys.tour("amount")
    page.reload()
    keys.type("Montant du virement", "1e3")
    keys.press("Réaliser le virement", "Space")
    keys.expect_error("amount")
    keys.follow_error("montant")
    keys.keyboard.press("Control+a")
    keys.keyboard.type("42,50")
    keys.press("Réaliser le virement")
    keys.tour("banks")
    page.reload()
    keys.reach("Ma banque n’est pas dans la liste")
    keys.keyboard.press("Enter")
    walk.check("A11Y-13", "details open by a key", page.locator("details[open]").count() == 1)
    keys.reach("Caisse Montagne", "Shift+Tab")
    with page.expect_navigation():
        keys.keyboard.press("Space")
    keys.tour("leaving")
    page.reload()
    keys.press("Continuer chez ma banque")
    place = walk.address
    walk.check("A11Y-13", "at the bank by keys", not page.url.startswith(place))
    keys.type("Identifiant", "camille")
    keys.type("Mot de passe", "demo")
    keys.press("Me connecter")
    keys.press("Continuer")
    code = page.locator(".digits").inner_text().strip()
    keys.type("Code", code)
    keys.press("Confirmer")
    until(lambda: confirmed(walk), "the transfer is confirmed")
    keys.tour("confirmed")
    page.reload()
    keys.press("Voir le reçu")
    keys.tour("receipt")


def apply(keys):
    walk, page = keys.walk, keys.walk.page
    walk.open("/permis/demandes")
    keys.press("Demander un permis")
    keys.tour("detainee")
    page.reload()
    keys.choose("Établissement pénitentiaire", "Centre p")
    keys.type("Numéro d’écrou", "999999")
    keys.press("Suivant")
    keys.expect_error("detainee")
    keys.type("Numéro d’écrou", "050111")
    keys.press("Suivant")
    keys.type("Nom", "Songe")
    keys.type("Prénom", "Lou")
    keys.press("Suivant")
    keys.press("J’ai compris")
    keys.tour("beneficiary")
    page.reload()
    keys.reach_field("Pour moi")
    keys.keyboard.press("ArrowDown")
    keys.keyboard.press("ArrowUp")
    chosen = page.evaluate("document.querySelector('input[type=radio]:checked').value")
    walk.check("A11Y-13 A-14", "a radio button by the arrows", chosen == "moi")
    keys.press("Suivant")
    keys.choose("Pour la personne détenue", "Frère")
    keys.press("Suivant")
    keys.tour("photo")
    page.reload()
    keys.add("photo.png", png(600, 800))
    keys.press("Suivant")
    keys.choose("Type de pièce", "Passeport")
    keys.add("passeport.png", png(600, 400))
    keys.press("Suivant")
    keys.add("facture.pdf", PDF)
    keys.press("Suivant")
    keys.type("Commentaire", "Merci.")
    keys.press("Suivant")
    keys.tour("review")
    page.reload()
    keys.press("Envoyer la demande", "Space")
    walk.check("A11Y-13 A-25", "sent by keys", "Confirmation de l’envoi" in walk.text())
    keys.tour("sent")
