#!/usr/bin/env python3
"""One payment at every bank of the mock, by a client that knows only the standards and the public description."""

import datetime
import secrets
import zoneinfo

import requests

from outside import TIMEOUT, Client, approve, banks_of, mock_bank, now, return_server, settled


def order(client, back):
    """A transfer of 25.50 EUR in the dialect of the bank."""
    mark = secrets.token_hex(8)
    old = client.version == "1.4.0"
    dialect = client.bank["dialect"]
    as_text = dialect.get("amount", "string" if old else "number") == "string"
    payee = {
        "beneficiary": {
            "creditor": {"name": "REGIE EXEMPLE"},
            "creditorAccount": {"iban": "FR7699992000420000009876566"},
        }
    }
    inside = dialect.get("beneficiary") == "instruction"
    data = {"acceptedAuthenticationApproach": ["REDIRECT"]}
    if not client.uses_code:
        data |= {"successfulReportUrl": f"{back}/ok", "unsuccessfulReportUrl": f"{back}/nok"}
    return {
        "paymentInformationId": f"PMT{mark}",
        "creationDateTime": now(),
        "numberOfTransactions": 1,
        "initiatingParty": {"name": "Client tiers"},
        "paymentTypeInformation": {"serviceLevel": "SEPA", "categoryPurpose": "DVPM"},
        "chargeBearer": "SLEV",
        "requestedExecutionDate": execution_date(dialect.get("executionDate", "UTC")),
        "creditTransferTransaction": [{
            "paymentId": {"instructionId": f"INS{mark}", "endToEndId": f"E2E{mark}"},
            "instructedAmount": {"currency": "EUR", "amount": "25.50" if as_text else 25.5},
            "remittanceInformation": ["ESSAI"] if old else {"unstructured": ["ESSAI"]},
        } | (payee if inside else {})],
        "supplementaryData": data,
    } | ({} if inside else payee) | debtor(client)


def debtor(client):
    """The payer's account, where the bank does not go without it: the first of the customer who pays here."""
    if client.bank.get("debtorAccount", {}).get("need") != "required":
        return {}
    root = client.bank["api"].split("/" + client.bank["id"] + "/")[0]
    books = requests.get(f"{root}/mock/books", timeout=TIMEOUT).json()
    accounts = next(book["accounts"] for book in books if book["bank"] == client.bank["id"])
    return {"debtorAccount": {"iban": next(a["iban"] for a in accounts if a["owner"] == "camille")}}


def execution_date(zone):
    """A minute ahead, by the bank's clock, and never midnight."""
    date = datetime.datetime.now(zoneinfo.ZoneInfo(zone)) + datetime.timedelta(minutes=1)
    if (date.hour, date.minute) == (0, 0):
        date += datetime.timedelta(minutes=1)
    return date.isoformat(timespec="milliseconds")


def pay(client, back, arrived):
    """Up to the last thing that the payer or the client has to do; gives where to ask how it ends."""
    token = client.token()
    answer = client.call("POST", "/payment-requests", token, order(client, back))
    assert answer.status_code == 201, f"{answer.status_code}: {answer.text}"
    path = "/payment-requests/" + client.payment_id(answer)
    confirming, proof = approve(client, answer.json(), f"{back}/oauth", arrived)
    status = client.call("GET", path, token).json()["paymentRequest"]["paymentInformationStatus"]
    if status in client.bank["confirmNow"]:
        nothing = client.bank["dialect"].get("confirmationBody") == "none" and not proof
        confirmed = client.call("POST", f"{path}/{client.confirmation}", confirming, None if nothing else proof)
        assert confirmed.status_code == 200, f"{confirmed.status_code}: {confirmed.text}"
    print(f"{client.bank['id']:12} STET {client.version:5}  {client.flow:17}  approved as {status}")
    return client, token, path


def main():
    with mock_bank() as address, return_server() as (back, arrived):
        banks = banks_of(address, "stet")
        assert {bank["redirectFlow"] for bank in banks} >= {
            "simple", "simpleThenConfirm", "factorThenConfirm", "codeThenConfirm", "codeOnly", "bankConfirms",
        }, "not every redirect flow is played"
        settled([pay(Client(bank), back, arrived) for bank in banks])
        print(f"{len(banks)} payments settled")


if __name__ == "__main__":
    main()
