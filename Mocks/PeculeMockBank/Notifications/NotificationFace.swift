import FoundationEssentials
import PeculeHTTP

/// The outbox for machines: what the banks told initiators, what they have still to tell, and how each attempt ended.
struct NotificationFace: Sendable {
    let desk: Desk

    static let path = "/mock/notifications"

    func install(in router: inout HTTPRouter) {
        router.on(.get, Self.path) { _, _ in
            .json(.array(desk.books.all { state in state.outbox.notifications.map { row($0, at: state.profile.id) } }))
        }
    }

    private func row(_ notification: Notification, at bank: String) -> JSON {
        [
            "bank": .string(bank), "number": .integer(notification.number), "id": .string(notification.id),
            "paymentId": .string(notification.paymentID), "address": .string(notification.address),
            "status": .string(notification.status), "madeAt": .string(StetDate.text(notification.madeAt)),
            "stage": .string(notification.stage.name),
            "due": notification.due.flatMap { $0 == .distantFuture ? nil : .string(StetDate.text($0)) } ?? .null,
            "attempts": .array(
                notification.attempts.map { attempt in
                    [
                        "at": .string(StetDate.text(attempt.at)),
                        "outcome": attempt.outcome.map(JSON.string) ?? .null,
                    ]
                }),
        ]
    }
}

extension Notification.Stage {
    var name: String {
        switch self {
        case .waiting: "waiting"
        case .delivered: "delivered"
        case .givenUp: "given up"
        case .withheld: "withheld"
        }
    }
}
