import Pecule
import Testing

/// Runs so many at once, all released together, and gives back what each returned.
func inParallel<Value: Sendable>(
    _ count: Int, _ operation: @escaping @Sendable (Int) async throws -> Value
) async throws -> [Value] {
    try await withThrowingTaskGroup(of: Value.self) { group in
        for number in 0..<count { group.addTask { try await operation(number) } }
        var values: [Value] = []
        for try await value in group { values.append(value) }
        return values
    }
}

/// The gateway's error, or nil when the operation succeeded.
func refusal(of operation: () async throws -> some Any) async -> PeculeError? {
    do {
        _ = try await operation()
        return nil
    } catch let error as PeculeError {
        return error
    } catch {
        Issue.record("not an error of the gateway: \(error)")
        return nil
    }
}
