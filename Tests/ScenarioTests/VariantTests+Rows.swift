import PeculeHTTP

// One row for each variant; the order is that of the list of settings.
extension VariantTests {
    static let flows = [
        Row("the approval is enough", "deux-rives") {
            $0.confirmations.isEmpty && $0.form("authorization_code") == nil
        },
        Row("an explicit confirmation without a body", "colline") { $0.confirmations.map(\.request.body) == [[]] },
        Row("an explicit confirmation that carries nothing", "phare") { $0.confirmations.map(\.sent) == [[:]] },
        Row("a factor of the return is repeated", "montagne") {
            $0.confirmations.last?.sent["psuAuthenticationFactor"] != nil
        },
        Row("a code, then a confirmation with its token and the nonce", "sillage") {
            $0.confirmations.last?.sent["nonce"] != nil
                && $0.confirmations.last?.request.path.hasSuffix("/confirmation") == true
        },
        Row("a code, then the separate confirmation of 1.4.2", "atelier") {
            $0.confirmations.last?.request.path.hasSuffix("/o-confirmation") == true
        },
        Row("a code alone", "oceane") { $0.confirmations.isEmpty && $0.form("authorization_code") != nil },
        Row("a code challenge (PKCE)", "oceane") { $0.form("authorization_code")?["code_verifier"] != nil },
        Row("no code challenge", "verger") {
            $0.form("authorization_code") != nil && $0.form("authorization_code")?["code_verifier"] == nil
        },
        Row("the bank confirms by itself", "horizon") { $0.saw("ACCP") && $0.confirmations.isEmpty },
        Row("confirm now: ACTC", "phare") { $0.saw("ACTC") },
        Row("confirm now: ACCP", "atelier") { $0.saw("ACCP") || $0.confirmations.count == 1 },
        Row("confirm now: ACSP", "lagune") { $0.saw("ACSP") || $0.confirmations.count == 1 },
        Row("confirm now: ACCO", "sillage") { $0.saw("ACCO") || $0.confirmations.count == 1 },
        Row("success before the end: ACSP", "deux-rives") { $0.saw("ACSP") },
        Row("success before the end: ACWP", "verger") { $0.saw("ACWP") },
        Row("success before the end: PDNG", "lagune") { $0.saw("PDNG") },
        Row("success before the end: ACCP", "horizon") { $0.saw("ACCP") },
    ]

    static let wire = [
        Row("tokens at another host", "colline") {
            $0.tokens.allSatisfy { $0.request.target.hasPrefix("http://localhost") }
        },
        Row("token requests in JSON", "colline") { $0.tokens.last?.sent["grant_type"] == "client_credentials" },
        Row("token requests as forms", "phare") { $0.form("client_credentials") != nil },
        Row("client credentials by HTTP Basic", "deux-rives") {
            $0.tokens[0].request.fields["Authorization"]?.hasPrefix("Basic ") == true
        },
        Row("client credentials in the body", "phare") { $0.form("client_credentials")?["client_secret"] != nil },
        Row("another scope", "verger") { $0.form("client_credentials")?["scope"] == "openid" },
        Row("token_type in small letters, Bearer sent", "falaise") {
            $0.tokens[0].answered["token_type"] == "bearer"
                && $0.opening?.request.fields["Authorization"]?.hasPrefix("Bearer ") == true
        },
        Row("406 to anything but application/json", "colline") {
            $0.opening?.request.fields["Accept"] == "application/json"
        },
        Row("application/hal+json", "deux-rives") {
            $0.opening?.request.fields["Accept"]?.hasPrefix("application/hal+json") == true
        },
        Row("a header field of the bank's own", "verger") {
            $0.openings.allSatisfy { $0.request.fields["X-Subscription-Key"] == "essai" }
        },
        Row("PSU headers wanted", "lagune") {
            $0.opening?.request.fields["PSU-IP-Address"] == "198.51.100.7"
                && $0.opening?.request.fields["PSU-User-Agent"] == "Mozilla/5.0 (essai)"
        },
        Row("PSU headers refused", "estuaire") { $0.opening?.request.fields["PSU-IP-Address"] == nil },
        Row("notifications, to the transfer's own address", "colline") { told($0)?.contains("/PEC") == true },
        Row("notifications of Berlin Group's standard", "rhin") {
            told($0)?.contains("/PEC") == true && $0.opening?.response.fields["ASPSP-Notification-Support"] == "true"
        },
        Row("no notifications", "deux-rives") { told($0) == nil },
        Row("Location, absolute", "deux-rives") {
            $0.opening?.response.fields["Location"]?.hasPrefix("http://") == true
        },
        Row("Location, relative", "colline") {
            $0.opening?.response.fields["Location"]?.hasPrefix("payment-requests/") == true
        },
        Row("Location with a final slash", "verger") {
            $0.opening?.response.fields["Location"]?.hasSuffix("/") == true
        },
        Row("the id as a parameter of the consent URL", "estuaire") { $0.opening?.response.fields["Location"] == nil },
        Row("the id in the path of the consent URL", "lagune") { $0.opening?.response.fields["Location"] == nil },
    ]

