/// What a client saw acknowledged is there (D1).
enum AcknowledgedCheck {
    static func findings(in store: Store, _ acknowledged: [Expectations.Acknowledged]) -> [Finding] {
        let versions = Dictionary(store.transfers.map { ($0.id, $0.version) }, uniquingKeysWith: { first, _ in first })
        return acknowledged.filter { store.isReadable($0.transfer) }.compactMap { seen in
            let kept = versions[seen.transfer]
            guard (kept ?? 0) < seen.version else { return nil }
            return Finding(
                .acknowledgedLost, .acknowledged, seen.transfer, seen.version,
                expected: "version \(seen.version) or later", found: kept.map { "version \($0)" } ?? "no transfer")
        }
    }
}
