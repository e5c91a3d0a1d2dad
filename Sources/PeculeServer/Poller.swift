import CPeculeSystem
import Glibc

/// An epoll set: which descriptors have something to say, by the number they were added under.
final class Poller {
    struct Readiness: OptionSet {
        let rawValue: UInt32
        static let read = Readiness(rawValue: EPOLLIN.rawValue)
        static let write = Readiness(rawValue: EPOLLOUT.rawValue)
        /// The other side will send no more.
        static let peerEnded = Readiness(rawValue: EPOLLRDHUP.rawValue)
        /// Nothing can be read or written any more.
        static let broken = Readiness(rawValue: EPOLLHUP.rawValue | EPOLLERR.rawValue)
        /// Told once for each change, not for as long as it lasts.
        static let onChange = Readiness(rawValue: EPOLLET.rawValue)
    }

    private let descriptor: Int32
    private var events = [epoll_event](repeating: epoll_event(), count: 256)

    init() throws(HTTPServerError) {
        descriptor = try HTTPServerError.check(epoll_create1(Int32(EPOLL_CLOEXEC)), "epoll_create1")
    }

    deinit { close(descriptor) }

    func add(_ added: Int32, as id: UInt64, for readiness: Readiness) throws(HTTPServerError) {
        var event = epoll_event(events: readiness.rawValue, data: epoll_data_t(u64: id))
        _ = try HTTPServerError.check(epoll_ctl(descriptor, EPOLL_CTL_ADD, added, &event), "epoll_ctl")
    }

    func remove(_ removed: Int32) { epoll_ctl(descriptor, EPOLL_CTL_DEL, removed, nil) }

    /// Waits for at least one event, at most for `timeout`, without end when that is nil; returns how many came.
    func wait(_ timeout: Duration?) -> Int {
        max(0, Int(epoll_wait(descriptor, &events, Int32(events.count), Self.milliseconds(timeout))))
    }

    /// One of the events that the last wait returned.
    subscript(_ index: Int) -> (id: UInt64, readiness: Readiness) {
        (events[index].data.u64, Readiness(rawValue: events[index].events))
    }

    /// Rounded up, so that a deadline has passed when its wait ends; an hour at most, to fit.
    private static func milliseconds(_ duration: Duration?) -> Int32 {
        guard let duration else { return -1 }
        let (seconds, attoseconds) = min(max(duration, .zero), .seconds(3600)).components
        return Int32(seconds * 1000) + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
