#!/usr/bin/env python3
"""Secrets and personal data that are easily told apart, pushed through every path of a real gateway: calls that go well,
calls that are refused, a process that crashes in the middle of one, and its successor. None of them may stand in a log,
an error, a metric, an address, or in what the commands for operators print."""

import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
import uuid
from pathlib import Path

from outside import TIMEOUT, mock_bank, program

import requests
from joserfc import jwk, jwt

AUDIENCE = "https://gateway.example/v1/token"
PERSONAL = ["Canariello", "Canarina", "Canarosse", "CANARY417", "CANARY77", "canary", "4417001381"]
PEOPLE = {
    "establishments": [{
        "id": "valmont", "name": "Valmont", "payee": {"name": "Régie", "iban": "FR7699920000420000041700138"}}],
    "permits": [{
        "number": "CANARY417", "holder": {"birth_name": "Canariello", "given_names": ["Canarina"]},
        "establishment": "valmont", "ecrou_number": "CANARY77", "registered_by": "portail:canary-user",
        "detainee": {"birth_name": "Canarosse", "given_names": ["Canarina"]}}],
}
DRAFT = {
    "payer": {"birth_name": "Canariello", "given_names": ["Canarina"]}, "permit": "CANARY417", "amount_cents": 2550}
CHOICE = {
    "bank": "deux-rives", "browser": "canary-browser-of-the-payer", "return_address": "https://portail.example/retour",
    "connection": {"ip_address": "198.51.100.7", "user_agent": "canary-agent"}}


def run(*words):
    done = subprocess.run(words, text=True, capture_output=True, timeout=TIMEOUT)
    return done.stdout + done.stderr


