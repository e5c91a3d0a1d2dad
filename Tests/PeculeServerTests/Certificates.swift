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
///
/// By `posix_spawn`: Foundation's `Process` counts the open files of the whole process, and stumbles over those that
/// servers of other tests close meanwhile.
func openssl(_ arguments: [String], input: String = "") throws -> (status: Int32, output: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pecule-openssl-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (given, said) = (folder.appending(path: "given"), folder.appending(path: "said"))
    try Data(input.utf8).write(to: given)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, given.path, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, said.path, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    var words = (["openssl"] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    guard posix_spawnp(&child, "openssl", &actions, nil, &words, environ) == 0 else {
        throw OpenSSLFailure(output: "openssl does not start")
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1, errno == EINTR {}
    return (status, String(decoding: try Data(contentsOf: said), as: UTF8.self))
}

/// What a handler was asked.
final class Seen: Sendable {
    private let state = Mutex<[String]>([])

    var targets: [String] { state.withLock { $0 } }

    func note(_ target: String) { state.withLock { $0.append(target) } }
}
