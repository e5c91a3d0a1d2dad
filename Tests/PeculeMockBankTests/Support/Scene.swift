import PeculeHTTP

@testable import PeculeMockBank

/// One order at one bank of either standard, told what is to happen to it.
struct Scene: Sendable {
    let world: World
    let initiator: Initiator

    init(
        _ bank: String = "deux-rives", space: String? = nil, world: World = World(profiles: MockBankProfile.all)
    ) {
        self.world = world
        let profile = MockBankProfile.all.first { $0.id == bank } ?? MockBankProfile.all[0]
        initiator = Initiator(world: world, profile: profile, root: space.map { "/r/" + $0 } ?? "")
    }

    var profile: MockBankProfile { initiator.profile }
    private var isBerlin: Bool { profile.berlinGroup != nil }
    private static let requestID = "0f8fad5b-d9cb-469f-a165-70867728950e"
    private var root: String {
        let place = isBerlin ? "berlin-group/v1/payments/sepa-credit-transfers" : "stet/v1/payment-requests"
        return "\(initiator.root)/\(profile.id)/\(place)"
    }

    func request(_ method: HTTPMethod, _ path: String = "", scenario: String? = nil) async -> HTTPRequest {
        let token = await initiator.token() ?? ""
        var request = HTTPRequest(
            method, root + path,
            fields: [
                "Authorization": "Bearer \(token)", "X-Request-ID": Self.requestID, "Content-Type": "application/json",
                "PSU-IP-Address": "192.0.2.1", "TPP-Redirect-URI": "http://127.0.0.1:9/retour?state=etat-1",
            ])
        request.fields.set(scenario, for: "X-Mock-Scenario")
        return request
    }

    func opening(
        _ label: String = "COMMANDE", amount: String = "42.50", scenario: String? = nil, notifying: String? = nil
    ) async -> HTTPRequest {
        var request = await request(.post, scenario: scenario)
        request.fields.set(notifying, for: "TPP-Notification-URI")
        let debtor = IBANNumber.french(bank: Int(profile.bankCode) ?? 0, branch: 1, account: 1)
        var order = OrderText(amount: amount, reference: label)
        order.success = "http://127.0.0.1:9/retour?state=etat-1"
        let berlin: JSON = [
            "instructedAmount": ["currency": "EUR", "amount": .string(amount)],
            "debtorAccount": ["iban": .string(debtor)], "creditorName": "REGIE EXEMPLE",
            "creditorAccount": ["iban": .string(order.iban)], "endToEndIdentification": "E1",
            "remittanceInformationUnstructured": .string(label),
        ]
        request.body = (isBerlin ? berlin : order.json(profile.version)).bytes
        return request
    }

    /// The id and the address where the payer approves.
    func open(_ request: HTTPRequest) async -> (id: String, link: String)? {
        let answer = await world.send(request)
        let links = answer.json?["_links"]
        guard answer.status == 201, let location = answer.fields["Location"],
            let link = links?["consentApproval"]?["href"]?.string ?? links?["scaRedirect"]?["href"]?.string
        else { return nil }
        return (String(location.split(separator: "/").last ?? ""), link)
    }

    /// Status, and the reason where the standard tells one.
    func state(_ id: String) async -> String {
        let answer = await world.send(await request(.get, "/" + id)).json
        let report = answer?["paymentRequest"] ?? answer
        let status = report?["paymentInformationStatus"]?.string ?? report?["transactionStatus"]?.string ?? "none"
        return [status, report?["statusReasonInformation"]?.string].compactMap { $0 }.joined(separator: " ")
    }

    /// Opens an order and lets camille, or another login, approve it.
    func pay(_ label: String = "COMMANDE", as login: String = "camille", cents: Int = 4250) async -> String? {
        let amount = "\(cents / 100)." + String("\(100 + cents % 100)".dropFirst())
        guard let opened = await open(await opening(label, amount: amount)) else { return nil }
        var browser = Browser(world)
        _ = await browser.approve(opened.link, as: login)
        return opened.id
    }
}
