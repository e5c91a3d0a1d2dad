/// How long a client waits for its gateway, and how often it asks again.
public struct ClientPatience: Sendable, Hashable {
    /// For one call, all attempts together.
    public var call: Duration
    /// How often a call is sent at most.
    public var attempts: Int
    /// Before the second attempt; doubled each time, and a part of it left to chance.
    public var pause: Duration
    /// For how many seconds the gateway is asked to wait for a change at a time, from 1 to 60.
    public var longPoll: Int

    public init(
        call: Duration = .seconds(30), attempts: Int = 4, pause: Duration = .milliseconds(200), longPoll: Int = 25
    ) {
        (self.call, self.attempts, self.pause, self.longPoll) = (call, max(1, attempts), pause, longPoll)
    }
}

/// One request and what came of it: for logs, metrics and traces. Holds nothing that was sent or answered.
public struct ClientEvent: Sendable, Hashable {
    public let method: String
    /// The path with its ids, without its query.
    public let path: String
    /// From 1.
    public let attempt: Int
    /// The answer's status; nil when none came.
    public let status: Int?
    /// The code of the error; nil when it went well.
    public let code: String?
    /// Under which the gateway logs the call.
    public let correlation: String?
}
