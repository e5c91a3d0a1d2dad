#!/usr/bin/env python3
"""The README's way through `pecule gateway --demo` on a free port: with what it prints and nothing else."""

import os
import re
import subprocess

from outside import TIMEOUT, Browser, program, text_of

import requests


def main():
    command = [program("pecule"), "gateway", "--demo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            said = "".join(process.stdout.readline() for _ in range(5))
            patterns = [r"ready at (\S+)", r"key (\S+)", r"return address (\S+),", r"browser (\S+)"]
            patterns += [r"mock bank at (\S+);", r"store (\S+)"]
            address, key, back, browser, bank, store = (re.search(one, said).group(1) for one in patterns)
            walk(address, key, back, browser)
            command_line(address, key, back, browser, bank, store)
        finally:
            process.terminate()
    assert process.returncode == 0, f"the gateway ended with {process.returncode}"
    print("gateway-demo: drafted, approved, brought back and settled; created, forced and watched")


def command_line(address, key, back, browser, bank, store):
    """The same without a browser, and another that the bank rejects."""
    def transfers(*words):
        return subprocess.run(
            [program("pecule"), "transfers", *words], check=True, text=True, capture_output=True, timeout=2 * TIMEOUT,
            env=os.environ | {"PECULE_KEY": key}).stdout

    for state, end in (("acsc", "settled"), ("rjct AM04", "failed")):
        made = transfers(
            "create", "--gateway", address, "--user", "camille", "--birth-name", "Exemple", "--given-names", "Camille",
            "--permit", "900417", "--amount", "25,50", "--bank", "deux-rives", "--return-address", back, "--browser",
            browser)
        number = re.search(r"PEC\S+  awaitingApproval", made).group().split()[0]
        transfers("force", number, state, "--mock-bank", bank)
        assert f"-> {end}" in transfers("watch", number, "--store", store)
        assert end in transfers("show", number, "--store", store)
    assert "settled" in transfers("list", "demo:camille", "--store", store)


def walk(address, key, back, browser):
    http = requests.Session()
    http.headers.update(
        {"Authorization": f"Bearer {key}", "Pecule-Payer": "camille", "Idempotency-Key": "form-1"})

    def call(path, body=None):
        answer = http.request("POST" if body else "GET", address + path, json=body, timeout=2 * TIMEOUT)
        assert answer.ok, answer.text
        return answer.json()

    name = {"birth_name": "Exemple", "given_names": ["Camille"]}
    number = call("/v1/transfers", {"payer": name, "permit": "900417", "amount_cents": 2550})["id"]
    begun = call(
        f"/v1/transfers/{number}/bank", {"bank": "deux-rives", "return_address": back, "browser": browser})
    page = Browser().walk(begun["outcome"]["redirect"])
    assert page.url.startswith(back) and "Votre virement est en cours" in text_of(page.text), page.text
    assert call(f"/v1/transfers/{number}?wait=60")["state"] == "settled"


main()
