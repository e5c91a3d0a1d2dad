import Foundation
import Pecule

/// Where the staff of one establishment, and of no other, finds an application.
struct QueuePlace {
    private let establishment: EstablishmentID
    private let application: PermitApplication

    /// Nil for an application to no establishment.
    init?(_ application: PermitApplication) {
        guard let establishment = application.detainee?.establishment else { return nil }
        (self.establishment, self.application) = (establishment, application)
    }

    /// Every application ever sent to an establishment.
    static func kind(of establishment: EstablishmentID) -> String { "permit-at/\(establishment)" }

    /// Those of a pile; what waits for the establishment and what waits for the applicant lie together.
    static func kind(of pile: ApplicationPile, at establishment: EstablishmentID) -> String {
        pile == .ended ? "permit-ended/\(establishment)" : "permit-queue/\(establishment)"
    }

    var entry: StoredItem {
        StoredItem(kind: Self.kind(of: establishment), id: application.id.text, text: owner)
    }

    /// The one that was received first stands first; nil for one that was not sent.
    var queued: StoredItem? {
        application.reached(.submitted).map { item(in: .toDo, at: Int($0.timeIntervalSince1970)) }
    }

    /// The one that ended last stands first; nil for one that has not ended, or was never sent.
    var ended: StoredItem? {
        guard application.status.kind.isFinal, application.reached(.submitted) != nil,
            let end = application.milestones.last?.at
        else { return nil }
        return item(in: .ended, at: Self.farAway - Int(end.timeIntervalSince1970))
    }

    /// All of them, for who takes everything away.
    var all: [StoredItem] { [entry, queued, ended].compactMap(\.self) }

    /// Of ten digits, like the seconds of this time.
    private static let farAway = 9_999_999_999

    private var owner: String { KeptApplication.accountKey(application.applicant.account) }

    private func item(in pile: ApplicationPile, at place: Int) -> StoredItem {
        StoredItem(
            kind: Self.kind(of: pile, at: establishment), id: "\(place)-\(application.id)", text: owner)
    }
}
