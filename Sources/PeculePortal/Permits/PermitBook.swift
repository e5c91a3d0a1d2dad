import Foundation
public import Pecule
import PeculeCrypto
import PeculeHTTP

/// Establishments, the permits they have granted, and the personal spaces on which these are registered; kept in a
/// store. The gateway looks permits up here.
public struct PermitBook: PermitStore {
    private let items: any ItemStore
    private let environment: Environment
    private let memory = AccountMemory<[RegisteredPermit]>()

    static let registrations = "portal-registration"
    /// More than anybody has relatives in prison.
    static let mostPermits = 50

    public init(_ items: any ItemStore, environment: Environment = .system) {
        (self.items, self.environment) = (items, environment)
    }

    public func permit(_ number: PermitNumber) async throws(StoreFault) -> VisitPermit? {
        try await granted(number)?.permit
    }

    public func establishment(_ id: EstablishmentID) async throws(StoreFault) -> Establishment? {
        guard let item = try await items.item(Establishment.kind, id.text) else { return nil }
        return try Establishment(item)
    }

    /// By name.
    public func establishments() async throws(StoreFault) -> [Establishment] {
        let found = try await items.items(Establishment.kind, after: "", limit: 1000)
        return try found.map { item throws(StoreFault) in try Establishment(item) }.sorted { $0.name < $1.name }
    }

    /// Keeps an establishment as it is from now on.
    public func keep(_ establishment: Establishment) async throws(StoreFault) {
        try await replace(Establishment.kind, establishment.id.text) { _ in establishment.text }
    }

    /// Keeps a permit that an establishment grants, suspends or withdraws; on whose space it is registered stays.
    public func keep(_ granted: GrantedPermit) async throws(StoreFault) {
        try await replace(GrantedPermit.kind, granted.permit.number.revealed) { kept in
            let account = kept.flatMap { try? GrantedPermit($0) }?.permit.registeredBy
            return granted.registered(by: account ?? granted.permit.registeredBy).text
        }
    }

    /// Keeps an establishment that is not there yet.
    public func add(_ establishment: Establishment) async throws(StoreFault) {
        defer { memory.forget() }
        let item = StoredItem(kind: Establishment.kind, id: establishment.id.text, text: establishment.text)
        _ = try await items.put(item)
    }

    /// Keeps a permit that is not there yet.
    public func add(_ granted: GrantedPermit) async throws(StoreFault) {
        defer { memory.forget() }
        let item = StoredItem(kind: GrantedPermit.kind, id: granted.permit.number.revealed, text: granted.text)
        _ = try await items.put(item)
    }

    func granted(_ number: PermitNumber) async throws(StoreFault) -> GrantedPermit? {
        guard let item = try await items.item(GrantedPermit.kind, number.revealed) else { return nil }
        return try GrantedPermit(item)
    }

    private func replace(
        _ kind: String, _ id: String, _ text: (StoredItem?) -> String
    ) async throws(StoreFault) {
        defer { memory.forget() }
        while true {
            let kept = try await items.item(kind, id)
            let text = text(kept)
            if try await items.put(kept?.next(text: text) ?? StoredItem(kind: kind, id: id, text: text)) { return }
        }
    }
}

/// A permit on somebody's personal space.
struct RegisteredPermit: Sendable, Equatable {
    /// Names it in addresses, where neither its number nor the person may stand.
    let key: String
    let permit: VisitPermit
    let establishment: Establishment
}

/// What became of putting a permit on a personal space.
enum Registration: Equatable {
    case registered(RegisteredPermit)
    /// No such permit, or not granted to this person by name: nobody learns which.
    case unknown
    case notActive(VisitPermit.Status)
    case already
}

extension PermitBook {
    /// The permits of a personal space, by the person's name, for its pages.
    func registered(by account: AccountID) async throws(StoreFault) -> [RegisteredPermit] {
        try await memory.value(of: account, at: environment.now()) { () throws(StoreFault) in
            try await read(account)
        }
    }

    private func read(_ account: AccountID) async throws(StoreFault) -> [RegisteredPermit] {
        let start = "\(account.revealed)/"
        let found = try await items.items(Self.registrations, after: start, limit: Self.mostPermits)
        var permits: [RegisteredPermit] = []
        for item in found where item.id.hasPrefix(start) {
            guard let number = PermitNumber(item.text), let permit = try await permit(number),
                permit.registeredBy == account,
                // A process that died between the two writes of a registration left an entry that says the same.
                !permits.contains(where: { $0.permit == permit }),
                let place = try await establishment(permit.detainee.establishment)
            else { continue }
            let key = String(item.id.dropFirst(start.count))
            permits.append(RegisteredPermit(key: key, permit: permit, establishment: place))
        }
        return permits.sorted { $0.permit.detainee.name.revealed < $1.permit.detainee.name.revealed }
    }

    /// The permit of that key, if it stands on this space.
    func registered(_ key: String, by account: AccountID) async throws(StoreFault) -> RegisteredPermit? {
        try await registered(by: account).first { $0.key == key }
    }

    /// Puts a permit on the space of its holder.
    func register(
        _ number: PermitNumber, at place: EstablishmentID, _ ecrouNumber: EcrouNumber, for relative: Relative
    ) async throws(StoreFault) -> Registration {
        defer { memory.forget() }
        let item = try await items.item(GrantedPermit.kind, number.revealed)
        let establishment = try await establishment(place)
        guard let item, let establishment else { return .unknown }
        let granted = try GrantedPermit(item)
        if let refusal = granted.refusal(at: place, ecrouNumber, for: relative) { return refusal }
        let key = Base64URL.encode(environment.randomBytes(12))
        // The entry first: without the permit's own word it shows nothing.
        let entry = StoredItem(
            kind: Self.registrations, id: "\(relative.account.revealed)/\(key)", text: number.revealed)
        _ = try await items.put(entry)
        let permit = granted.registered(by: relative.account)
        guard try await items.put(item.next(text: permit.text)) else {
            // Somebody else has changed the permit: what he made of it decides.
            _ = try await items.remove(entry)
            return try await register(number, at: place, ecrouNumber, for: relative)
        }
        return .registered(RegisteredPermit(key: key, permit: permit.permit, establishment: establishment))
    }

    /// Takes a permit off a personal space; it stays granted, and its transfers stay in the history.
    func remove(_ registered: RegisteredPermit, from account: AccountID) async throws(StoreFault) {
        defer { memory.forget() }
        try await replace(GrantedPermit.kind, registered.permit.number.revealed) { kept in
            let granted = kept.flatMap { try? GrantedPermit($0) } ?? GrantedPermit(registered.permit)
            return granted.permit.registeredBy == account ? granted.registered(by: nil).text : granted.text
        }
        try await items.removeItem(Self.registrations, "\(account.revealed)/\(registered.key)")
    }
}
