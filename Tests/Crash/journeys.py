"""What a payer and a portal do with one transfer, from the form to the end."""

from collections import namedtuple

from books import token_is_gone
from outside import TIMEOUT, Browser, code_on_telephone, requests

# `cents`: more than the 5.00 EUR of the payer who has too little; `end`: the state, with the reason of a failure.
Journey = namedtuple("Journey", "name bank payer cents login end")


def play(journey, portal, id):
    """Gives how the transfer ended."""
    portal.call("leave" if journey.payer is stays_away else "draft", id, id, journey.cents)
    page = journey.payer(journey, portal, id)
    # The last page that the browser loaded is the portal's, when the bank sent it back.
    if page and page.url.startswith(portal.world.back):
        portal.call("resume", id, page.url.partition("?")[2])
    try:
        return portal.wait(id)
    except TimeoutError:
        if not token_is_gone(portal.world.bank, id):
            raise
    # The process died between the exchange of the code and the confirmation, and took the token with it: nothing moves,
    # and the payment expires at the bank a quarter of an hour after it was opened.
    requests.post(f"{portal.world.bank}/mock/clock", json={"advance": "PT15M"}, timeout=TIMEOUT).raise_for_status()
    end = portal.wait(id)
    return journey.end if end == "failed:expired" else end


def chooses_bank(journey, portal, id):
    """Gives the bank's link; loads the page again until the bank has answered."""
    while True:
        answer = portal.call("begin", id, id, journey.bank)
        if answer.state != "initiating":
            return answer.link


def approves(journey, portal, id):
    return Browser().walk(chooses_bank(journey, portal, id), journey.login)


def closes_tab(journey, portal, id):
    """Approves, and the portal hears nothing of it."""
    approves(journey, portal, id)


def refuses(journey, portal, id):
    browser = Browser()
    return browser.press(browser.order(chooses_bank(journey, portal, id), journey.login), "Refuser")


def mistypes(journey, portal, id):
    browser = Browser()
    page = browser.order(chooses_bank(journey, portal, id), journey.login)
    wrong = "111111" if code_on_telephone(page.text) != "111111" else "222222"
    for _ in range(3):
        page = browser.press(page, "Confirmer", code=wrong)
    return page


def comes_too_late(journey, portal, id):
    browser = Browser()
    page = browser.open(chooses_bank(journey, portal, id))
    return browser.press(page, "Me connecter", login=journey.login, password="demo")


def cancels(journey, portal, id):
    chooses_bank(journey, portal, id)
    portal.call("cancel", id, id)


def stays_away(journey, portal, id):
    """Never chooses a bank."""


JOURNEYS = [
    Journey("redirect, settled", "deux-rives", approves, 100, "camille", "settled"),
    Journey("factor confirmed, settled", "montagne", approves, 100, "camille", "settled"),
    Journey("code exchanged, settled", "sillage", approves, 100, "camille", "settled"),
    Journey("tab closed, settled", "horizon", closes_tab, 100, "camille", "settled"),
    Journey("refused by the payer", "deux-rives", refuses, 100, "camille", "failed:denied_by_payer"),
    Journey("three wrong codes", "phare", mistypes, 100, "camille", "failed:rejected.MS03"),
    Journey("insufficient funds", "phare", approves, 600, "noe", "failed:rejected.AM04"),
    Journey("expired at the bank", "deux-rives", comes_too_late, 100, "expire", "failed:expired"),
    Journey("cancelled", "deux-rives", cancels, 100, "camille", "failed:cancelled"),
    Journey("draft left alone", "deux-rives", stays_away, 100, "camille", "failed:abandoned"),
]
CANCELLED = next(journey for journey in JOURNEYS if journey.payer is cancels)
