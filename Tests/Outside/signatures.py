#!/usr/bin/env python3
"""Certificates and signatures between Pécule and programs of other hands.

`httpsig` signs and the mock bank verifies; the gateway signs and `httpsig` verifies, in a bank that this file plays;
`cryptography` and `asn1crypto` read our certificates; `authlib` gets its tokens from the mock bank.
"""

import base64
import email.utils
import hashlib
import http.server
import json
import secrets
import ssl
import subprocess
import tempfile
import threading
import time
import urllib.parse
import uuid
import warnings
from pathlib import Path

import outside
from outside import TIMEOUT, Browser, mock_bank, now, program, return_server

import requests
from asn1crypto.core import ObjectIdentifier, Sequence, SequenceOf, UTF8String
from authlib.integrations.requests_client import OAuth2Session
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

# httpsig asks for its own version by an interface that setuptools will drop.
warnings.filterwarnings("ignore", message="pkg_resources")
from httpsig import HeaderSigner, HeaderVerifier

OTHER = "99391c7e-ad88-49ec-a2ad-99ddcb1f7719"


class Papers:
    """A folder that `mock-bank certificates` made."""

    def __init__(self, folder):
        self.folder = Path(folder)
        subprocess.run([program("mock-bank"), "certificates", folder], check=True, stdout=subprocess.DEVNULL)

    def path(self, name):
        return str(self.folder / name)

    def certificate(self, name):
        return x509.load_pem_x509_certificate((self.folder / f"{name}.pem").read_bytes())

    def key(self, name):
        return (self.folder / f"{name}.key").read_bytes()

    def public_key(self, name):
        return self.certificate(name).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def key_id(self, name, form):
        certificate = self.certificate(name)
        if form == "url":
            return f"https://tpp.example/qseal_{certificate.fingerprint(SHA256()).hex()}"
        return f"SN={certificate.serial_number:X},CA={certificate.issuer.rfc4514_string()}"


# ETSI EN 319 412-5, section 4.1 and TS 119 495, annex A.
class Role(Sequence):
    _fields = [("oid", ObjectIdentifier), ("name", UTF8String)]


class Roles(SequenceOf):
    _child_spec = Role


class PSD2Statement(Sequence):
    _fields = [("roles", Roles), ("authority", UTF8String), ("id", UTF8String)]


class Statement(Sequence):
    _fields = [("id", ObjectIdentifier), ("info", Sequence, {"optional": True})]


class Statements(SequenceOf):
    _child_spec = Statement


