import FoundationEssentials
import PeculeCrypto

/// The notifications of one bank: those to be sent, and the newest of those that were.
struct Outbox: Sendable {
    /// Oldest first.
    private(set) var notifications: [Notification] = []
    private var made = 0

    /// More would fill the memory of a bank that runs for days; the oldest make room.
    static let capacity = 1_000
    /// Seconds between an attempt and the next; after the last of them the bank gives up.
    static let waits: [TimeInterval] = [30, 5 * 60, 60 * 60]

    /// Tells that a payment has another status, in the way that the scenario wants.
    mutating func tell(_ status: String, of payment: Payment, as play: Scenario.Notify?, at now: Date) {
        let isLast = payment.deadline == nil
        guard let wish = payment.notifying, isLast || !wish.isOnlyLast else { return }
        let opposite = status == "ACSC" ? "RJCT" : "ACSC"
        switch play {
        case nil: add(status, payment, wish, .waiting(until: now), at: now)
        case .never: add(status, payment, wish, .withheld, at: now)
        case .twice: for _ in 0..<2 { add(status, payment, wish, .waiting(until: now), at: now) }
        case .late(let time): add(status, payment, wish, .waiting(until: now + time.seconds), at: now)
        case .reordered:
            add(status, payment, wish, .waiting(until: isLast ? now : .distantFuture), at: now)
            if isLast { release(payment.id, at: now) }
        case .forged: add(opposite, payment, wish, .waiting(until: now), .forged, at: now)
        case .badlySigned: add(status, payment, wish, .waiting(until: now), .badlySigned, at: now)
        }
    }

    private mutating func add(
        _ status: String, _ payment: Payment, _ wish: NotificationWish, _ stage: Notification.Stage,
        _ flaw: Notification.Flaw? = nil, at now: Date
    ) {
        made += 1
        if notifications.count == Self.capacity { notifications.removeFirst() }
        notifications.append(
            Notification(
                number: made, id: Self.id(payment), paymentID: payment.id, address: wish.address, status: status,
                madeAt: now, flaw: flaw, stage: stage))
    }

    /// Of the message about the newest move of this payment: a UUID (RFC 9562, section 5.8), without a dice.
    private static func id(_ payment: Payment) -> String {
        let digest = SHA256.digest("\(payment.id)-\(payment.moves.count)".utf8)
        let hex = digest.flatMap { [$0 >> 4, $0 & 15] }.map { String($0, radix: 16) }.joined()
        let parts = [hex.prefix(8), hex.dropFirst(8).prefix(4), "8" + hex.prefix(3), "8" + hex.suffix(3)]
        return (parts + [hex.dropFirst(12).prefix(12)]).joined(separator: "-")
    }

    /// What was held back follows the last message, the newest first, a second apart.
    private mutating func release(_ paymentID: String, at now: Date) {
        var time = now
        for place in notifications.indices.reversed()
        where notifications[place].paymentID == paymentID && notifications[place].due == .distantFuture {
            time += 1
            notifications[place].stage = .waiting(until: time)
        }
    }

    func isDue(at now: Date) -> Bool { notifications.contains { $0.due.map { $0 <= now } ?? false } }

    /// The one that is due first, with an attempt begun. Whoever does not tell how it ended leaves it to the next.
    mutating func take(at now: Date) -> Notification? {
        let due = notifications.indices.compactMap { place in notifications[place].due.map { ($0, place) } }
        guard let (time, place) = due.min(by: <), time <= now else { return nil }
        let tries = notifications[place].attempts.count
        notifications[place].attempts.append(Notification.Attempt(at: now))
        notifications[place].stage =
            tries < Self.waits.count ? .waiting(until: now + Self.waits[tries]) : .givenUp
        return notifications[place]
    }

    /// How the newest attempt ended.
    mutating func note(_ outcome: String, isTaken: Bool, of number: Int) {
        guard let place = notifications.firstIndex(where: { $0.number == number }),
            let attempt = notifications[place].attempts.indices.last
        else { return }
        notifications[place].attempts[attempt].outcome = outcome
        if isTaken { notifications[place].stage = .delivered }
    }
}
