import PeculeMockFranceConnect

/// What the command line asks.
struct MockBankOptions: Equatable {
    var host = "127.0.0.1"
    var port: UInt16 = 8080
    /// What every order plays that says nothing else.
    var scenario = ""
    /// Files.
    var scenarios: String?
    var customers: String?
    /// Whether the cents of amounts call scenarios.
    var cents = false
    /// A folder of certificates: HTTPS, and the banks that demand certificates beside the others.
    var tls: String?
    /// Where the service of demonstrations has people come back to.
    var loginReturn = "http://127.0.0.1:8000/connexion/retour"
    var logoutReturn = "http://127.0.0.1:8000/deconnexion/retour"

    var service: MockService { .demonstration(return: loginReturn, logout: logoutReturn) }

    enum Request: Equatable {
        case help
        case certificates(folder: String)
        case serve(MockBankOptions)
    }

    enum Fault: Error, Equatable, CustomStringConvertible {
        case unknown(String)
        case noValue(String)
        case badPort(String)
        case badAddress(String)

        var description: String {
            switch self {
            case .unknown(let argument): "unknown option \(argument)"
            case .noValue(let option): "\(option) needs a value"
            case .badPort(let text): "\(text) is not a port (0 to 65535)"
            case .badAddress(let text): "\(text) is not an https address, or an http one on loopback"
            }
        }
    }

    static let help = """
        mock-bank: seventeen fictional banks that speak STET or Berlin Group, and a simulated FranceConnect.
        No real money moves, and nobody is who they seem.

        Usage: mock-bank [--host ADDRESS] [--port NUMBER] [--scenario TEXT] [--scenarios FILE] [--customers FILE]
                         [--cents] [--tls DIR] [--login-return URL] [--logout-return URL]
               mock-bank certificates DIR

          --host ADDRESS    where to listen (127.0.0.1: this machine alone)
          --port NUMBER     port to listen on (8080); 0 takes a free one
          --scenario TEXT   what every order plays that says nothing else: "rjct AM04", "pdng 15m > acsc",
                            "at confirm lost"
          --scenarios FILE  scenarios with a name, one a line: "slow: pdng 2h > acsc"
          --customers FILE  more customers and accounts, as JSON (see PUT /mock/customers)
          --cents           the cents of an amount call a scenario: 10,05 EUR is rejected with AM04
          --tls DIR         HTTPS with the certificates of DIR, and with the banks that demand them: sceau, ecluse,
                            donjon, rempart, beffroi
          --login-return URL, --logout-return URL
                            where the simulated FranceConnect sends people back to after a login and a logout
                            (http://127.0.0.1:8000/connexion/retour and http://127.0.0.1:8000/deconnexion/retour),
                            letter by letter, for the service of client id portail-des-proches and secret
                            secret-de-demonstration; others are registered with
                            PUT URL/franceconnect/mock/clients/ID
          --help            this text

          certificates     makes test certificates of the eIDAS kind in the new folder DIR: authority, server, QWAC
                           and QSEALC of two initiators and of the banks, and some that must be refused

        Prints "mock-bank ready at URL" when it answers, and on the next line the issuer of the simulated FranceConnect,
        URL/franceconnect/api/v2. Open URL to see what it offers, URL/mock/banks for the configuration that a gateway
        loads, URL/mock/scenarios for every word of a scenario, URL/franceconnect/mock/identities for who can log in.
        URL/r/NAME/ is a fresh bank of its own. Everything is in memory.

        """

    static func read(_ arguments: some Sequence<String>) throws(Fault) -> Request {
        var options = MockBankOptions()
        var rest = arguments.makeIterator()
        if let words = certificates(Array(arguments)) { return try words.get() }
        while let argument = rest.next() {
            switch argument {
            case "--help", "-h": return .help
            case "--cents": options.cents = true
            case "--host", "--port", "--scenario", "--scenarios", "--customers", "--tls",
                "--login-return", "--logout-return":
                guard let value = rest.next(), !value.isEmpty else { throw .noValue(argument) }
                try options.set(argument, value)
            default: throw .unknown(argument)
            }
        }
        return .serve(options)
    }

    private mutating func set(_ option: String, _ value: String) throws(Fault) {
        switch option {
        case "--host": host = value
        case "--scenario": scenario = value
        case "--scenarios": scenarios = value
        case "--customers": customers = value
        case "--tls": tls = value
        case "--login-return": loginReturn = try Self.address(value)
        case "--logout-return": logoutReturn = try Self.address(value)
        default:
            guard let port = UInt16(value) else { throw .badPort(value) }
            self.port = port
        }
    }

    private static func address(_ text: String) throws(Fault) -> String {
        guard MockService.mayReturn(to: text) else { throw .badAddress(text) }
        return text
    }

    /// Nil for any other command.
    private static func certificates(_ words: [String]) -> Result<Request, Fault>? {
        guard words.first == "certificates", !words.contains("--help") else { return nil }
        if words.count > 2 { return .failure(.unknown(words[2])) }
        return words.count == 2 ? .success(.certificates(folder: words[1])) : .failure(.noValue("certificates"))
    }
}
