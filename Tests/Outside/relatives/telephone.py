"""From the computer to the telephone: the QR code of the way to the bank, read by a program that does not know us."""

import contextlib
import io

import zxingcpp
from PIL import Image
from playwright.sync_api import TimeoutError as NotInTime

from relatives.arrival import log_in
from relatives.banks import to_banks
from relatives.transfer import bank, fill_permit
from relatives.walk import Walk


def walk_to_telephone(browser, world, portal):
    desk = Walk(browser, "desk", portal.address)
    desk.open("/connexion")
    log_in(desk)
    desk.open("/permis/ajouter")
    fill_permit(desk, "900417", "demo-valmont", "042137")
    to_banks(desk)
    desk.press("Banque des Deux Rives")
    desk.look("qr-code")
    link = desk.page.get_by_role("link", name="Continuer chez ma banque").get_attribute("href")
    for scheme in ["light", "dark"]:
        desk.page.emulate_media(color_scheme=scheme)
        read = scanned(desk)
        desk.check("B-14 C-02", f"{scheme}: the code holds the address of the bank, not {read}", read == [link])
    desk.page.set_viewport_size({"width": 400, "height": 800})
    desk.check("B-14", "no code on a narrow screen", not desk.page.locator("svg.qr").is_visible())
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.press("Suivre ce virement ici")
    telephone = Walk(browser, "phone", portal.address)
    telephone.page.goto(read[0])
    bank(telephone)
    telephone.look("back-to-the-computer")
    telephone.check("B-14 B-17", "the telephone is sent back to the computer, and sees nothing of the transfer",
                    "Revenez à votre ordinateur" in telephone.text() and "5,00" not in telephone.text()
                    and "Modèle" not in telephone.text())
    confirmation = desk.page.get_by_text("Votre virement est confirmé")
    with contextlib.suppress(NotInTime):
        confirmation.wait_for()
    desk.check("B-17", "the computer’s page goes on by itself", confirmation.is_visible())
    to_banks(desk)
    desk.press("Caisse Montagne")
    codes = desk.page.locator("svg.qr").count()
    desk.check("B-14", "no code where the bank waits for the browser's return", codes == 0)


def scanned(walk):
    """What a reader finds on the page as it is seen."""
    picture = Image.open(io.BytesIO(walk.page.locator("svg.qr").screenshot()))
    return [found.text for found in zxingcpp.read_barcodes(picture)]
