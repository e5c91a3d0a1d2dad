import Foundation
public import Pecule
import PeculeCrypto
import PeculeHTTP

/// Who works for which establishment, and what they have done.
public struct StaffBook: Sendable {
    private let items: any ItemStore
    private let random: @Sendable (Int) -> [UInt8]

    private static let kind = "staff"
    private static let acts = "staff-act"

    public init(_ items: any ItemStore, environment: Environment = .system) {
        self.items = items
        random = environment.randomBytes
    }

    /// Makes somebody known, or gives a new code; only the code's hash is kept.
    /// - Parameter code: at least 16 random characters: there is nothing else to guess.
    public func keep(_ member: StaffMember, code: String) async throws(StoreFault) {
        let text = JSON.object([
            ("establishment", .string(member.establishment.text)), ("code", .string(Self.hash(code))),
        ]).text
        while true {
            let kept = try await items.item(Self.kind, member.id.text)
            let item = kept?.next(text: text) ?? StoredItem(kind: Self.kind, id: member.id.text, text: text)
            if try await items.put(item) { return }
        }
    }

    /// Nil for an unknown name or a wrong code. Wrong ones are not counted: nobody guesses a code, and a count would
    /// let anybody shut out whoever has it.
    func member(_ name: String, code: String) async throws(StoreFault) -> StaffMember? {
        guard let id = StaffID(name), let item = try await items.item(Self.kind, id.text),
            let json = try? JSON(parsing: Array(item.text.utf8)), let hash = json["code"]?.string,
            let place = json["establishment"]?.string.flatMap(EstablishmentID.init),
            ConstantTime.equal(hash.utf8, Self.hash(code).utf8)
        else { return nil }
        return StaffMember(id: id, establishment: place)
    }

    /// Written before the act: what was tried is known whatever becomes of it.
    func log(_ act: String, _ object: String, by member: StaffMember, at now: Date) async throws(StoreFault) {
        let id = "\(Int(now.timeIntervalSince1970 * 1000))-\(Identifier.hex(random(8)))"
        let text = JSON.object([
            ("act", .string(act)), ("object", .string(object)), ("staff", .string(member.id.text)),
            ("establishment", .string(member.establishment.text)),
        ]).text
        _ = try await items.put(StoredItem(kind: Self.acts, id: id, text: text))
    }

    private static func hash(_ code: String) -> String { Base64URL.encode(SHA256.digest(code.utf8)) }
}
