import Foundation

/// Date-times as STET's banks read them.
enum STETDate {
    /// A minute ahead: some banks refuse a date that has passed when they read it, and some refuse midnight. An instant
    /// transfer has to be of today (Paris).
    static func execution(_ now: Date, _ zone: STETSettings.Zone, isInstant: Bool) -> Date {
        let soon = now.addingTimeInterval(60)
        if isInstant, day(soon, .paris) != day(now, .paris) { return now }
        let isMidnight = Int(local(soon, zone)) % 86_400 < 60
        return isMidnight ? soon.addingTimeInterval(60) : soon
    }

    /// `2026-02-12T09:42:07.215+01:00`
    static func text(_ date: Date, _ zone: STETSettings.Zone) -> String {
        date.formatted(
            Date.ISO8601FormatStyle(
                timeZoneSeparator: .colon, includingFractionalSeconds: true, timeZone: zone.timeZone))
    }

    private static func day(_ date: Date, _ zone: STETSettings.Zone) -> Int { Int(local(date, zone)) / 86_400 }

    private static func local(_ date: Date, _ zone: STETSettings.Zone) -> TimeInterval {
        date.timeIntervalSince1970 + TimeInterval(zone.timeZone.secondsFromGMT(for: date))
    }
}

extension STETSettings.Zone {
    fileprivate var timeZone: TimeZone {
        guard let zone = TimeZone(identifier: rawValue) else {
            preconditionFailure("this system has no time zone data for \(rawValue)")
        }
        return zone
    }
}
