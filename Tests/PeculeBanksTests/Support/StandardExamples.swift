import PeculeHTTP

/// Worked examples of STET PSD2 API 1.4.0.47 and 1.4.2.17 and of RFC 6749, section 5.1, with invented data.
enum StandardExamples {
    static let postV140 = """
        {"paymentInformationId": "PMT20260212A7F3C09E41D2B8", "creationDateTime": "2026-02-12T09:41:07.250+01:00",
         "numberOfTransactions": 1,
         "initiatingParty": {"name": "Passerelle Exemple SAS",
          "postalAddress": {"country": "FR", "addressLine": ["1 RUE DE L EXEMPLE", "75001 PARIS"]},
          "organisationId": {"identification": "99999", "schemeName": "COID", "issuer": "ACPR"}},
         "paymentTypeInformation": {"serviceLevel": "SEPA", "localInstrument": "INST", "categoryPurpose": "DVPM"},
         "debtor": {"name": "CAMILLE EXEMPLE"}, "debtorAccount": {"iban": "FR7699991000010000001234570"},
         "beneficiary": {
          "creditor": {"name": "REGIE EXEMPLE",
           "postalAddress": {"country": "FR", "addressLine": ["2 PLACE DU TEST", "69001 LYON"]}},
          "creditorAccount": {"iban": "FR7699992000420000009876566"}, "creditorAgent": {"bicFi": "EXMPFRPPXXX"}},
         "purpose": "COMC", "chargeBearer": "SLEV", "requestedExecutionDate": "2026-02-12T09:42:07.250+01:00",
         "creditTransferTransaction": [
          {"paymentId": {"instructionId": "INS20260212A7F3C09E41D2B8", "endToEndId": "E2E20260212A7F3C09E41D2B8"},
           "instructedAmount": {"currency": "EUR", "amount": "42.50"},
           "remittanceInformation": ["COMMANDE 2026-000123"]}],
         "supplementaryData": {"acceptedAuthenticationApproach": ["REDIRECT", "DECOUPLED"],
          "scaHint": "noScaExemption", "successfulReportUrl": "https://gateway.example/cb/ok?state=9b1d0f",
          "unsuccessfulReportUrl": "https://gateway.example/cb/nok?state=9b1d0f"}}
        """

    static let postV142 = """
        {"paymentInformationId": "PMT20260212A7F3C09E41D2B8", "creationDateTime": "2026-02-12T09:41:07.250+01:00",
         "numberOfTransactions": 1, "initiatingParty": {"name": "Passerelle Exemple SAS"},
         "paymentTypeInformation": {"serviceLevel": "SEPA", "categoryPurpose": "DVPM"},
         "debtor": {"name": "CAMILLE EXEMPLE"}, "debtorAccount": {"iban": "FR7699991000010000001234570"},
         "beneficiary": {
          "creditor": {"name": "REGIE EXEMPLE",
           "postalAddress": {"country": "FR", "addressLine": ["2 PLACE DU TEST", "69001 LYON"]}},
          "creditorAccount": {"iban": "FR7699992000420000009876566"}},
         "chargeBearer": "SLEV", "requestedExecutionDate": "2026-02-12T09:42:07.250+01:00",
         "creditTransferTransaction": [
          {"paymentId": {"instructionId": "INS20260212A7F3C09E41D2B8", "endToEndId": "E2E20260212A7F3C09E41D2B8"},
           "instructedAmount": {"amount": 42.5, "currency": "EUR"}, "purpose": "COMC",
           "remittanceInformation": {"unstructured": ["COMMANDE 2026-000123"]}}],
         "supplementaryData": {"acceptedAuthenticationApproach": ["REDIRECT"],
          "successfulReportUrl": "https://gateway.example/cb/ok?state=9b1d0f",
          "unsuccessfulReportUrl": "https://gateway.example/cb/nok?state=9b1d0f"}}
        """

    static let accepted = paymentRequest(
        """
        "paymentInformationStatus": "ACSP", "fundsAvailability": true, "booking": false,
        """,
        instruction: "\"transactionStatus\": \"ACSP\"")

    static let rejected = paymentRequest(
        """
        "paymentInformationStatus": "RJCT", "booking": false, "statusReasonInformation": "NOAS",
        """,
        instruction: "\"transactionStatus\": \"RJCT\", \"statusReasonInformation\": \"NOAS\"")

    private static func paymentRequest(_ status: String, instruction: String) -> String {
        """
        {"paymentRequest": {"resourceId": "8c41f02b9d5e4f7ab6", "paymentInformationId": "PMT20260212A7F3C09E41D2B8",
         "creationDateTime": "2026-02-12T09:41:07.215+01:00", "numberOfTransactions": 1,
         "initiatingParty": {"name": "Passerelle Exemple SAS"},
         "paymentTypeInformation": {"serviceLevel": "SEPA", "localInstrument": "INST", "categoryPurpose": "DVPM"},
         "debtor": {"name": "CAMILLE EXEMPLE"}, "debtorAccount": {"iban": "FR7699991000010000001234570"},
         "beneficiary": {"creditor": {"name": "REGIE EXEMPLE"},
          "creditorAccount": {"iban": "FR7699992000420000009876566"}},
         "chargeBearer": "SLEV", \(status)
         "requestedExecutionDate": "2026-02-12T09:42:07.215+01:00",
         "creditTransferTransaction": [
          {"paymentId": {"resourceId": "8c41f02b9d5e4f7ab6-1", "instructionId": "INS20260212A7F3C09E41D2B8",
            "endToEndId": "E2E20260212A7F3C09E41D2B8"},
           "instructedAmount": {"currency": "EUR", "amount": "42.50"},
           "remittanceInformation": ["COMMANDE 2026-000123"], \(instruction)}],
         "supplementaryData": {"appliedAuthenticationApproach": "REDIRECT"}},
         "_links": {"self": {"href": "/v1/payment-requests/8c41f02b9d5e4f7ab6"}}}
        """
    }

    static let opened = """
        {"appliedAuthenticationApproach": "REDIRECT", "_links": {"consentApproval": {
         "href": "https://www.bank-a.example/psd2/consent?context=8c41f0", "templated": false}}}
        """

    static let openedWithNonce = """
        {"appliedAuthenticationApproach": "REDIRECT", "nonce": "b2e7f0c1", "_links": {"consentApproval": {
         "href": "https://oauth.bank-b.example/authorize?response_type=code&scope=pisp&context=8c41f0"}}}
        """

    static let confirmation = #"{"psuAuthenticationFactor": "JJ7K2M"}"#
    static let confirmationByToken = #"{"nonce": "b2e7f0c1"}"#
    static let error = """
        {"timestamp": "2026-02-12T08:41:07.499Z", "status": 400, "error": "Bad Request",
         "message": "creditorAccount.iban is not a valid IBAN", "path": "/v1/payment-requests"}
        """
    static let token = """
        {"access_token": "2YotnFZFEjr1zCsicMWpAA", "token_type": "Bearer", "expires_in": 3600, "scope": "pisp"}
        """

    static func json(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

    static func response(_ text: String, status: Int = 200, location: String? = nil) -> HTTPResponse {
        var response = HTTPResponse(
            status: status, fields: ["Content-Type": "application/hal+json; charset=utf-8"], body: Array(text.utf8))
        response.fields.set(location, for: "Location")
        return response
    }
}
