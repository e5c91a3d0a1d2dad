"""What the checks outside Swift share: the running mock bank, a STET client, and a payer's browser.

Written from the published standards and the mock bank's own description, not from its sources.
"""

import base64
import contextlib
import hashlib
import html.parser
import http.server
import json
import os
import queue
import re
import secrets
import select
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VENV = ROOT / ".build" / "outside-venv"

# Every check can be started directly: it moves into the environment that holds its packages.
if Path(sys.prefix) != VENV:
    subprocess.run([HERE / "setup"], check=True)
    os.execv(VENV / "bin" / "python", [VENV / "bin" / "python", *sys.argv])

import requests

TIMEOUT = 10


def program(name):
    path = ROOT / ".build" / "debug" / name
    if not path.exists():
        sys.exit(f"outside: there is no {name} yet; run `swift build` first")
    return path


@contextlib.contextmanager
def mock_bank(*options):
    """Starts `mock-bank` on a free port, gives its address, and stops it."""
    command = [program("mock-bank"), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            ready, _, _ = select.select([process.stdout], [], [], TIMEOUT)
            address = re.search(r"https?://127\.0\.0\.1:\d+", process.stdout.readline() if ready else "")
            assert address, "mock-bank did not say where it listens"
            yield address.group()
        finally:
            process.terminate()
    assert process.returncode == 0, f"mock-bank ended with {process.returncode}"


@contextlib.contextmanager
def return_server():
    """A place on loopback that a bank can send browsers back to. Gives its address and the queue of what arrives."""
    arrived = queue.Queue()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            arrived.put(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", arrived
    finally:
        server.shutdown()
        server.server_close()


def banks_of(address, standard):
    """What the mock bank says of its banks that speak this standard."""
    banks = requests.get(f"{address}/mock/banks", timeout=TIMEOUT).json()
    return [bank for bank in banks if bank["dialect"]["standard"] == standard]


def recorded(suite):
    """What gateway and mock bank say to each other in a suite of the Swift tests."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        subprocess.run(
            ["swift", "test", "--skip-build", "--disable-xctest", "--filter", suite], cwd=ROOT, check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"PECULE_EXCHANGES": file.name})
        return json.loads(Path(file.name).read_text())


class Client:
    """A payment initiator at one bank, as that bank's entry in /mock/banks describes it."""

    def __init__(self, bank):
        self.bank = bank
        self.flow = bank["redirectFlow"]
        self.version = bank["dialect"].get("version")
        self.uses_code = self.flow in ("codeThenConfirm", "codeOnly")
        # The OAuth variant of STET 1.4.2 has a confirmation of its own.
        self.confirmation = "o-confirmation" if self.uses_code and self.version == "1.4.2" else "confirmation"
        self.http = requests.Session()

    def token(self, **grant):
        """RFC 6749, sections 4.1.3 and 4.4.2; client authentication of section 2.3.1."""
        form = grant or {"grant_type": "client_credentials", "scope": self.bank["scope"]}
        client = self.bank["client"]
        identity = (client["id"], client["secret"])
        written = "json" if self.bank.get("tokenBody") == "json" else "data"
        if client["authentication"] == "basic":
            answer = self.http.post(self.bank["token"], **{written: form}, auth=identity, timeout=TIMEOUT)
        else:
            form |= {"client_id": identity[0], "client_secret": identity[1]}
            answer = self.http.post(self.bank["token"], **{written: form}, timeout=TIMEOUT)
        answer.raise_for_status()
        return answer.json()["access_token"]

    def call(self, method, path, token, body=None):
        """One call of the interface; gives the answer whatever its status."""
        accept = self.bank.get("accept", "application/hal+json, application/json")
        headers = {"Accept": accept, "X-Request-ID": str(uuid.uuid4())} | self.bank.get("headers", {})
        if self.bank.get("psuHeaders"):
            headers["PSU-IP-Address"] = "198.51.100.7"
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self.http.request(method, self.bank["api"] + path, json=body, headers=headers, timeout=TIMEOUT)

    def consent_url(self, created, back, state, verifier):
        """Where the payer goes: the bank's link, in an OAuth flow with what RFC 6749, 4.1.1 and RFC 7636, 4.3 add."""
        link = created["_links"]["consentApproval"]["href"]
        if not self.uses_code:
            return link
        added = {"client_id": self.bank["client"]["id"], "redirect_uri": back, "state": state}
        if self.bank["pkce"]:
            challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
            added |= {"code_challenge": challenge, "code_challenge_method": "S256"}
        return link + "&" + urllib.parse.urlencode(added)

    def payment_id(self, answer):
        """Where this bank names a payment that it has opened: in `Location`, or in the link to the approval."""
        place = self.bank["dialect"].get("paymentID", {"in": "location"})
        if place["in"] == "location":
            return answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
        link = urllib.parse.urlsplit(answer.json()["_links"]["consentApproval"]["href"])
        if place["in"] == "consentPath":
            return link.path.rsplit("/", 1)[-1]
        return urllib.parse.parse_qs(link.query)[place["name"]][0]


def approve(client, created, back, arrived):
    """The payer's whole way: from the bank's link to the return. Gives what a confirmation needs: token and body."""
    state, verifier = secrets.token_hex(16), secrets.token_urlsafe(48)
    Browser().walk(client.consent_url(created, back, state, verifier))
    path = arrived.get(timeout=TIMEOUT)
    came = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(path).query))
    body = {name: came[name] for name in ["psuAuthenticationFactor"] if name in came}
    if not client.uses_code:
        return client.token(), body
    assert came.get("state") == state, f"the state that came back is not ours: {path}"
    secret = {"code_verifier": verifier} if client.bank["pkce"] else {}
    token = client.token(grant_type="authorization_code", code=came["code"], redirect_uri=back, **secret)
    return token, {name: created[name] for name in ["nonce"] if name in created}


