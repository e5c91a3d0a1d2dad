#!/usr/bin/env python3
"""One payment at every bank of the mock, by a client that knows only the standards and the public description."""

import secrets

from outside import Client, approve, banks_of, mock_bank, now, return_server, settled


def order(client, back):
    """A transfer of 25.50 EUR in the dialect of the bank."""
    mark = secrets.token_hex(8)
    old = client.version == "1.4.0"
    data = {"acceptedAuthenticationApproach": ["REDIRECT"]}
    if not client.uses_code:
        data |= {"successfulReportUrl": f"{back}/ok", "unsuccessfulReportUrl": f"{back}/nok"}
    return {
        "paymentInformationId": f"PMT{mark}",
        "creationDateTime": now(),
        "numberOfTransactions": 1,
        "initiatingParty": {"name": "Client tiers"},
        "paymentTypeInformation": {"serviceLevel": "SEPA", "categoryPurpose": "DVPM"},
        "beneficiary": {
            "creditor": {"name": "REGIE EXEMPLE"},
            "creditorAccount": {"iban": "FR7699992000420000009876566"},
        },
        "chargeBearer": "SLEV",
        "requestedExecutionDate": now(),
        "creditTransferTransaction": [{
            "paymentId": {"instructionId": f"INS{mark}", "endToEndId": f"E2E{mark}"},
            "instructedAmount": {"currency": "EUR", "amount": "25.50" if old else 25.5},
            "remittanceInformation": ["ESSAI"] if old else {"unstructured": ["ESSAI"]},
        }],
        "supplementaryData": data,
    }


def pay(client, back, arrived):
    """Up to the last thing that the payer or the client has to do; gives where to ask how it ends."""
    token = client.token()
    answer = client.call("POST", "/payment-requests", token, order(client, back))
    assert answer.status_code == 201, f"{answer.status_code}: {answer.text}"
    path = "/payment-requests/" + answer.headers["Location"].rstrip("/").rsplit("/", 1)[1]
    confirming, proof = approve(client, answer.json(), f"{back}/oauth", arrived)
    status = client.call("GET", path, token).json()["paymentRequest"]["paymentInformationStatus"]
    if status in client.bank["confirmNow"]:
        confirmed = client.call("POST", f"{path}/{client.confirmation}", confirming, proof)
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
