import Testing

/// Makes each finding a failure of its own, so that a run lists them all.
func record(_ findings: [Finding]) {
    for finding in findings { Issue.record(Comment(rawValue: finding.description)) }
}
