import Foundation
public import Pecule
import PeculeCrypto
import PeculeHTTP

/// Who works for which establishment, and what they have done.
public struct StaffBook: Sendable {
    private let items: any ItemStore
    private let random: @Sendable (Int) -> [UInt8]
    private let codes = StaffCodeDesk()
    private let logins: CheckLimit
    let log: StaffLog

    private static let kind = "staff"

    public init(_ items: any ItemStore, environment: Environment = .system) {
        self.items = items
        random = environment.randomBytes
        logins = CheckLimit(store: items, name: "staff", most: 10, window: 60)
        log = StaffLog(items: items, random: environment.randomBytes)
    }

    /// Makes somebody known, or gives a new code; only a salted, slow digest of it is kept.
    public func keep(_ member: StaffMember, code: String) async throws(StoreFault) {
        let kept = KeptStaff(establishment: member.establishment, code: StaffCode(code, random: random))
        try await items.change(Self.kind, member.id.text, as: KeptStaff.self) { _, _ in (kept, nil) }
    }

    /// What comes of a login.
    enum Login {
        case member(StaffMember)
        /// An unknown name or a wrong code: nobody learns which, not by the time it takes either.
        case refused
        /// So many attempts, for that name or by everybody, that this one was not looked at.
        case tooMany
    }

    /// Ten wrong codes in a minute shut a name out for the rest of it: nobody guesses a code, and nobody keeps out for
    /// long whoever has it.
    func logIn(_ name: String, code: String, at now: Date) async throws(StoreFault) -> Login {
        let key = Base64URL.encode(SHA256.digest(name.utf8))
        guard try await logins.take(by: key, at: now) == nil else { return .tooMany }
        let (member, kept) = try await find(name)
        guard let isRight = await codes.opens(kept ?? .nobody, to: code) else { return .tooMany }
        guard let member else { return .refused }
        try await log.note(isRight ? .loggedIn : .refusedLogin, member.id.text, by: member, at: now)
        guard isRight else { return .refused }
        try await logins.giveBack(by: key, at: now)
        return .member(member)
    }

    private func find(_ name: String) async throws(StoreFault) -> (StaffMember?, StaffCode?) {
        guard let id = StaffID(name), let item = try await items.item(Self.kind, id.text),
            let kept = KeptStaff(text: item.text)
        else { return (nil, nil) }
        return (StaffMember(id: id, establishment: kept.establishment), kept.code)
    }
}

/// One of them in the store.
private struct KeptStaff: TextItem {
    let establishment: EstablishmentID
    let code: StaffCode

    init(establishment: EstablishmentID, code: StaffCode) { (self.establishment, self.code) = (establishment, code) }

    var json: JSON { ["establishment": .string(establishment.text), "code": code.json] }

    init?(_ json: JSON) {
        guard let place = json["establishment"]?.string.flatMap(EstablishmentID.init),
            let code = json["code"].flatMap(StaffCode.init)
        else { return nil }
        (establishment, self.code) = (place, code)
    }
}