def read_certificates(papers):
    """Each qualified certificate as `cryptography` sees it: organisation, purpose and roles."""
    expected = {
        "tpp-qwac": ("PSDFR-ACPR-99999", "0.4.0.1862.1.6.3", ["PSP_PI"]),
        "tpp-qseal": ("PSDFR-ACPR-99999", "0.4.0.1862.1.6.2", ["PSP_PI"]),
        "other-tpp-qseal": ("PSDFR-ACPR-99998", "0.4.0.1862.1.6.2", ["PSP_PI"]),
        "wrong-role-qwac": ("PSDFR-ACPR-99999", "0.4.0.1862.1.6.3", ["PSP_AI"]),
        "bank-qseal": ("PSDFR-ACPR-99900", "0.4.0.1862.1.6.2", ["PSP_AS"]),
    }
    authority = papers.certificate("ca")
    for name, verdict in expected.items():
        certificate = papers.certificate(name)
        certificate.verify_directly_issued_by(authority)
        organization = certificate.subject.get_attributes_for_oid(x509.ObjectIdentifier("2.5.4.97"))[0].value
        extension = certificate.extensions.get_extension_for_oid(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"))
        found = {each["id"].dotted: each["info"] for each in Statements.load(extension.value.value)}
        assert "0.4.0.1862.1.1" in found, f"{name} does not say that it is qualified"
        kind = ObjectIdentifier.load(found["0.4.0.1862.1.6"].contents).dotted
        statement = PSD2Statement.load(found["0.4.0.19495.2"].dump())
        assert statement["id"].native == "FR-ACPR", statement["id"].native
        found = (organization, kind, [role["name"].native for role in statement["roles"]])
        assert found == verdict, f"{name}: {found}"
    print(f"{len(expected)} certificates read by cryptography and asn1crypto")


def digest(body):
    return "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()


def trusting(session, papers):
    """Believes our authority alone, whatever the environment names."""
    session.trust_env, session.verify = False, papers.path("ca.pem")
    return session


class Initiator:
    """Signs with httpsig what goes to one bank of the mock, by what the bank's own description says."""

    def __init__(self, bank, papers, seal="tpp-qseal", key=None, connection="tpp-qwac"):
        self.bank, self.papers = bank, papers
        self.seal, self.key = seal, papers.key(key or seal)
        self.http = trusting(requests.Session(), papers)
        self.http.cert = (papers.path(f"{connection}.pem"), papers.path(f"{connection}.key"))
        self.oauth = OAuth2Session(
            bank["client"]["id"], bank["client"]["secret"], scope="pisp", code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic")

    def token(self, **grant):
        """By authlib, over mutual TLS."""
        grant = grant or {"grant_type": "client_credentials"}
        return self.oauth.fetch_token(
            self.bank["token"], verify=self.http.verify, cert=self.http.cert, timeout=TIMEOUT, **grant)["access_token"]

    def call(self, method, path, token, body=None, change=lambda headers: None, drop=(), late=0):
        """One signed call; `drop` leaves names out of the header list, `change` comes after the signature."""
        rule = self.bank["signature"]
        content = json.dumps(body).encode() if body is not None else b""
        url = urllib.parse.urlsplit(self.bank["api"] + path)
        headers = {
            "Accept": "application/json, application/hal+json", "Authorization": f"Bearer {token}",
            "X-Request-ID": str(uuid.uuid4()), "Date": email.utils.formatdate(time.time() - late, usegmt=True),
            "Digest": digest(content), "PSU-IP-Address": "127.0.0.1", "TPP-Redirect-URI": "https://tpp.example/back",
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
        if rule["keyID"] == "serial":
            der = self.papers.certificate(self.seal).public_bytes(Encoding.DER)
            headers["TPP-Signature-Certificate"] = base64.b64encode(der).decode()
        optional = [name for name in rule["headersIfPresent"] if name in {each.lower() for each in headers}]
        signer = HeaderSigner(
            self.papers.key_id(self.seal, rule["keyID"]), self.key, algorithm=rule["algorithm"],
            sign_header="signature", headers=[name for name in rule["headers"] + optional if name not in drop])
        signed = dict(signer.sign(headers, host=url.netloc, method=method, path=url.path))
        change(signed)
        return self.http.request(method, url.geturl(), data=content, headers=signed, timeout=TIMEOUT)


def check_answer(answer, papers):
    """What the bank signed, by httpsig: digest and identifier of the question."""
    verifier = HeaderVerifier(
        answer.headers, papers.public_key("bank-qseal"), required_headers=["digest", "x-request-id"],
        sign_header="signature")
    assert verifier.verify(), "the bank's signature does not hold"
    assert answer.headers["Digest"] == digest(answer.content), "the digest is not the answer's"
    assert answer.headers["X-Request-ID"] == answer.request.headers["x-request-id"]


def stet_order():
    mark = secrets.token_hex(8)
    return {
        "paymentInformationId": f"PMT{mark}", "creationDateTime": now(), "numberOfTransactions": 1,
        "initiatingParty": {"name": "Client tiers"}, "paymentTypeInformation": {"serviceLevel": "SEPA"},
        "beneficiary": {
            "creditor": {"name": "REGIE EXEMPLE"}, "creditorAccount": {"iban": "FR7699992000420000009876566"}},
        "requestedExecutionDate": now(),
        "creditTransferTransaction": [{
            "paymentId": {"instructionId": f"INS{mark}", "endToEndId": f"E2E{mark}"},
            "instructedAmount": {"currency": "EUR", "amount": 25.5},
            "remittanceInformation": {"unstructured": ["ESSAI"]}}],
        "supplementaryData": {"acceptedAuthenticationApproach": ["REDIRECT"]},
    }


def berlin_order(debtor):
    return {
        "debtorAccount": {"iban": debtor}, "instructedAmount": {"currency": "EUR", "amount": "25.50"},
        "creditorAccount": {"iban": "FR7699992000420000009876566"}, "creditorName": "REGIE EXEMPLE",
    }


def pay(initiator, papers):
    """A whole payment at a bank with mutual TLS, signatures both ways and OAuth with PKCE."""
    with return_server() as (back, arrived):
        token = initiator.token()
        created = initiator.call("POST", "/payment-requests", token, stet_order())
        assert created.status_code == 201, created.text
        check_answer(created, papers)
        path = "/payment-requests/" + created.headers["Location"].rsplit("/", 1)[1]
        verifier = secrets.token_urlsafe(48)
        initiator.oauth.redirect_uri = back
        link, _ = initiator.oauth.create_authorization_url(
            created.json()["_links"]["consentApproval"]["href"], code_verifier=verifier)
        # The bank's link brings parameters of its own, which authlib writes a second time.
        pairs = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(link).query))
        browser = Browser()
        trusting(browser.http, papers)
        browser.walk(link.partition("?")[0] + "?" + urllib.parse.urlencode(pairs))
        returned = back + arrived.get(timeout=TIMEOUT)
        confirming = initiator.token(authorization_response=returned, code_verifier=verifier)
        nonce = {"nonce": created.json()["nonce"]}
        confirmed = initiator.call("POST", path + "/confirmation", confirming, nonce)
        assert confirmed.status_code == 200, confirmed.text
        token, deadline = initiator.token(grant_type="client_credentials"), time.monotonic() + TIMEOUT
        while True:
            answer = initiator.call("GET", path, token)
            check_answer(answer, papers)
            status = answer.json()["paymentRequest"]["paymentInformationStatus"]
            if status == "ACSC":
                break
            assert time.monotonic() < deadline, f"still {status}"
    print(f"{initiator.bank['id']}: signed by httpsig, tokens by authlib, {status}")


def code_of(answer):
    body = answer.json()
    code = body.get("code") or (body.get("tppMessages") or [{}])[0].get("code")
    return f"{answer.status_code} {code}" if code else str(answer.status_code)


def refusals(banks, papers, debtor):
    """What both banks say to signatures that they must not believe."""
    for bank, path, order, invalid, late in [
        ("sceau", "/payment-requests", stet_order(), "400 FF01", "400 FF01"),
        ("beffroi", "/payments/sepa-credit-transfers", berlin_order(debtor), "401 SIGNATURE_INVALID",
         "400 TIMESTAMP_INVALID"),
    ]:
        good = Initiator(banks[bank], papers)
        token = good.token()
        rows = [
            (good, {}, "201"),
            (good, {"drop": ["digest"]}, invalid),
            (good, {"drop": ["x-request-id"]}, invalid),
            (good, {"late": 3600}, late),
            (good, {"change": lambda headers: headers.update({"x-request-id": OTHER})}, invalid),
            (good, {"change": lambda headers: headers.update({"digest": digest(b"other")})}, invalid),
            (Initiator(banks[bank], papers, key="other-tpp-qseal"), {}, invalid),
            (Initiator(banks[bank], papers, seal="other-tpp-qseal"), {}, "401 CERTIFICATE_INVALID"),
            (Initiator(banks[bank], papers, seal="expired-qseal"), {}, "401 CERTIFICATE_EXPIRED"),
            (Initiator(banks[bank], papers, seal="foreign-qseal"), {}, "401 CERTIFICATE_INVALID"),
        ]
        for initiator, options, verdict in rows:
            found = code_of(initiator.call("POST", path, token, order, **options))
            assert found == verdict, f"{bank}, {initiator.seal}, {options}: {found}, not {verdict}"
        print(f"{bank}: {len(rows)} verdicts on signatures made by httpsig")


class OurBank:
    """A bank that this file plays over mutual TLS: verifies by httpsig what the gateway signed."""

    def __init__(self, papers, rule, bank_key):
        self.papers, self.rule, self.bank_key, self.seen = papers, rule, bank_key, []
        bank = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == "/token":
                    return self.answer(200, {"access_token": "t", "token_type": "Bearer", "expires_in": 60})
                bank.check(self, body)
                self.answer(201, {
                    "transactionStatus": "RCVD", "paymentId": "p1", "nonce": "n", "_links": {
                        "consentApproval": {"href": bank.address + "/consent?response_type=code"},
                        "scaRedirect": {"href": bank.address + "/consent"}}}, Location=bank.address + "/x/p1")

            def answer(self, status, value, **fields):
                body = json.dumps(value).encode()
                fields |= {"Digest": digest(body), "X-Request-ID": self.headers.get("X-Request-ID", "-")}
                signer = HeaderSigner(
                    papers.key_id("bank-qseal", rule["keyID"]), papers.key(bank.bank_key), algorithm=rule["algorithm"],
                    headers=["digest", "x-request-id"], sign_header="signature")
                fields["Signature"] = signer.sign(fields)["signature"]
                self.send_response(status)
                for name, text in {**fields, "Content-Length": str(len(body))}.items():
                    self.send_header(name, text)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=papers.path("ca.pem"))
        context.load_cert_chain(papers.path("server.pem"), papers.path("server.key"))
        context.verify_mode = ssl.CERT_REQUIRED
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.address = f"https://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def check(self, request, body):
        """Notes what is wrong with a request, or that nothing is."""
        shown = x509.load_der_x509_certificate(request.connection.getpeercert(binary_form=True))
        headers = dict(request.headers)
        present = {name.lower() for name in headers}
        wanted = self.rule["headers"] + [name for name in self.rule["headersIfPresent"] if name in present]
        verifier = HeaderVerifier(
            headers, self.papers.public_key("tpp-qseal"), required_headers=wanted, method=request.command,
            path=request.path, host=headers["Host"], sign_header="signature")
        self.seen.append({
            "holds": verifier.verify(),
            "digest": headers["Digest"] == digest(body),
            "key": verifier.auth_dict["keyId"].rsplit("/", 1)[-1].rsplit("_", 1)[-1]
            == self.papers.key_id("tpp-qseal", self.rule["keyID"]).rsplit("_", 1)[-1],
            "client": shown == self.papers.certificate("tpp-qwac"),
        })


