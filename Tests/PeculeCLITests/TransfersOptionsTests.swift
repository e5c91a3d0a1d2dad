import Foundation
import Pecule
import PeculeSQLite
import Testing

@testable import PeculeCLI

@Suite("The command line of `pecule transfers`")
struct TransfersOptionsTests {
    @Test("is understood", arguments: [
        ("cases", "cases in the standard place"), ("cases --store a.sqlite", "cases in a.sqlite"),
        ("cases --store=b/c.sqlite", "cases in b/c.sqlite"), ("review T-1 --store a.sqlite", "review T-1 in a.sqlite"),
        ("review --store a.sqlite T-1", "review T-1 in a.sqlite"), ("", "help"), ("--help", "help"),
        ("cases -h", "help"), ("cases --store postgresql://pecule:secret@db/pecule", "cases in PostgreSQL"),
    ])
    func understood(_ line: String, _ meaning: String) throws {
        #expect(Self.meaning(of: try TransfersOptions(Self.words(line))) == meaning)
    }

    @Test("is refused, and the word is named", arguments: [
        ("cases now", "cases takes no further word: now"), ("review", "review takes the id of one transfer"),
        ("review a b", "review takes the id of one transfer"), ("review é", "not a transfer's id: é"),
        ("cases --store", "--store needs a value"),
        ("cases --store=", "--store needs a value"),
        ("cases --sotre x", "unknown option: --sotre"), ("lsit", "unknown: transfers lsit"),
    ])
    func refused(_ line: String, _ problem: String) {
        do throws(UsageError) {
            _ = try TransfersOptions(Self.words(line))
            Issue.record("taken: \(line)")
        } catch { #expect(error.problem == problem) }
    }

    private static func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

    private static func meaning(of options: TransfersOptions) -> String {
        let place = options.store == .standard ? "the standard place" : "\(options.store)"
        return switch options.action {
        case .help: "help"
        case .cases: "cases in \(place)"
        case .review(let id): "review \(id) in \(place)"
        case .list(let payer): "list \(payer.revealed) in \(place)"
        case .show(let id): "show \(id) in \(place)"
        case .explain(let id, let asSVG): "explain \(id)\(asSVG ? " as a drawing" : "") in \(place)"
        case .watch(let id): "watch \(id) in \(place)"
        case .create(let creation): "create \(creation.amount) at \(creation.gateway)"
        case .force(let force): "force \(force.id) to \(force.states) at \(force.mockBank)"
        }
    }
}

@Suite("The place of a store")
struct StoreLocationTests {
    @Test("is made with its folder, for its owner alone, and opened again")
    func made() async throws {
        let location = StoreLocation.fresh("pecule-test")
        let folder = URL(filePath: "\(location)").deletingLastPathComponent()
        defer { try? FileManager.default.removeItem(at: folder) }
        await #expect(throws: UsageError.self) { _ = try await location.openExisting() }
        #expect(!FileManager.default.fileExists(atPath: folder.path()))
        for open in [location.open, location.openExisting] {
            await (try await open() as? SQLiteStore)?.close()
        }
        #expect(FileManager.default.fileExists(atPath: "\(location)"))
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path())[.posixPermissions] as? Int
        #expect(mode == 0o700)
    }
}
