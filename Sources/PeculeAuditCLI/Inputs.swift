import Foundation
import PeculeAudit

/// Something that was to be compared and cannot be read. Names neither passwords nor what stands in it.
struct UnreadableInput: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

enum StoreInput {
    static func read(_ store: String) throws(UnreadableInput) -> Tables {
        if store.hasPrefix("postgres://") || store.hasPrefix("postgresql://") {
            return try PostgresTables.read(store)
        }
        return try SQLiteTables.read(store)
    }
}

enum FileInput {
    static func books(_ path: String) throws(UnreadableInput) -> [BankBooks] {
        let data = try data(path)
        do { return try BankBooks.list(parsing: data) } catch {
            throw UnreadableInput("\(path) is not what GET /mock/books gives")
        }
    }

    static func acknowledged(_ path: String) throws(UnreadableInput) -> [Expectations.Acknowledged] {
        let lines = String(decoding: try data(path), as: UTF8.self).split(separator: "\n")
        return try zip(1..., lines).map { number, line throws(UnreadableInput) in
            let words = line.split(separator: " ")
            guard words.count == 2, let version = Int(words[1]) else {
                throw UnreadableInput("\(path), line \(number): write \"transfer-id version\"")
            }
            return Expectations.Acknowledged(transfer: String(words[0]), version: version)
        }
    }

    private static func data(_ path: String) throws(UnreadableInput) -> Data {
        do {
            if path == "-" { return try FileHandle.standardInput.readToEnd() ?? Data() }
            return try Data(contentsOf: URL(fileURLWithPath: path))
        } catch { throw UnreadableInput("\(path) cannot be read") }
    }
}
