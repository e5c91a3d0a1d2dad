import FoundationEssentials
import PeculeHTTP
import Synchronization

/// Every request that the banks of one place received, with its answer: the newest of them.
final class Journal: Sendable {
    struct Entry: Sendable {
        let number: Int
        let at: Date
        let request: HTTPRequest
        let response: HTTPResponse
        let bank: String
        let endpoint: Endpoint
        /// The payment that it is about, where the bank knew one.
        let paymentID: String?
        /// What a scenario did to it, in the grammar.
        let fault: String?
    }

    private struct State {
        var entries: [Entry] = []
        var count = 0
    }

    /// More would fill the memory of a bank that runs for days.
    static let capacity = 2_000
    private let state = Mutex(State())

    /// Oldest first.
    var entries: [Entry] {
        state.withLock { state in
            guard state.count > Self.capacity else { return state.entries }
            let first = state.count % Self.capacity
            return Array(state.entries[first...] + state.entries[..<first])
        }
    }

    /// Of all that ever came, also those that made room.
    var count: Int { state.withLock { $0.count } }

    func add(_ entry: (_ number: Int) -> Entry) {
        state.withLock { state in
            let entry = entry(state.count + 1)
            if state.entries.count < Self.capacity {
                state.entries.append(entry)
            } else {
                state.entries[state.count % Self.capacity] = entry
            }
            state.count += 1
        }
    }

    func clear() { state.withLock { $0 = State() } }
}

extension Desk {
    func note(_ visit: Visit, _ delivery: HTTPDelivery, _ trouble: WireTrouble?, at now: Date) {
        let known = books.look(at: visit.bank) { visit.payment($0, at: now)?.id ?? visit.opened(delivery.response, $0) }
        journal.add { number in
            Journal.Entry(
                number: number, at: now, request: visit.request, response: delivery.response, bank: visit.bank,
                endpoint: visit.endpoint, paymentID: known ?? nil, fault: trouble?.written)
        }
    }
}