    static let orders = [
        Row("amounts as texts in 1.6", "falaise") { amount($0)?.string != nil },
        Row("amounts as numbers", "lagune") { amount($0)?.string == nil && amount($0) != nil },
        Row("the beneficiary in the instruction", "colline") {
            $0.opening?.sent["beneficiary"] == nil && transaction($0)?["beneficiary"] != nil
        },
        Row("the beneficiary at payment level", "lagune") { $0.opening?.sent["beneficiary"] != nil },
        Row("the payer's account, optional", "colline") { $0.opening?.sent["debtorAccount"] != nil },
        Row("the payer's account, required and of this bank", "estuaire") {
            $0.opening?.sent["debtorAccount"] != nil
        },
        Row("no account of the payer", "deux-rives") { $0.opening?.sent["debtorAccount"] == nil },
        Row("instant", "falaise", "20,00") { instruments($0) == ["INST"] },
        Row("instant refused with a code in message, then ordinary", "falaise") { instruments($0) == ["INST", nil] },
        Row("instant below what the bank is known to take", "lagune", "19,99") { instruments($0) == [nil] },
        Row("instant within what the bank is known to take", "lagune") { instruments($0) == ["INST"] },
        Row("no instant transfers", "deux-rives") { instruments($0) == [nil] },
        Row("execution dates by Paris time", "falaise") {
            $0.opening?.sent["requestedExecutionDate"]?.string?.hasSuffix("Z") == false
        },
        Row("execution dates by UTC", "estuaire") {
            $0.opening?.sent["requestedExecutionDate"]?.string?.hasSuffix("Z") == true
        },
    ]

    static let answers = [
        Row("404 right after the opening", "falaise") { $0.questions.first?.response.status == 404 },
        Row("the instruction stays at ACTC", "falaise") {
            $0.contains {
                $0.answered["paymentRequest"]?["creditTransferTransaction"]?[0]?["transactionStatus"] == "ACTC"
            }
        },
    ]

    static let berlinGroup = [
        Row("Berlin Group: redirect", "rhin") { links($0)?["scaRedirect"] != nil },
        Row("Berlin Group: OAuth", "lemanique") { links($0)?["scaOAuth"] != nil },
        Row("Berlin Group: explicit start, a code under a name of the bank's own", "ardennes") {
            links($0)?["startAuthorisation"] != nil && $0.confirmations.last?.sent["confirmationCode"] != nil
        },
        Row("Berlin Group: on the telephone", "escaut") {
            $0.contains { $0.request.fields["PSU-ID"] == "camille" }
        },
        Row("Berlin Group: instant", "meuse", "20,00") {
            $0.openings.map { $0.request.path.contains("/instant-") } == [true]
        },
        Row("Berlin Group: instant refused, then ordinary", "meuse") {
            $0.openings.first?.response.status == 403 && $0.opening?.request.path.contains("/instant-") == false
        },
    ]

    private static func transaction(_ calls: Calls) -> JSON? { calls.opening?.sent["creditTransferTransaction"]?[0] }
    private static func amount(_ calls: Calls) -> JSON? { transaction(calls)?["instructedAmount"]?["amount"] }
    private static func told(_ calls: Calls) -> String? { calls.opening?.request.fields["TPP-Notification-URI"] }
    private static func links(_ calls: Calls) -> JSON? { calls.opening?.answered["_links"] }
    private static func instruments(_ calls: Calls) -> [String?] {
        calls.openings.map { $0.sent["paymentTypeInformation"]?["localInstrument"]?.string }
    }
}
