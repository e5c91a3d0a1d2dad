#!/usr/bin/env python3
"""A client with a key and a certificate of its own at a gateway over TLS, set up by the commands that the README has;
`joserfc` signs its assertions, `requests` shows its certificate."""

import json
import re
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

from outside import TIMEOUT, mock_bank, program

import requests
from joserfc import jwk, jwt

AUDIENCE = "https://gateway.example/v1/token"
PEOPLE = {"establishments": [], "permits": []}


def run(*words):
    return subprocess.run(words, check=True, text=True, capture_output=True, timeout=TIMEOUT).stdout.strip()


def keypair(folder, name, *kind):
    """A key, its public half and a certificate that vouches for itself, as PEM files."""
    key, public, certificate = (str(folder / f"{name}.{end}") for end in ("key", "pub", "pem"))
    run("openssl", "req", "-x509", "-newkey", *kind, "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
        "-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    run("openssl", "pkey", "-in", key, "-pubout", "-out", public)
    return key, public, certificate


def assertion(key, algorithm, **other):
    now = int(time.time())
    claims = {"iss": "portail", "sub": "portail", "aud": AUDIENCE, "exp": now + 60, "iat": now, "jti": str(uuid.uuid4())}
    kind = jwk.ECKey if algorithm == "ES256" else jwk.RSAKey
    return jwt.encode({"alg": algorithm}, claims | other, kind.import_key(Path(key).read_text()), [algorithm])


def checks(address, folder, keys):
    bare, shown, other = requests.Session(), requests.Session(), requests.Session()
    for session in (bare, shown, other):
        session.trust_env = False
        session.verify = str(folder / "gateway.pem")
    shown.cert = (str(folder / "elliptic.pem"), str(folder / "elliptic.key"))
    other.cert = (str(folder / "rsa.pem"), str(folder / "rsa.key"))

    def token(session, text):
        form = {
            "grant_type": "client_credentials", "client_assertion": text,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}
        answer = session.post(f"{address}/v1/token", data=form, timeout=TIMEOUT)
        return answer.json().get("access_token"), answer.json().get("error")

    def banks(session, key):
        return session.get(f"{address}/v1/banks", headers={"Authorization": f"Bearer {key}"}, timeout=TIMEOUT).status_code

    for key, algorithm in (("elliptic", "ES256"), ("rsa", "RS256"), ("rsa", "PS256")):
        text = assertion(keys[key][0], algorithm)
        good, _ = token(shown, text)
        assert good and token(shown, text) == (None, "invalid_client"), f"{algorithm}, once"
        assert [banks(one, good) for one in (shown, bare, other)] == [200, 401, 401], f"{algorithm}, certificate"
    for wrong in ({"aud": "https://gateway.example"}, {"exp": int(time.time()) - 60}, {"sub": "other"}):
        assert token(shown, assertion(keys["rsa"][0], "PS256", **wrong)) == (None, "invalid_client"), wrong
    assert token(bare, assertion(keys["rsa"][0], "PS256")) == (None, "invalid_client"), "no certificate"
    assert token(shown, assertion(keys["stranger"][0], "ES256")) == (None, "invalid_client"), "another's key"


def main():
    with tempfile.TemporaryDirectory() as name, mock_bank() as bank:
        folder = Path(name)
        curve = ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")
        keys = {"elliptic": keypair(folder, "elliptic", *curve), "rsa": keypair(folder, "rsa", "rsa:2048")}
        keys["stranger"] = keypair(folder, "stranger", *curve)
        keypair(folder, "gateway", *curve)
        store = ["--store", str(folder / "transfers.sqlite")]
        pecule = program("pecule")
        ids = [run(pecule, "keys", "register", "portail", keys[key][1], *store) for key in ("elliptic", "rsa")]
        ids.append(run(pecule, "keys", "certificate", "portail", keys["elliptic"][2], *store))
        listed = run(pecule, "keys", "list", *store)
        assert all(one in listed for one in ids), listed
        (folder / "people.json").write_text(json.dumps(PEOPLE))
        command = [
            pecule, "gateway", "--port", "0", *store, "--banks", bank, "--directory", folder / "people.json",
            "--return-address", "https://portail.example/retour", "--public-address", "https://gateway.example",
            "--tls-certificate", folder / "gateway.pem", "--tls-key", folder / "gateway.key"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            try:
                address = re.search(r"https://\S+", process.stdout.readline()).group()
                checks(address, folder, keys)
            finally:
                process.terminate()
    print("client-credentials: tokens by ES256, RS256 and PS256, each assertion once, over the client's certificate alone")


main()
