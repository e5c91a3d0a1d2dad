import FoundationEssentials
import PeculeHTTP
import Synchronization

extension Desk {
    /// A place beside this one, with the world's time whatever this one's is; its randomness comes from its name.
    func place(named name: String) -> MockBank {
        let clock = VirtualClock(clock.world)
        let desk = Desk(
            currentSeed, clock: clock, randomness: Randomness({ _ in [] }, seed: name),
            baseURL: "\(books.baseURL)/r/\(name)", transport: transport)
        return MockBank(desk: desk)
    }
}

/// The places behind `/r/{name}/`: each has banks, books, time and randomness of its own, made when it is first
/// spoken to.
final class Spaces: Sendable {
    private struct State {
        var places: [String: (bank: MockBank, lastUse: Int)] = [:]
        var uses = 0
    }

    /// The place that was not used for longest makes room.
    static let capacity = 500
    private let state = Mutex(State())

    /// The place of a request and the request as that place sees it; nil for a request to this place.
    func find(_ request: HTTPRequest, make: (_ name: String) -> MockBank) -> (bank: MockBank, request: HTTPRequest)? {
        guard request.target.hasPrefix("/r/") else { return nil }
        let rest = request.target.dropFirst(3)
        let name = rest.prefix { $0 != "/" && $0 != "?" }
        guard Self.isName(name) else { return nil }
        var inner = request
        let path = rest.dropFirst(name.count)
        inner.target = path.first == "/" ? String(path) : "/" + path
        return (place(String(name), make), inner)
    }

    private func place(_ name: String, _ make: (String) -> MockBank) -> MockBank {
        state.withLock { state in
            state.uses += 1
            let bank = state.places[name]?.bank ?? make(name)
            if state.places[name] == nil, state.places.count >= Self.capacity,
                let oldest = state.places.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.places[oldest.key] = nil
            }
            state.places[name] = (bank, state.uses)
            return bank
        }
    }

    var all: [(name: String, bank: MockBank)] {
        state.withLock { state in state.places.map { ($0.key, $0.value.bank) } }
    }

    private static func isName(_ name: Substring) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { HTTPSyntax.isToken($0) && $0 != UInt8(ascii: "%") }
    }
}
