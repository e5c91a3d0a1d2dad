import CPeculeSystem
import Glibc

/// Takes connections from the listener and deals them out to the loops in turn.
struct Acceptor: Sendable {
    enum Outcome {
        case accepted(Int32)
        /// The queue is empty.
        case none
        /// At the connection limit, or out of descriptors: to be asked again after a pause, since the listener
        /// stays readable and would be reported without end.
        case later
    }

    let listener: Listener
    private let peers: [ConnectionLoop]
    private let limit: Int
    private var turn = 0

    init(_ listener: Listener, peers: [ConnectionLoop], limit: Int) {
        (self.listener, self.peers, self.limit) = (listener, peers, limit)
    }

    func accept(open: Int) -> Outcome {
        guard open < limit else { return .later }
        let descriptor = pecule_accept(listener.descriptor)
        if descriptor >= 0 { return .accepted(descriptor) }
        switch errno {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .later
        default: return .none
        }
    }

    /// The loop for the next connection; nil stands for the accepting loop itself.
    mutating func nextLoop() -> ConnectionLoop? {
        turn = (turn + 1) % (peers.count + 1)
        return turn < peers.count ? peers[turn] : nil
    }
}
