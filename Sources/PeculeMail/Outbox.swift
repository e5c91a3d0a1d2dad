import Foundation
public import Pecule
import PeculeCurl
import PeculeHTTP

/// Mails that are to be sent, in the store: put once by an id that the act which causes them always gives, and sent
/// whatever happens to processes.
///
/// SMTP knows no exactly once: where a connection ends, or a process, between the last byte of a mail and the server's
/// answer, the mail goes out again, under the same `Message-ID`, by which many servers and readers know it again. In
/// every other case a mail goes out once.
public struct Outbox: Sendable {
    private let store: any ItemStore
    private let environment: Environment

    public init(store: any ItemStore, environment: Environment = .system) {
        (self.store, self.environment) = (store, environment)
    }

    /// Takes a mail over; when this returns it will be sent. An id that was put before has no effect, for at least
    /// thirty days after its mail was sent.
    /// - Parameter id: 1 to 100 of `A-Z a-z 0-9 - _ .`; it becomes the `Message-ID`, so it says nothing of anybody.
    public func put(_ mail: Mail, id: String) async throws(StoreFault) {
        precondition(Self.isValid(id), "an id of a mail stands in its head")
        let kept = KeptMail(mail)
        _ = try await store.put(StoredItem(kind: KeptMail.kind, id: id, text: kept.text, due: environment.now()))
    }

    /// Sends what is due, one after the other, and forgets what is long done.
    /// - Returns: how many were due; as many as `limit` means that there may be more.
    @discardableResult
    public func deliver(by carrier: any MailCarrier, limit: Int = 20) async throws(StoreFault) -> Int {
        let due = try await store.dueItems(KeptMail.kind, at: environment.now(), limit: limit)
        for item in due { try await attend(item, carrier) }
        return due.count
    }

    /// What became of a mail; nil for an id that was never put, or long ago.
    public func state(of id: String) async throws(StoreFault) -> MailState? {
        guard let item = try await store.item(KeptMail.kind, id) else { return nil }
        return try KeptMail(item).state
    }

    /// How long one attempt may last before another process may begin one: longer than any exchange.
    static let lease: TimeInterval = 300
    /// How long it is remembered that a mail was sent; not what stood in it.
    static let memory: TimeInterval = 30 * 86_400

    private static func isValid(_ id: String) -> Bool {
        (1...100).contains(id.utf8.count) && id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_.".utf8.contains(byte)
            }
        }
    }

    private func attend(_ item: StoredItem, _ carrier: any MailCarrier) async throws(StoreFault) {
        let kept = try KeptMail(item)
        guard let mail = kept.mail else {
            _ = try await store.remove(item)
            return
        }
        let now = environment.now()
        // Of two processes one sends; one that ends here leaves it to whoever comes after the lease.
        let claim = item.next(text: item.text, due: now + Self.lease)
        guard try await store.put(claim) else { return }
        let next = await attempt(mail, kept, item.id, by: carrier)
        let ended = environment.now()
        _ = try await store.put(claim.next(text: next.text, due: ended + next.pause))
    }

    private func attempt(
        _ mail: Mail, _ kept: KeptMail, _ id: String, by carrier: any MailCarrier
    ) async -> KeptMail {
        do throws(SMTPError) {
            try await carrier.carry(mail, id: id, at: environment.now())
            return kept.done(.sent)
        } catch { return kept.failed(error) }
    }
}

/// What became of a mail.
public enum MailState: Sendable, Hashable {
    /// To be sent, after that many attempts.
    case waiting(attempts: Int)
    case sent
    /// The server refuses it for good, or never took it: nobody tries again.
    case givenUp(String)
}
