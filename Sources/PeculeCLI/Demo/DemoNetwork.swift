import Foundation
import PeculeBanks
import PeculeCurl
import PeculeMockBank
import PeculeServer

/// How the parties of a demonstration reach and believe each other: in the clear, or with test certificates.
struct DemoNetwork {
    /// With the initiator's client certificate, where there are certificates.
    let gateway: CurlTransport
    let browser: CurlTransport
    let banks: MockBankTrust?
    let seal: MessageSeal?

    /// In the clear.
    init() {
        gateway = CurlTransport()
        (browser, banks, seal) = (gateway, nil, nil)
    }

    /// - Parameters:
    ///   - folder: made by `MockBankCertificates`.
    ///   - initiator: whose certificates the gateway has.
    init(certificates folder: String, initiator: String = "tpp") throws {
        let (authority, own) = ("\(folder)/ca.pem", "\(folder)/\(initiator)")
        gateway = CurlTransport(
            .init(
                trustedAuthoritiesFile: authority,
                clientIdentity: .init(certificateFile: "\(own)-qwac.pem", keyFile: "\(own)-qwac.key")))
        browser = CurlTransport(.init(trustedAuthoritiesFile: authority))
        banks = try MockBankTrust(folder: folder)
        seal = try MessageSeal(
            certificate: Self.text("\(own)-qseal.pem"), key: Self.text("\(own)-qseal.key"),
            authorities: Self.text(authority), bankSeals: Self.text("\(folder)/bank-qseal.pem"))
    }

    private static func text(_ file: String) throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

    var scheme: String { banks == nil ? "http" : "https" }

    /// The banks that can be played in it.
    var profiles: [MockBankProfile] { MockBankProfile.all + (banks == nil ? [] : MockBankProfile.secured) }
}
