/// Several handlers behind one server: each has a folder, and one has the rest.
public struct HTTPMount: HTTPHandler {
    private let folders: [String: any HTTPHandler]
    private let rest: any HTTPHandler

    /// - Parameter folders: by first segment of the path, such as `franceconnect`; each sees the whole path.
    public init(_ folders: [String: any HTTPHandler], else rest: any HTTPHandler) {
        (self.folders, self.rest) = (folders, rest)
    }

    public func respond(to request: HTTPRequest) async -> HTTPResponse { await deliver(request).response }

    /// Nobody knows for whom it was: the one that has the rest answers.
    public func refusal(of error: HTTPParseError) -> HTTPResponse { rest.refusal(of: error) }

    public func deliver(_ request: HTTPRequest) async -> HTTPDelivery {
        let folder = request.path.dropFirst().prefix { $0 != "/" }
        return await (folders[String(folder)] ?? rest).deliver(request)
    }
}
