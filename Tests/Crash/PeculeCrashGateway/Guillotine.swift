import Glibc
import Synchronization

/// Ends this process with SIGKILL at its N-th durable write, or lets that write fail, once.
///
/// Every call by which the store changes what lasts comes through here. Before each of them is a point, and so is the
/// moment after the last call of a write, when all is durable and nobody knows yet. After any other call is before the
/// next.
enum Guillotine {
    enum Blade: Sendable {
        case raised
        case kill(at: Int)
        case fail(at: Int)
    }

    enum Side: String {
        case before, after
    }

    private struct State {
        var blade = Blade.raised
        var points = 0
    }

    private static let state = Mutex(State())

    /// Counts anew from here.
    static func arm(_ blade: Blade) { state.withLock { $0 = State(blade: blade) } }

    /// Points passed since it was armed.
    static var points: Int { state.withLock(\.points) }

    /// Makes the call, unless this process ends or the call fails at one of its points.
    /// - Parameter fault: the `errno` of a call that is made to fail.
    static func pass(_ call: String, _ sides: Set<Side>, fault: Int32, _ make: () -> Int) -> Int {
        if sides.contains(.before), fails(call, .before, fault) { return -1 }
        let result = make()
        return result >= 0 && sides.contains(.after) && fails(call, .after, fault) ? -1 : result
    }

    private static func fails(_ call: String, _ side: Side, _ fault: Int32) -> Bool {
        let state = state.withLock { state in
            state.points += 1
            return state
        }
        switch state.blade {
        case .kill(let place) where place == state.points:
            Lines.say("killed \(side) \(call)")
            kill(getpid(), SIGKILL)
        case .fail(let place) where place == state.points:
            Lines.say("failed \(side) \(call)")
            errno = fault
            return true
        case .raised, .kill, .fail: break
        }
        return false
    }
}

/// The function that the C library has under the same name as one of this program's.
///
/// This program's come first, also for the libraries of the databases: their system calls arrive here.
func next<Function>(_ name: String, _ type: Function.Type) -> Function {
    // RTLD_NEXT, a macro that Swift does not see.
    guard let function = dlsym(UnsafeMutableRawPointer(bitPattern: -1), name) else {
        preconditionFailure("the C library has no \(name)")
    }
    return unsafeBitCast(function, to: type)
}
