"""Flyer B: a permit on the personal space, and a transfer under it."""

import re


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
    if not confirmed(walk):
        walk.look("waiting")
        walk.page.goto(place)
        walk.page.get_by_text("Votre virement est confirmé").wait_for()
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
        walk.page.get_by_role("link", name="Télécharger la liste").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    walk.check("B-18", "the table for spreadsheets", len(lines) == 2 and '"42,50"' in lines[1])


def bank(walk):
    """What the payer does at the bank."""
    page = walk.page
    page.fill("input[name=login]", "camille")
    page.fill("input[name=password]", "demo")
    page.get_by_role("button", name="Me connecter").click()
    page.get_by_role("button", name=re.compile("Continuer|Confirmer")).wait_for()
    # An order that names the account goes on without that step.
    if page.locator(".choice").count() > 0:
        page.locator(".choice").first.click()
        page.get_by_role("button", name="Continuer").click()
    page.fill("input[name=code]", page.locator(".digits").inner_text().strip())
    walk.follow(page.get_by_role("button", name="Confirmer"))


def confirmed(walk):
    """Looks at the transfer again; without the page's own reloading, which would come in between."""
    walk.page.goto(walk.page.url.split("?")[0] + "?actualiser=non")
    return "Votre virement est confirmé" in walk.text()
