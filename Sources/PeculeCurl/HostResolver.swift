import CPeculeCurl
import Foundation
import Glibc
public import PeculeHTTP

/// The system's way from a host's name to its addresses.
public enum HostResolver {
    /// The addresses of a name, or of an address written as text; none when there are none, or nobody knows now.
    public static func addresses(of host: String) async -> [IPAddress] {
        // The system's call waits for others: no thread that tasks share may do so.
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: lookUp(host)) }
        }
    }

    private static func lookUp(_ host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &found) == 0 else { return [] }
        defer { freeaddrinfo(found) }
        return sequence(first: found) { $0?.pointee.ai_next }.prefix { $0 != nil }.compactMap { entry in
            entry.flatMap { entry in entry.pointee.ai_addr.flatMap { IPAddress(socketAddress: $0) } }
        }
    }
}

extension IPAddress {
    /// Nil for a family that is none of the internet's.
    init?(socketAddress address: UnsafeRawPointer) {
        switch CInt(address.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET: self.init(Self.bytes(of: address.loadUnaligned(as: sockaddr_in.self).sin_addr))
        case AF_INET6: self.init(Self.bytes(of: address.loadUnaligned(as: sockaddr_in6.self).sin6_addr))
        default: return nil
        }
    }

    /// libcurl declares room for an IPv4 address, and has more behind it.
    init?(of target: UnsafeMutablePointer<curl_sockaddr>) {
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        self.init(socketAddress: UnsafeRawPointer(target) + offset)
    }

    private static func bytes(of address: some Any) -> [UInt8] {
        withUnsafeBytes(of: address, Array.init)
    }
}
