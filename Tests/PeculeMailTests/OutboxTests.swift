import Foundation
import Pecule
import PeculeCurl
import PeculeMail
import Synchronization
import Testing

/// A carrier that does what it is told, and remembers.
private final class ScriptedCarrier: MailCarrier {
    private let script: Mutex<[SMTPError?]>
    private let carried = Mutex<[String]>([])

    /// - Parameter script: what becomes of each attempt; nil is taken, and so is what comes after.
    init(_ script: [SMTPError?] = []) { self.script = Mutex(script) }

    var ids: [String] { carried.withLock { $0 } }

    func carry(_ mail: Mail, id: String, at moment: Date) async throws(SMTPError) {
        let error = script.withLock { script in script.isEmpty ? nil : script.removeFirst() }
        if let error {
            if error.mayHaveBeenTaken { carried.withLock { $0.append(id) } }
            throw error
        }
        carried.withLock { $0.append(id) }
    }
}

@Suite("The outbox")
final class OutboxTests {
    private let clock = Mutex(Date(timeIntervalSince1970: 1_795_000_000))
    private let store: any ItemStore = InMemoryStore()

    private func advance(_ seconds: TimeInterval) { clock.withLock { $0 += seconds } }

    private func mail() throws -> Mail {
        let to = try #require(EmailAddress("j@mail.example"))
        return try #require(Mail(to: to, subject: "Reçu", body: "Bonjour"))
    }

    private var outbox: Outbox {
        let moment = clock.withLock { $0 }
        return Outbox(
            store: store,
            environment: Environment(
                now: { moment }, sleep: { _ in }, randomBytes: { [UInt8](repeating: 0, count: $0) }))
    }

    @Test("a mail that is put twice goes out once, and is remembered without its text")
    func once() async throws {
        let carrier = ScriptedCarrier()
        for _ in 1...2 { try await outbox.put(try mail(), id: "a-1") }
        #expect(try await outbox.state(of: "a-1") == .waiting(attempts: 0))
        while try await outbox.deliver(by: carrier) > 0 {}
        try await outbox.put(try mail(), id: "a-1")
        advance(29 * 86_400)
        #expect(try await outbox.deliver(by: carrier) == 0)
        #expect(carrier.ids == ["a-1"])
        #expect(try await outbox.state(of: "a-1") == .sent)
        #expect(try await store.item("mail", "a-1")?.text.contains("example") == false)
        advance(86_400)
        _ = try await outbox.deliver(by: carrier)
        #expect(try await store.item("mail", "a-1") == nil)
    }

    @Test("what was not taken is tried again, later and later, for five days")
    func pauses() async throws {
        let carrier = ScriptedCarrier(Array(repeating: SMTPError(.connect, mayHaveBeenTaken: false), count: 11))
        try await outbox.put(try mail(), id: "a-1")
        for pause: TimeInterval in [0, 60, 300, 1800, 7200, 21_600, 43_200, 86_400, 86_400, 86_400, 86_400] {
            advance(max(pause - 1, 0))
            if pause > 0 { #expect(try await outbox.deliver(by: carrier) == 0) }
            advance(min(pause, 1))
            #expect(try await outbox.deliver(by: carrier) == 1)
        }
        #expect(try await outbox.state(of: "a-1") == .givenUp("connect (the mail was not taken)"))
        #expect(carrier.ids == [])
    }

    @Test(
        "one refusal for good ends it; any other failure does not",
        arguments: [
            (SMTPError(.refused, status: 550, mayHaveBeenTaken: false), 0),
            (SMTPError(.refused, status: 451, mayHaveBeenTaken: false), 1),
            (SMTPError(.login, status: 535, mayHaveBeenTaken: false), 1),
            (SMTPError(.lost, mayHaveBeenTaken: true), 2), (SMTPError(.timeout, mayHaveBeenTaken: false), 1),
        ])
    func failures(_ error: SMTPError, copies: Int) async throws {
        let carrier = ScriptedCarrier([error])
        try await outbox.put(try mail(), id: "a-1")
        _ = try await outbox.deliver(by: carrier)
        advance(60)
        _ = try await outbox.deliver(by: carrier)
        // A mail that may have been taken goes again under the same id: at least once.
        #expect(carrier.ids == Array(repeating: "a-1", count: copies))
    }

    @Test("of many processes one sends")
    func race() async throws {
        let carrier = ScriptedCarrier()
        for number in 1...10 { try await outbox.put(try mail(), id: "a-\(number)") }
        let outbox = outbox
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...8 { group.addTask { _ = try await outbox.deliver(by: carrier) } }
            try await group.waitForAll()
        }
        #expect(carrier.ids.sorted() == (1...10).map { "a-\($0)" }.sorted())
    }

    @Test("a process that ends while it sends leaves the mail to the next, after its lease")
    func lease() async throws {
        try await outbox.put(try mail(), id: "a-1")
        let item = try #require(try await store.item("mail", "a-1"))
        let claimed = item.next(text: item.text, due: clock.withLock { $0 } + 300)
        #expect(try await store.put(claimed))
        let carrier = ScriptedCarrier()
        #expect(try await outbox.deliver(by: carrier) == 0)
        advance(300)
        #expect(try await outbox.deliver(by: carrier) == 1)
        #expect(carrier.ids == ["a-1"])
    }
}
