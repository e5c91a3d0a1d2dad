#!/usr/bin/env python3
"""Logins at the simulated FranceConnect by a relying party that is not ours: authlib asks, joserfc believes or not."""

import html.parser
import secrets
import urllib.parse

import requests

from outside import TIMEOUT, mock_bank, return_server, text_of

from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

SCOPE = "openid given_name family_name preferred_username birthdate email"
# What an independent library must not believe either.
LIES = [
    "wrong_nonce", "token_issuer", "wrong_audience", "expired", "alg_none", "hs256_public_key", "broken_signature",
    "foreign_key", "unknown_key", "other_subject", "userinfo_audience", "userinfo_expired", "userinfo_alg_none",
]


class Buttons(html.parser.HTMLParser):
    """Each form's address and hidden fields, with what each of its buttons would send."""

    def __init__(self, markup):
        super().__init__()
        self.action, self.hidden, self.found, self.current = "", {}, [], None
        self.feed(markup)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.action, self.hidden = given["action"], {}
        elif tag == "input" and given.get("type") == "hidden":
            self.hidden[given["name"]] = given["value"]
        elif tag == "button":
            sent = {given["name"]: given["value"]} if "name" in given else {}
            self.current = [self.action, self.hidden | sent, ""]

    def handle_data(self, data):
        if self.current:
            self.current[2] += data

    def handle_endtag(self, tag):
        if tag == "button":
            self.found.append(self.current)
            self.current = None


def press(browser, page, words):
    """Presses the one button whose text begins with these words, or that sends them."""
    page.raise_for_status()
    found = [b for b in Buttons(page.text).found if b[2].startswith(words) or words in b[1].values()]
    assert len(found) == 1, f"{len(found)} buttons with « {words} » on {page.url}:\n{text_of(page.text)}"
    action, sent, _ = found[0]
    return browser.post(urllib.parse.urljoin(page.url, action), data=sent, timeout=TIMEOUT)


class Party:
    """One service at one provider, by its discovery document alone."""

    def __init__(self, address, back, client, secret, algorithm):
        self.issuer, self.algorithm, self.back = f"{address}/franceconnect/api/v2", algorithm, back
        self.about = requests.get(f"{self.issuer}/.well-known/openid-configuration", timeout=TIMEOUT).json()
        assert self.about["issuer"] == self.issuer
        self.session = OAuth2Session(
            client, secret, scope=SCOPE, redirect_uri=f"{back}/login", code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_post")

    def log_in(self, browser, identity, arrived):
        """Gives the id token and the identity; an error of joserfc for what is not believed."""
        nonce, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        url, state = self.session.create_authorization_url(
            self.about["authorization_endpoint"], nonce=nonce, acr_values="eidas1", code_verifier=verifier)
        page = browser.get(url, timeout=TIMEOUT)
        if "Choisissez un compte" in page.text:
            page = press(browser, press(browser, page, "Fournisseur d’identité Alpha"), identity)
        press(browser, page, "Continuer sur ")
        came = arrived.get(timeout=TIMEOUT)
        assert dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(came).query))["iss"] == self.issuer
        tokens = self.session.fetch_token(
            self.about["token_endpoint"], authorization_response=self.back + came, state=state,
            code_verifier=verifier)
        claims = self.believed(tokens["id_token"], nonce={"essential": True, "value": nonce})
        answer = requests.get(
            self.about["userinfo_endpoint"], headers={"Authorization": f"Bearer {tokens['access_token']}"},
            timeout=TIMEOUT)
        assert answer.headers["Content-Type"] == "application/jwt", answer.headers["Content-Type"]
        person = self.believed(answer.text, sub={"essential": True, "value": claims["sub"]})
        return tokens["id_token"], person

    def believed(self, token, **demands):
        keys = KeySet.import_key_set(requests.get(self.about["jwks_uri"], timeout=TIMEOUT).json())
        claims = jwt.decode(token, keys, algorithms=[self.algorithm]).claims
        jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": self.issuer}, aud={"essential": True, "value": self.session.client_id},
            exp={"essential": True}, **demands).validate(claims)
        return claims


def register(address, back, client, algorithm):
    answer = requests.put(f"{address}/franceconnect/mock/clients/{client}", timeout=TIMEOUT, json={
        "secret": "s3cret", "name": "Service en Python", "redirect_uris": [f"{back}/login"],
        "post_logout_redirect_uris": [f"{back}/logout"], "algorithm": algorithm,
    })
    assert answer.status_code == 204, answer.text
    return Party(address, back, client, "s3cret", algorithm)


def main():
    with return_server() as (back, arrived), mock_bank("--login-return", f"{back}/login") as address:
        demonstration = Party(address, back, "portail-des-proches", "secret-de-demonstration", "ES256")
        _, person = demonstration.log_in(requests.Session(), "accents", arrived)
        assert person["given_name"] == "Zoé Maëlys Françoise", person
        for algorithm in ["ES256", "RS256"]:
            party, browser = register(address, back, f"service-{algorithm}", algorithm), requests.Session()
            token, person = party.log_in(browser, "nom-d-usage", arrived)
            assert person["family_name"] == "FABREGUE" and person["preferred_username"] == "TOURNIER", person
            assert person["email"] == "nom-d-usage@alpha.example" and "birthplace" not in person, person
            # The session lasts: nobody is asked again.
            _, again = party.log_in(browser, "nobody", arrived)
            assert again["sub"] == person["sub"]
            end = {"id_token_hint": token, "post_logout_redirect_uri": f"{back}/logout", "state": "fin"}
            browser.get(party.about["end_session_endpoint"], params=end, timeout=TIMEOUT)
            assert arrived.get(timeout=TIMEOUT) == "/logout?state=fin"
            for lie in LIES:
                try:
                    party.log_in(requests.Session(), f"faute-{lie.replace('_', '-')}", arrived)
                except JoseError:
                    continue
                raise AssertionError(f"{algorithm}: {lie} was believed")
            print(f"{algorithm}: two logins, a logout, and {len(LIES)} lies that nobody believed")


if __name__ == "__main__":
    main()
