import CPeculeCurl

/// The owner of one `CURLM`: the connections, and the transfers under way on them.
// @unchecked: the driver thread alone uses it, but for `wake`, which libcurl allows from any thread.
final class MultiHandle: @unchecked Sendable {
    /// libcurl wants its global state made once for the process; this version makes it under its own lock.
    private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let pointer: UnsafeMutableRawPointer

    /// Nil when memory or descriptors ran out.
    init?(maximumConnectionsPerHost: Int) {
        guard Self.libraryIsReady, let pointer = curl_multi_init() else { return nil }
        self.pointer = pointer
        set(CURLMOPT_MAX_HOST_CONNECTIONS, maximumConnectionsPerHost)
        set(CURLMOPT_MAXCONNECTS, 2 * maximumConnectionsPerHost)
        set(CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
        // Without descriptors for its own wake-up a handle would sleep for ever.
        guard curl_multi_wakeup(pointer) == CURLM_OK else { return nil }
    }

    deinit { curl_multi_cleanup(pointer) }

    private func set(_ option: CURLMoption, _ value: Int) {
        pecule_curl_multi_set_long(pointer, option, value)
    }

    func wake() { curl_multi_wakeup(pointer) }

    func add(_ easy: UnsafeMutableRawPointer) -> Bool { curl_multi_add_handle(pointer, easy) == CURLM_OK }

    func remove(_ easy: UnsafeMutableRawPointer) { curl_multi_remove_handle(pointer, easy) }

    /// Reads and writes whatever is ready.
    func perform() {
        var running: CInt = 0
        curl_multi_perform(pointer, &running)
    }

    /// Waits for a socket, a timer of libcurl's or `wake`.
    func wait(atMost patience: Duration) { curl_multi_poll(pointer, nil, 0, CInt(patience.milliseconds), nil) }

    /// The next transfer that has ended, and how.
    func nextFinished() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
        var left: CInt = 0
        while let message = curl_multi_info_read(pointer, &left) {
            if message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle {
                return (easy, pecule_curl_result(message))
            }
        }
        return nil
    }
}
