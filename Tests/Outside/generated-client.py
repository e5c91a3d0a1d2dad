#!/usr/bin/env python3
"""A transfer through the gateway by a client generated from openapi.yaml, from the amount to the bank's word."""

import contextlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

from outside import ROOT, TIMEOUT, VENV, Browser, program, return_server


@contextlib.contextmanager
def gateway(back):
    """Starts `pecule gateway --demo`, gives its address and a key, and stops it."""
    command = [program("pecule"), "gateway", "--demo", "--port", "0", "--return-address", back]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            address = re.search(r"http://\S+", process.stdout.readline())
            key = re.search(r"pec_\S+", process.stdout.readline())
            assert address and key, "the gateway did not say where it listens"
            yield address.group(), key.group()
        finally:
            process.terminate()
    assert process.returncode == 0, f"the gateway ended with {process.returncode}"


def generate(folder):
    """Makes the package `generated` there. Enumerations stay texts: some names of banks differ in case alone."""
    config = Path(folder) / "config.yaml"
    config.write_text("literal_enums: true\n")
    subprocess.run(
        [VENV / "bin" / "openapi-python-client", "generate", "--path", ROOT / "openapi.yaml", "--meta", "none",
         "--config", config, "--output-path", Path(folder) / "generated"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    sys.path.insert(0, folder)


def transfer(address, key, back, arrived):
    from generated import AuthenticatedClient
    from generated.api.gateway import (
        choose_bank, create_transfer, list_transfers, read_transfer, search_banks, take_return)
    from generated.models import BankChoice, NewTransfer, PersonName, TakeReturnBody

    client = AuthenticatedClient(base_url=address, token=key, timeout=TIMEOUT)
    banks = search_banks.sync(client=client, search="deux rives").banks
    assert [bank.id for bank in banks] == ["deux-rives"], banks

    name = PersonName(birth_name="Exemple", given_names=["Camille"])
    asked = NewTransfer(payer=name, permit="900417", amount_cents=2550)
    made = [
        create_transfer.sync(client=client, body=asked, pecule_payer="camille", idempotency_key="form-1")
        for _ in range(2)]
    assert made[0] == made[1] and made[0].state == "drafted", made
    number = made[0].id

    browser = "a-hash-of-the-session-cookie"
    choice = BankChoice(bank="deux-rives", browser=browser, return_address=back)
    begun = choose_bank.sync(number, client=client, body=choice, pecule_payer="camille")
    assert begun.outcome.kind == "approve", begun

    Browser().walk(begun.outcome.redirect)
    query = urllib.parse.urlsplit(arrived.get(timeout=TIMEOUT)).query
    returned = take_return.sync(client=client, body=TakeReturnBody(query=query, browser=browser))
    assert returned.id == number, returned
    end = read_transfer.sync(number, client=client, pecule_payer="camille", wait=30)
    assert end.state == "settled" and end.amount_cents == 2550, end
    page = list_transfers.sync(client=client, pecule_payer="camille")
    assert [one.id for one in page.transfers] == [number], page
    assert list_transfers.sync(client=client, pecule_payer="another").transfers == []


def main():
    with tempfile.TemporaryDirectory() as folder, return_server() as (origin, arrived):
        generate(folder)
        back = f"{origin}/retour"
        with gateway(back) as (address, key):
            transfer(address, key, back, arrived)
    print("generated-client: drafted, approved, settled and found in the history")


main()
