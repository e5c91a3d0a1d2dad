// Reads arbitrary bytes as JSON and stops when the value does not survive being written and read again.

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let value = try? JSON(parsing: bytes) else { return 0 }
    let written = value.bytes
    guard let again = try? JSON(parsing: written) else { preconditionFailure("cannot read what it wrote") }
    precondition(again == value && again.bytes == written, "another value after a round trip")
    return 0
}
