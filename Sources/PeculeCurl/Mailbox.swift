import Synchronization

/// What other threads want of the driver thread.
enum Letter: Sendable {
    case start(Ticket, Ticket.Continuation)
    case cancel(Ticket)
    case job(UnownedJob)
}

/// The only thing the driver thread shares with others. It is woken only when it sleeps, and never misses a letter:
/// the letters and the sleeper are under one lock.
final class Mailbox: Sendable {
    private struct State {
        var letters: [Letter] = []
        var sleeper: MultiHandle?
        var isClosed = false
    }

    private let state = Mutex(State())

    /// False when the mailbox is closed: the letter was not taken.
    @discardableResult
    func post(_ letter: Letter) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.letters.append(letter)
            Self.wake(&state)
            return true
        }
    }

    func close() {
        state.withLock { state in
            state.isClosed = true
            Self.wake(&state)
        }
    }

    var isEmpty: Bool { state.withLock { $0.letters.isEmpty } }

    /// Swaps the letters with an empty array that keeps its storage. False when the mailbox is closed: these letters
    /// are the last ones.
    func take(into letters: inout [Letter]) -> Bool {
        state.withLock { state in
            state.sleeper = nil
            swap(&state.letters, &letters)
            return !state.isClosed
        }
    }

    /// True when there is nothing to do: from now on the next letter wakes the sleeper.
    func fallAsleep(_ sleeper: MultiHandle) -> Bool {
        state.withLock { state in
            guard state.letters.isEmpty, !state.isClosed else { return false }
            state.sleeper = sleeper
            return true
        }
    }

    /// Under the lock, so that the handle cannot end between the decision to wake it and the waking.
    private static func wake(_ state: inout State) {
        state.sleeper?.wake()
        state.sleeper = nil
    }
}
