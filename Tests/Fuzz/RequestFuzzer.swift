// Reads arbitrary bytes as requests, in one piece and in pieces, and stops when the two readings differ:
// where one reader can see two things, so can two readers.

/// What a reading came to: the requests, and the error that ended it.
private struct Reading: Equatable {
    var requests: [HTTPRequestParser.Event] = []
    var error: HTTPParseError?
}

private let limits = HTTPRequestParser.Limits(requestLine: 200, head: 400, fields: 8, body: 300)

/// Pieces of `size` bytes; 0 stands for one piece.
private func read(_ bytes: [UInt8], by size: Int) -> Reading {
    var parser = HTTPRequestParser(limits: limits)
    var reading = Reading()
    var rest = bytes[...]
    do throws(HTTPParseError) {
        while !rest.isEmpty {
            let piece = rest.prefix(size == 0 ? rest.count : size)
            rest = rest.dropFirst(piece.count)
            parser.feed(piece)
            try drain(&parser, into: &reading)
        }
    } catch {
        reading.error = error
        expectSilence(&parser, after: error)
    }
    return reading
}

private func drain(_ parser: inout HTTPRequestParser, into reading: inout Reading) throws(HTTPParseError) {
    while true {
        switch try parser.next() {
        case .needMore: return
        // Depends on what has come yet, by its meaning.
        case .expectsContinue: break
        case .request(let request, let keepAlive):
            expectSound(request)
            reading.requests.append(.request(request, keepAlive: keepAlive))
        }
    }
}

private func expectSound(_ request: HTTPRequest) {
    precondition(request.body.count <= limits.body && request.fields.all.count <= limits.fields)
    precondition(request.fields.firstUnsendable == nil, "a field could forge another")
    precondition(request.target.utf8.first == UInt8(ascii: "/"))
    precondition(request.target.utf8.allSatisfy { (0x21...0x7E).contains($0) })
    precondition(!(request.fields.contains("Content-Length") && request.fields.contains("Transfer-Encoding")))
}

private func expectSilence(_ parser: inout HTTPRequestParser, after first: HTTPParseError) {
    parser.feed(Array("\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n".utf8)[...])
    do throws(HTTPParseError) {
        _ = try parser.next()
        preconditionFailure("read on after an error")
    } catch { precondition(error == first, "another error after the first") }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let whole = read(bytes, by: 0)
    for size in [1, 7] { precondition(read(bytes, by: size) == whole, "pieces of \(size) read differently") }
    return 0
}
