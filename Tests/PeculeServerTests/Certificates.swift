import Foundation
import PeculeServer
import Synchronization

/// Certificates made once for the run by the `openssl` command, in a temporary folder.
struct Certificates: Sendable {
    static let shared = Result { try Certificates() }

    private let folder: String

    private init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "pecule-tls-\(UUID())")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        folder = url.path
        for authority in ["ca", "otherCA"] { try makeAuthority(authority) }
        try issue("server", by: "ca", usage: "serverAuth")
        try issue("client", by: "ca", usage: "clientAuth")
        try issue("serverOnly", by: "ca", usage: "serverAuth")
        try issue("rogue", by: "otherCA", usage: "clientAuth")
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func server(clients: Bool = false) -> TLSIdentity {
        TLSIdentity(
            certificateChainFile: path("server.pem"), privateKeyFile: path("server.key"),
            clientAuthorityFile: clients ? path("ca.pem") : nil)
    }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]

    private func makeAuthority(_ name: String) throws {
        try run(
            ["req", "-x509", "-subj", "/CN=\(name)", "-keyout", path("\(name).key"), "-out", path("\(name).pem")]
                + Self.newKey)
    }

    private func issue(_ name: String, by authority: String, usage: String) throws {
        try run(
            [
                "req", "-x509", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-addext", "extendedKeyUsage=\(usage)", "-addext", "basicConstraints=critical,CA:false",
                "-CA", path("\(authority).pem"), "-CAkey", path("\(authority).key"),
                "-keyout", path("\(name).key"), "-out", path("\(name).pem"),
            ] + Self.newKey)
    }

    private func run(_ arguments: [String]) throws {
        let result = try openssl(arguments)
        guard result.status == 0 else { throw OpenSSLFailure(output: result.output) }
    }
}

struct OpenSSLFailure: Error {
    let output: String
}

/// Runs the `openssl` command to its end; output and errors as one text.
func openssl(_ arguments: [String], input: String = "") throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = arguments
    let (stdin, stdout) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stdout)
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    let output = String(decoding: try stdout.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    try? stdin.fileHandleForWriting.close()
    process.waitUntilExit()
    return (process.terminationStatus, output)
}

/// What a handler was asked.
final class Seen: Sendable {
    private let state = Mutex<[String]>([])

    var targets: [String] { state.withLock { $0 } }

    func note(_ target: String) { state.withLock { $0.append(target) } }
}