class Gateway:
    """One life of the process; what it says is kept."""

    def __init__(self, folder, bank, said):
        self.log = open(folder / f"log-{uuid.uuid4()}", "w+")
        said.append(self.log)
        self.process = subprocess.Popen(
            [program("pecule"), "gateway", "--port", "0", "--store", folder / "transfers.sqlite", "--banks", bank,
             "--directory", folder / "people.json", "--return-address", CHOICE["return_address"],
             "--public-address", "https://gateway.example", "--webhook-networks", "127.0.0.0/8"],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.address = re.search(r"http://\S+", self.process.stdout.readline()).group()


def assertion(key, **other):
    claims = {"iss": "portail", "sub": "portail", "aud": AUDIENCE, "exp": int(time.time()) + 60, "jti": str(uuid.uuid4())}
    return jwt.encode({"alg": "ES256"}, claims | other, key, ["ES256"])


def walk(gateway, key, private, secrets, errors):
    """Every path, as it should be called and as it should not."""
    def call(method, path, body=None, bearer=key, **fields):
        headers = {"Authorization": f"Bearer {bearer}", "Pecule-Payer": "canary-user", "Idempotency-Key": str(uuid.uuid4())}
        answer = requests.request(
            method, gateway.address + path, headers=headers | fields, timeout=TIMEOUT,
            **({"data": body} if isinstance(body, (str, dict)) and "grant_type" in body else {"json": body}))
        if answer.status_code >= 400:
            errors.append(answer.text)
        return answer

    number = call("POST", "/v1/transfers", DRAFT).json()["id"]
    call("POST", f"/v1/transfers/{number}/bank", CHOICE)
    for path, body in [
        ("/v1/transfers", DRAFT | {"permit": "CANARY-NO-SUCH"}), ("/v1/transfers", DRAFT | {"surplus": "canary"}),
        ("/v1/transfers", DRAFT | {"amount_cents": "canary"}),
        ("/v1/transfers", DRAFT | {"payer": {"birth_name": "Canariello1", "given_names": []}}),
        (f"/v1/transfers/{number}/bank", CHOICE | {"bank": "canary-bank"}),
        (f"/v1/transfers/{number}/bank", CHOICE | {"return_address": "https://canary.example/"}),
        ("/v1/returns", {"query": "state=0123456789abcdef0123456789abcdef&code=canary-code",
                         "browser": "canary-browser-of-the-payer"}),
        ("/v1/returns", {"query": "canary", "browser": "canary"}),
        ("/v1/webhooks", {"url": "https://canary:canary@portail.example/"}),
        ("/v1/webhooks", {"url": "https://canary.invalid/?token=canary"}),
        ("/v1/bank-notifications/canary", {"canary": "canary"}),
    ]:
        call("POST", path, body)
    call("GET", "/v1/banks?search=canary")
    call("GET", "/v1/banks?surplus=canary")
    call("GET", f"/v1/transfers/{number}", **{"Pecule-Payer": "canary-other"})
    call("GET", "/v1/banks", bearer="pec_portail_00000000_" + "c" * 43)
    webhook = call("POST", "/v1/webhooks", {"url": "http://127.0.0.1:9/?token=canary"})
    secrets.append(webhook.json()["secret"])
    call("POST", f"/v1/webhooks/{webhook.json()['id']}/test")
    form = {"grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}
    for text in (assertion(private), assertion(private, aud="canary"), assertion(private, sub="canary"), "canary.x.y"):
        token = call("POST", "/v1/token", form | {"client_assertion": text})
        secrets += [text.split(".")[2]] if text.count(".") == 2 and len(text) > 20 else []
        secrets += [token.json()["access_token"].split("_", 3)[3]] if token.ok else []
    errors.append(call("GET", "/metrics").text)
    return number


def crash(gateway, key, number):
    """Ends the process, as a bug would, while it has a call in hand."""
    body = json.dumps({"query": "state=0123456789abcdef0123456789abcdef&code=canary-code", "browser": "canary-browser-1"})
    host, port = gateway.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as wire:
        wire.sendall(
            f"POST /v1/returns HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body[:-1]}".encode())
        limits = Path(f"/proc/{gateway.process.pid}/limits").read_text()
        assert re.search(r"Max core file size\s+0\s+0", limits), "a core would hold everything: none is written"
        gateway.process.send_signal(signal.SIGABRT)
        assert gateway.process.wait(TIMEOUT) == -signal.SIGABRT


def main():
    with tempfile.TemporaryDirectory() as name, mock_bank() as bank:
        folder, said, errors = Path(name), [], []
        (folder / "people.json").write_text(json.dumps(PEOPLE))
        private = jwk.ECKey.generate_key("P-256")
        (folder / "key.pub").write_bytes(private.as_pem(private=False))
        store, pecule = ["--store", str(folder / "transfers.sqlite")], program("pecule")
        key = run(pecule, "keys", "add", "portail", "--scopes", "pay,read,operate", *store).strip()
        run(pecule, "keys", "register", "portail", folder / "key.pub", *store)
        secrets = [key.split("_", 3)[3], "bac-a-sable"]
        first = Gateway(folder, bank, said)
        numbers = [walk(first, key, private, secrets, errors)]
        crash(first, key, numbers[0])
        second = Gateway(folder, bank, said)
        numbers.append(walk(second, key, private, secrets, errors))
        second.process.terminate()
        assert second.process.wait(TIMEOUT) == 0
        printed = [run(pecule, "keys", "list", *store), run(pecule, "transfers", "cases", *store)]
        for number in numbers:
            for command in (["show"], ["explain"], ["explain", "--svg"]):
                printed.append(run(pecule, "transfers", command[0], number, *command[1:], *store))
        logs = []
        for log in said:
            log.seek(0)
            logs.append(log.read())
        assert all(len(log.splitlines()) >= 2 for log in logs), "both lives have logged"
        for kind, texts in (("a log", logs), ("an error or a metric", errors), ("a command", printed)):
            for text in texts:
                for word in PERSONAL + secrets:
                    assert word not in text, f"{word!r} stands in {kind}:\n{text}"
    print(f"canaries: none in {len(logs)} logs, {len(errors)} answers and {len(printed)} commands, a crash included")


main()
