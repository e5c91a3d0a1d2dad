import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import PeculeServer

/// What a gateway has to be told, from the command line, the environment or a file: the first of these that says it.
///
/// Each setting has one name: `--return-address`, `PECULE_RETURN_ADDRESS`, `return_address`.
struct GatewaySettings: Sendable {
    var host = "127.0.0.1"
    var port: UInt16 = 8090
    var store = StoreLocation.standard
    /// Profiles of banks: a file, or the address of a mock bank.
    var banks = ""
    /// Establishments and permits.
    var directory = ""
    var returnAddresses: Set<ReturnAddress> = []
    /// The name of the portal, as banks show it.
    var initiatingParty = "Portail des proches"
    /// Where banks may send notifications: the gateway's own address, as they see it; nil for none.
    var notifications: NotificationAddress?
    /// Networks inside where receivers of webhooks may be, besides the internet.
    var webhookNetworks: [IPNetwork] = []
    /// Where clients find the gateway; without it, where it listens.
    var publicAddress: String?
    /// TLS: the gateway's certificate and key, and the authorities of clients' certificates (PEM files).
    var tls: TLSIdentity?
    var isDemo = false

    static let names = [
        "host", "port", "store", "banks", "directory", "return_address", "initiating_party", "public_address",
        "webhook_networks", "tls_certificate", "tls_key", "client_authorities",
    ]

    /// Of which there may be several.
    static let lists: Set<String> = ["return_address", "webhook_networks"]

    /// Every problem at once, each with the name of its setting.
    struct Problems: Error {
        let all: [String]
    }

    /// - Parameter values: by name; of lists, the parts stand between commas.
    init(_ values: [String: String], isDemo: Bool) throws(Problems) {
        var problems: [String] = []
        self.isDemo = isDemo
        if let text = values["host"] { host = text }
        if let text = values["port"] {
            if let number = UInt16(text) { port = number } else { problems.append("port: a number from 0 to 65535") }
        }
        if let text = values["store"] {
            if text.isEmpty { problems.append("store: a path, or postgresql://…") } else { store = StoreLocation(text) }
        }
        (banks, directory) = (values["banks"] ?? "", values["directory"] ?? "")
        initiatingParty = values["initiating_party"] ?? initiatingParty
        if let text = values["public_address"] {
            notifications = NotificationAddress("\(text)/v1/bank-notifications")
            publicAddress = text
            if notifications == nil { problems.append("public_address: `\(text)` is no https address without a path") }
        }
        for text in (values["return_address"] ?? "").split(separator: ",") {
            if let address = ReturnAddress(String(text)) {
                returnAddresses.insert(address)
            } else {
                problems.append("return_address: `\(text)` is no absolute https address (http on this machine alone)")
            }
        }
        problems += read(networks: values["webhook_networks"] ?? "")
        problems += readTLS(values)
        if !isDemo { problems += missing() }
        guard problems.isEmpty else { throw Problems(all: problems) }
    }

    private mutating func readTLS(_ values: [String: String]) -> [String] {
        let names = ["tls_certificate", "tls_key", "client_authorities"]
        let (certificate, key, authorities) = (values[names[0]], values[names[1]], values[names[2]])
        guard let certificate, let key else {
            guard let lone = names.first(where: { values[$0] != nil }) else { return [] }
            return ["\(lone): tls_certificate and tls_key belong together, the paths of PEM files"]
        }
        tls = TLSIdentity(
            certificateChainFile: certificate, privateKeyFile: key, clientAuthorityFile: authorities,
            asksClientCertificate: authorities == nil)
        return names.filter { name in values[name].map { !FileManager.default.isReadableFile(atPath: $0) } ?? false }
            .map { "\($0): the file cannot be read" }
    }

    private mutating func read(networks text: String) -> [String] {
        let texts = text.split(separator: ",").map(String.init)
        let networks = texts.compactMap(IPNetwork.init).filter(\.isInside)
        webhookNetworks = networks + (isDemo ? IPNetwork.loopback : [])
        return Set(texts).subtracting(networks.map(\.description)).sorted().map { text in
            "webhook_networks: `\(text)` is no network of private addresses such as 10.20.0.0/16, with zeros at its end"
        }
    }

    var scheme: String { tls == nil ? "http" : "https" }

    /// Where clients find the gateway.
    var address: String { publicAddress ?? "\(scheme)://\(host):\(port)" }

    private func missing() -> [String] {
        [
            banks.isEmpty ? "banks: missing; the path of a file of bank profiles, or a mock bank's address" : nil,
            directory.isEmpty ? "directory: missing; the path of a file of establishments and permits" : nil,
            returnAddresses.isEmpty ? "return_address: missing; where banks may send browsers back to" : nil,
        ].compactMap(\.self)
    }

    /// Reads a file of settings: a JSON object of texts, numbers, and for lists arrays of texts.
    static func file(_ path: String) throws(Problems) -> [String: String] {
        guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
            throw Problems(all: ["config: \(path) cannot be read"])
        }
        guard let object = try? JSON(parsing: Array(bytes)).object else {
            throw Problems(all: ["config: \(path) is no JSON object"])
        }
        var (values, problems) = ([String: String](), [String]())
        for (name, value) in object.members {
            let text = value.scalar ?? value.array.map { $0.compactMap(\.string).joined(separator: ",") }
            if !names.contains(name) {
                problems.append("\(name): no such setting; there are \(names.joined(separator: ", "))")
            } else if let text {
                values[name] = text
            } else {
                problems.append("\(name): has to be a text, a number or a list of texts")
            }
        }
        guard problems.isEmpty else { throw Problems(all: problems) }
        return values
    }

    /// `PECULE_PORT` and the others.
    static func environment(_ environment: [String: String]) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: names.compactMap { name in
                environment["PECULE_" + name.uppercased()].map { (name, $0) }
            })
    }
}
