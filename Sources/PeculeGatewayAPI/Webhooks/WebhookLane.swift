import Foundation
import PeculeHTTP

/// The events of one transfer that wait for one receiver, by version: the next goes when the one before has gone.
///
/// The item in which it is kept is due when the first event is to be tried. A lane that has run empty stays for a
/// while, so that an event which is put in it again, after a crash, is known.
struct WebhookLane: TextItem, Hashable {
    private(set) var events: [WebhookEvent] = []
    /// Attempts that the first event has had.
    private(set) var attempts = 0
    /// The version of the last event that went.
    private(set) var gone = 0

    /// How long a lane without events is kept.
    static let memory: TimeInterval = 3600

    /// Each webhook's lanes are a kind of their own, so that what waits for one hides nothing from another.
    static func kind(of webhook: String) -> String { "webhook-lane/\(webhook)" }

    init() {}

    /// False when the event is there already or has gone.
    mutating func append(_ event: WebhookEvent) -> Bool {
        guard event.version > gone, !events.contains(where: { $0.version == event.version }) else { return false }
        events.insert(event, at: events.firstIndex { $0.version > event.version } ?? events.endIndex)
        return true
    }

    mutating func noteFailure() { attempts += 1 }

    /// The same, with all attempts before the first event.
    var startingAnew: WebhookLane {
        var lane = self
        lane.attempts = 0
        return lane
    }

    /// The first event is done with, because it arrived or because it never will.
    mutating func drop() {
        guard !events.isEmpty else { return }
        gone = events.removeFirst().version
        attempts = 0
    }

    var json: JSON {
        ["events": .array(events.map(\.json)), "attempts": .integer(attempts), "gone": .integer(gone)]
    }

    init?(_ json: JSON) {
        guard let events = json["events"]?.array, let attempts = json["attempts"]?.integer,
            let gone = json["gone"]?.integer
        else { return nil }
        self.events = events.compactMap(WebhookEvent.init)
        (self.attempts, self.gone) = (attempts, gone)
        guard self.events.count == events.count else { return nil }
    }
}