def our_client(banks, papers, debtor):
    """The gateway of a package that depends on ours, at a bank written in Python."""
    consumer = outside.HERE / "consumer"
    scratch = outside.ROOT / ".build" / "outside-consumer"
    build = ["swift", "build", "--quiet", "--scratch-path", str(scratch)]
    subprocess.run(build, cwd=consumer, check=True)
    for name, bank_key, opens in [
        ("sceau", "bank-qseal", True), ("sceau", "other-tpp-qseal", False), ("beffroi", "bank-qseal", True),
    ]:
        with OurBank(papers, banks[name]["signature"], bank_key) as bank:
            profile = Path(papers.path("profile.json"))
            profile.write_text(json.dumps(banks[name] | {"api": bank.address + "/x", "token": bank.address + "/token"}))
            command = [scratch / "debug" / "consumer", profile, papers.folder, debtor]
            result = subprocess.run(command, capture_output=True, text=True, timeout=60)
            assert bank.seen and all(all(each.values()) for each in bank.seen), f"{name}: {bank.seen}"
            assert ("opened https://" in result.stdout) == opens, f"{name}: {result.stdout}{result.stderr}"
        believed = "believed" if opens else "not believed, since another signed it"
        print(f"{name}: our signature holds for httpsig, the answer is {believed}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        papers = Papers(folder + "/papers")
        read_certificates(papers)
        with mock_bank("--tls", str(papers.folder)) as address:
            tls = {"verify": papers.path("ca.pem"), "timeout": TIMEOUT}
            banks = {bank["id"]: bank for bank in requests.get(f"{address}/mock/banks", **tls).json()}
            books = requests.get(f"{address}/mock/books", **tls).json()
            accounts = next(each["accounts"] for each in books if each["bank"] == "beffroi")
            debtor = next(account["iban"] for account in accounts if account["owner"] == "camille")
            pay(Initiator(banks["sceau"], papers), papers)
            refusals(banks, papers, debtor)
            our_client(banks, papers, debtor)


if __name__ == "__main__":
    main()
