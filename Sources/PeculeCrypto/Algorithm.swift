/// An algorithm fetched from OpenSSL, or a context prepared once to be copied, for the life of the process.
// @unchecked: nothing writes to it after its making, and OpenSSL counts references atomically.
struct Algorithm: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Precondition: the algorithm is one that every OpenSSL 3 has; a library without it cannot run this program.
    init(_ pointer: OpaquePointer?) {
        guard let pointer else { preconditionFailure("this OpenSSL lacks an algorithm of its default provider") }
        self.pointer = pointer
    }
}
