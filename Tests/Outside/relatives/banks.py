"""Every simulated bank from the portal: redirections, questions that come first, the telephone, the application."""

import re

import requests

from outside import TIMEOUT
from relatives.arrival import log_in
from relatives.serve import until
from relatives.transfer import bank, confirmed, fill_permit
from relatives.walk import Walk

# Each bank, in which browser, and what it asks first.
BANKS = [
    ("Banque des Deux Rives", "desk", []),
    ("Crédit du Phare", "desk", []),
    ("Caisse Montagne", "desk", []),
    ("Néo Sillage", "desk", []),
    ("Banque de l’Atelier", "desk", []),
    ("Mutuelle Océane", "desk", []),
    ("Banque Horizon", "desk", []),
    ("Banque de la Colline", "desk", []),
    ("Crédit de la Falaise", "desk", []),
    ("Banque de l’Estuaire", "desk", ["IBAN"]),
    ("Banque du Verger", "desk", []),
    ("Caisse de la Lagune", "phone", []),
    ("Banque du Rhin", "desk", ["IBAN"]),
    ("Crédit Lémanique", "desk", ["IBAN"]),
    ("Caisse des Ardennes", "phone", ["IBAN"]),
    ("Banque de l’Escaut", "desk", ["IBAN", "Identifiant"]),
    ("Meuse Instantané", "phone", ["IBAN"]),
]
WRONG_IBANS = [
    ("", "votre banque en a besoin"), ("FR76 9990 1000", "caractères"),
    ("FR7699903000010000000000170", "vérifiez chaque caractère"),
]


def walk_banks(browser, world, portal):
    walks = {kind: Walk(browser, kind, portal.address) for kind in ["desk", "phone"]}
    for walk in walks.values():
        walk.open("/connexion")
        log_in(walk)
    walks["desk"].open("/permis/ajouter")
    fill_permit(walks["desk"], "900417", "demo-valmont", "042137")
    accounts = accounts_of_camille(portal)
    listed, shown = set(), "Votre virement est confirmé"
    for name, kind, asked in BANKS:
        walk = walks[kind]
        to_banks(walk)
        listed |= set(walk.page.locator(".tile .name").all_inner_texts())
        walk.press(name)
        if asked:
            answer(walk, name, asked, {"IBAN": accounts[name], "Identifiant": "camille"})
        if "Identifiant" in asked:
            approve_on_telephone(walk, portal)
        else:
            if name == "Caisse de la Lagune":
                link = walk.page.get_by_role("link", name="Continuer chez ma banque").get_attribute("href")
                walk.check("B-15", "on a phone the link is the application's", "/lagune/app/" in link)
            walk.press("Continuer chez ma banque")
            bank(walk)
        until(lambda: confirmed(walk), f"{name}: the transfer is confirmed")
        walk.check("B-13 B-14 B-17", f"{name}: {shown}", shown in walk.text())
    walks["desk"].check("B-13", "each bank that is offered was walked", listed == {row[0] for row in BANKS})


def to_banks(walk):
    walk.open("/pecule")
    walk.press("Faire un virement", "main")
    walk.press("Alimenter le pécule")
    walk.page.fill("#montant", "5")
    walk.press("Réaliser le virement")


def accounts_of_camille(portal):
    """As the banks' own page shows them, by the bank's name."""
    page = requests.get(portal.banks, timeout=TIMEOUT).text
    return dict(re.findall(r'<th scope="row">(.*?) \(<code>.*?<td>(FR[0-9 ]+)</td>', page))


def answer(walk, name, asked, right):
    """What a bank asks before the payer goes there; what is wrong is named with its field."""
    walk.check("B-13", f"{name} asks first", f"{name} a besoin d’une information" in walk.text())
    labels = walk.page.locator("main .field label").all_inner_texts()
    walk.check("B-13", f"{name} asks for {asked}, not {labels}", len(labels) == len(asked)
               and all(label.startswith(start) for label, start in zip(labels, asked)))
    if len(asked) > 1:
        walk.look("questions")
    for wrong, says in WRONG_IBANS if name == "Banque de l’Estuaire" else []:
        walk.page.get_by_label("IBAN").fill(wrong)
        walk.press("Continuer")
        said = walk.page.locator(".error-text").all_inner_texts()
        walk.check("A11Y-4 B-13", f"« {wrong} »: {says}, not {said}", len(said) == 1 and says in said[0])
        walk.look("question-refused")
    for label in asked:
        walk.page.get_by_label(label).fill(right[label])
    walk.press("Continuer")


def approve_on_telephone(walk, portal):
    walk.look("on-the-telephone")
    walk.check("B-14", "the payer is told to take the telephone", "sur votre téléphone" in walk.text())
    walk.press("J’ai confirmé dans l’application")
    walk.check("B-17", "not confirmed before it is", "Votre virement est confirmé" not in walk.text())
    telephone = walk.context.new_page()
    telephone.goto(f"{portal.banks}/escaut/phone/camille")
    with telephone.expect_navigation():
        telephone.get_by_role("button", name=re.compile("^Approuver")).click()
    telephone.close()
