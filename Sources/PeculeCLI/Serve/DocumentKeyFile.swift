import Foundation
import Pecule
import PeculeCrypto
import PeculePortal

/// The key of uploaded documents, outside the store: who copies the store alone has nothing.
enum DocumentKeyFile {
    /// Of a store that outlives the run, the key stands in a file of its own beside the user's other state; a store
    /// that is thrown away has one that is.
    static func keys(for options: ServeOptions) throws -> DocumentKeys {
        let key = options.store == nil ? Environment.system.randomBytes(32) : try kept()
        guard let keys = DocumentKeys(current: "1", keys: ["1": key]) else {
            throw UsageError(problem: "\(url.path()) holds no key of 32 bytes in base 64")
        }
        return keys
    }

    private static var url: URL {
        let state = StoreLocation.standardFolder
        return URL(filePath: state).appending(path: "documents.key")
    }

    private static func kept() throws -> [UInt8] {
        if let text = try? String(contentsOf: url, encoding: .utf8) { return Base64.decode(text) ?? [] }
        let key = Environment.system.randomBytes(32)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let isMade = FileManager.default.createFile(
            atPath: url.path(), contents: Data(Base64.encode(key).utf8), attributes: [.posixPermissions: 0o600])
        guard isMade else { throw UsageError(problem: "\(url.path()) cannot be written") }
        return key
    }
}
