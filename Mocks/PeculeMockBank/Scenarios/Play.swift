/// The scenario of one order while it is played.
struct Play: Sendable {
    /// As cents, label and request header said it; its strikes are those still to come.
    private(set) var order = Scenario.ordinary
    /// As the login said it.
    var login = Scenario.ordinary
    private var heard: [Scenario] = []

    /// What is said later goes before what was said. Said again, as by a request that is repeated, it begins nothing
    /// anew.
    mutating func hear(_ scenario: Scenario) {
        guard !heard.contains(scenario) else { return }
        heard.append(scenario)
        order = scenario.over(order)
    }

    mutating func takeStrike(at endpoint: Endpoint) -> WireTrouble? {
        order.takeStrike(at: endpoint) ?? login.takeStrike(at: endpoint)
    }
}

extension Scenario {
    /// The next fault for this kind of request, which then has struck once more.
    mutating func takeStrike(at endpoint: Endpoint) -> WireTrouble? {
        guard let place = strikes.firstIndex(where: { $0.endpoint.includes(endpoint) }) else { return nil }
        let strike = strikes[place]
        switch strike.times {
        case nil: break
        case 1: strikes.remove(at: place)
        case let times?: strikes[place].times = times - 1
        }
        return strike.fault
    }
}
