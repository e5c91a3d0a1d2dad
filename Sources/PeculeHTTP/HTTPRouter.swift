/// A method and a path pattern such as `/{bank}/payment-requests/{id}`, as they stand in `openapi.yaml`.
public struct HTTPRoute: Sendable, Hashable, CustomStringConvertible {
    public let method: HTTPMethod
    public let pattern: String

    public init(_ method: HTTPMethod, _ pattern: String) {
        self.method = method
        self.pattern = pattern
    }

    public var description: String { "\(method) \(pattern)" }
}

/// Finds the handler of a request by method and path; an unknown path is 404, another method 405 with `Allow`.
///
/// Path segments are decoded one by one: an empty or dot segment, an encoded slash or a broken escape is 400,
/// so that one resource has one address.
public struct HTTPRouter: HTTPHandler {
    public typealias Parameters = [String: String]
    public typealias Action = @Sendable (HTTPRequest, Parameters) async -> HTTPResponse
    public typealias Delivering = @Sendable (HTTPRequest, Parameters) async -> HTTPDelivery

    private struct Entry: Sendable {
        let route: HTTPRoute
        let segments: [Segment]
        let action: Delivering
    }

    private enum Segment: Sendable {
        case text(String)
        case parameter(String)

        init(_ pattern: Substring) {
            let isParameter = pattern.first == "{" && pattern.last == "}"
            self = isParameter ? .parameter(String(pattern.dropFirst().dropLast())) : .text(String(pattern))
        }
    }

    private var entries: [Entry] = []

    public init() {}

    public var routes: [HTTPRoute] { entries.map(\.route) }

    /// Adds a route. The first that fits a request answers it.
    public mutating func on(_ method: HTTPMethod, _ pattern: String, _ action: @escaping Action) {
        stream(method, pattern) { HTTPDelivery(await action($0, $1)) }
    }

    /// Adds a route whose answer may come in pieces.
    public mutating func stream(_ method: HTTPMethod, _ pattern: String, _ action: @escaping Delivering) {
        let segments = pattern.parts(at: UInt8(ascii: "/")).dropFirst().map(Segment.init)
        entries.append(Entry(route: HTTPRoute(method, pattern), segments: segments, action: action))
    }

    /// Of an answer in pieces only the head.
    public func respond(to request: HTTPRequest) async -> HTTPResponse { await deliver(request).response }

    public func deliver(_ request: HTTPRequest) async -> HTTPDelivery {
        guard let segments = Self.segments(of: request.path) else {
            return HTTPDelivery(
                .problem(
                    400, code: "bad_path", title: "The path is not well-formed",
                    detail: "write each part in UTF-8 without control characters, and escape it (RFC 3986)"))
        }
        var allowed: [String] = []
        for entry in entries where Self.matches(entry.segments, segments) {
            guard entry.route.method != request.method else {
                return await entry.action(request, Self.parameters(entry.segments, segments))
            }
            allowed.append(entry.route.method.rawValue)
        }
        guard !allowed.isEmpty else {
            return HTTPDelivery(.problem(404, code: "not_found", title: "There is nothing at this address"))
        }
        var response = HTTPResponse.problem(
            405, code: "method_not_allowed", title: "This address does not take this method")
        response.fields.set(allowed.joined(separator: ", "), for: "Allow")
        return HTTPDelivery(response)
    }

    private static func segments(of path: Substring) -> [String]? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        guard path != "/" else { return [""] }
        var segments: [String] = []
        for part in path.parts(at: UInt8(ascii: "/")).dropFirst() {
            guard let segment = URLCoding.decode(part), !segment.isEmpty, segment != ".", segment != "..",
                HTTPSyntax.isAll(segment, { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") })
            else { return nil }
            segments.append(segment)
        }
        return segments
    }

    private static func matches(_ pattern: [Segment], _ segments: [String]) -> Bool {
        pattern.count == segments.count
            && zip(pattern, segments).allSatisfy { expected, found in
                if case .text(let text) = expected { text == found } else { true }
            }
    }

    private static func parameters(_ pattern: [Segment], _ segments: [String]) -> Parameters {
        var parameters = Parameters(minimumCapacity: pattern.count)
        for (expected, found) in zip(pattern, segments) {
            if case .parameter(let name) = expected { parameters[name] = found }
        }
        return parameters
    }
}
