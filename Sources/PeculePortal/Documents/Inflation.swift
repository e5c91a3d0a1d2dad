import CPeculeZlib

/// Inflates data (RFC 1950) a window at a time: what swells is never in memory whole.
enum Inflation {
    private static let window = 64 << 10

    /// Hands each window over, the last one with `isLast`.
    /// - Returns: how many bytes came out; nil for data that are damaged, cut, or more than `limit` once inflated.
    static func inflate(
        _ bytes: UnsafeBufferPointer<UInt8>, atMost limit: Int,
        _ take: (_ window: UnsafeBufferPointer<UInt8>, _ isLast: Bool) -> Void
    ) -> Int? {
        var stream = z_stream()
        guard pecule_inflate_begin(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.avail_in = UInt32(clamping: bytes.count)
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: window) { buffer in
            var total = 0
            while true {
                (stream.next_out, stream.avail_out) = (buffer.baseAddress, UInt32(window))
                let result = step(&stream)
                let count = window - Int(stream.avail_out)
                total += count
                guard total <= limit, result == Z_STREAM_END || (result == Z_OK && count > 0) else { return nil }
                take(UnsafeBufferPointer(rebasing: buffer[..<count]), result == Z_STREAM_END)
                if result == Z_STREAM_END { return total }
            }
        }
    }

    private static func step(_ stream: inout z_stream) -> CInt { CPeculeZlib.inflate(&stream, Z_NO_FLUSH) }
}