class Browser:
    """Follows links and sends forms as a payer does who reads the page: by the words on the buttons."""

    def __init__(self):
        self.http = requests.Session()

    def walk(self, url, login="camille"):
        """Approves the order."""
        page = self.order(url, login)
        return self.press(page, "Confirmer", code=code_on_telephone(page.text))

    def order(self, url, login):
        """Gives the page that shows the order and asks for a word on it."""
        page = self.press(self.open(url), "Me connecter", login=login, password="demo")
        # An order that names the account goes on without that step.
        return self.press(page, "Continuer") if "Continuer" in page.text else page

    def open(self, url):
        return self.http.get(url, timeout=TIMEOUT)

    def press(self, page, button, **typed):
        """Fills in the form that has this button, and sends it."""
        page.raise_for_status()
        forms = [form for form in forms_of(page.text) if form.button == button]
        assert len(forms) == 1, f"{len(forms)} forms with « {button} » on {page.url}:\n{text_of(page.text)}"
        form = forms[0]
        assert typed.keys() <= form.fields.keys(), f"no field {typed.keys() - form.fields.keys()} on {page.url}"
        action = urllib.parse.urljoin(page.url, form.action)
        answer = self.http.post(action, data=form.values() | typed, timeout=TIMEOUT)
        answer.raise_for_status()
        return answer


class Form:
    def __init__(self, action):
        self.action = action
        self.button = ""
        self.fields = {}

    def values(self):
        return {name: value for name, value in self.fields.items() if value is not None}


class FormReader(html.parser.HTMLParser):
    """The forms of a page, with the values that a browser would send."""

    def __init__(self):
        super().__init__()
        self.forms = []
        self.in_button = False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif tag == "button":
            self.in_button = True
        elif tag == "input" and "name" in given and "disabled" not in given:
            is_choice = given.get("type") in ("radio", "checkbox")
            if not is_choice or "checked" in given:
                self.forms[-1].fields[given["name"]] = given.get("value", "")
            else:
                self.forms[-1].fields.setdefault(given["name"], None)

    def handle_endtag(self, tag):
        if tag == "button":
            self.in_button = False

    def handle_data(self, data):
        if self.in_button:
            self.forms[-1].button += data.strip()


def forms_of(markup):
    reader = FormReader()
    reader.feed(markup)
    return reader.forms


def text_of(markup):
    """What stands on a page, one line for each piece of text."""
    pieces = []
    reader = html.parser.HTMLParser()
    reader.handle_data = lambda data: pieces.append(data.strip())
    reader.feed(markup)
    return "\n".join(piece for piece in pieces if piece)


def code_on_telephone(markup):
    """The one-time code that the page shows in place of a text message."""
    telephone = text_of(markup).partition("Téléphone de démonstration")[2]
    code = re.search(r"^\d{6}$", telephone, re.MULTILINE)
    assert code, f"no code on the telephone:\n{text_of(markup)}"
    return code.group()


def settled(payments):
    """Asks for (client, token, path) in turn until the bank says of each that it is paid; gives the last answers."""
    answers, deadline = {}, time.monotonic() + TIMEOUT
    while len(answers) < len(payments):
        for client, token, path in payments:
            if path in answers:
                continue
            answer = client.call("GET", path, token)
            status = answer.json()["paymentRequest"]["paymentInformationStatus"]
            assert status != "RJCT", f"{client.bank['id']}: rejected"
            assert time.monotonic() < deadline, f"{client.bank['id']}: still {status}"
            if status == "ACSC":
                answers[path] = answer
    return answers


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")
