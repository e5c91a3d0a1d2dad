import PeculeCurl
import Testing

@Suite("Mails handed over by SMTP")
struct MailTests {
    private static let message = "Subject: a\r\n\r\n.dot\r\n..two\r\nplain é\r\n"

    private func client(_ server: SMTPServer?, total: Duration = .seconds(20)) throws -> SMTPClient {
        SMTPClient(try #require(server), total: total)
    }

    /// What became of a mail to that server.
    private func outcome(_ client: SMTPClient, to receiver: String = "b@mail.example") async -> SMTPError? {
        do throws(SMTPError) {
            try await client.send(Array(Self.message.utf8), from: "a@portal.example", to: receiver)
            return nil
        } catch { return error }
    }

    @Test("a mail arrives byte for byte, under the names it was given")
    func arrives() async throws {
        let script = SMTPScript()
        let server = RawServer { script.play($0) }
        let client = try client(SMTPServer(host: "127.0.0.1", port: server.port, helloName: "portal.example"))
        #expect(await outcome(client) == nil)
        #expect(script.lines[0] == "EHLO portal.example")
        #expect(script.lines[1].hasPrefix("MAIL FROM:<a@portal.example>"))
        #expect(script.lines[2] == "RCPT TO:<b@mail.example>")
        // Dots at the start of lines are doubled (RFC 5321, section 4.5.2).
        #expect(script.message == ["Subject: a", "", "..dot", "...two", "plain é"])
    }

    @Test("a login is made before anything is sent")
    func login() async throws {
        let script = SMTPScript()
        let server = RawServer { script.play($0) }
        let open = SMTPServer(host: "127.0.0.1", port: server.port, login: (user: "u", password: "p"))
        #expect(await outcome(try client(open)) == nil)
        #expect(script.lines[1].hasPrefix("AUTH PLAIN"))
        #expect("\(String(describing: open))".contains("u\"") == false)
    }

    private static let failures: [(String, SMTPScript.Answer, SMTPError, isPermanent: Bool)] = [
        ("220", .closes, SMTPError(.lost, mayHaveBeenTaken: false), false),
        ("MAIL", .says("451 later"), SMTPError(.refused, status: 451, mayHaveBeenTaken: false), false),
        ("RCPT", .says("550 nobody"), SMTPError(.refused, status: 550, mayHaveBeenTaken: false), true),
        ("RCPT", .closes, SMTPError(.lost, mayHaveBeenTaken: false), false),
        ("DATA", .says("452 full"), SMTPError(.refused, status: 452, mayHaveBeenTaken: false), false),
        (".", .says("554 no"), SMTPError(.refused, status: 554, mayHaveBeenTaken: false), true),
        (".", .says("451 later"), SMTPError(.refused, status: 451, mayHaveBeenTaken: false), false),
        (".", .closes, SMTPError(.lost, mayHaveBeenTaken: true), false),
    ]

    @Test("a failure says whether the mail may have been taken, and whether to try again", arguments: failures)
    func failing(_ verb: String, _ answer: SMTPScript.Answer, error: SMTPError, isPermanent: Bool) async throws {
        let script = SMTPScript([verb: answer])
        let server = RawServer { script.play($0) }
        let found = await outcome(try client(SMTPServer(host: "127.0.0.1", port: server.port)))
        #expect(found == error)
        #expect(found?.isPermanent == isPermanent)
    }

    @Test("who is silent is not waited for: before the message nothing was taken, after it nobody knows", arguments: [
        ("RCPT", false), (".", true),
    ])
    func silence(_ verb: String, mayHaveBeenTaken: Bool) async throws {
        let script = SMTPScript([verb: .isSilent])
        let server = RawServer { script.play($0) }
        let quick = try client(SMTPServer(host: "127.0.0.1", port: server.port), total: .seconds(2))
        #expect(await outcome(quick) == SMTPError(.timeout, mayHaveBeenTaken: mayHaveBeenTaken))
    }

    @Test("a wrong password is no fault of the mail")
    func wrongLogin() async throws {
        let script = SMTPScript(["AUTH": .says("535 no")])
        let server = RawServer { script.play($0) }
        let open = SMTPServer(host: "127.0.0.1", port: server.port, login: (user: "u", password: "p"))
        let found = await outcome(try client(open))
        #expect(found?.reason == .login)
        #expect(found?.isPermanent == false)
        #expect(found?.mayHaveBeenTaken == false)
    }

    @Test("where TLS is wanted nothing is said without it", arguments: [SMTPServer.Security.startTLS, .tls])
    func withoutTLS(_ security: SMTPServer.Security) async throws {
        let script = SMTPScript()
        let server = RawServer { script.play($0) }
        let login = (user: "u", password: "p")
        let wary = SMTPServer(host: "127.0.0.1", port: server.port, security: security, login: login)
        let found = await outcome(try client(wary))
        #expect(found == SMTPError(.tls, mayHaveBeenTaken: false))
        #expect(!script.lines.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
    }

    @Test("nobody at the port, and no such name")
    func nobody() async throws {
        let port = try await freePort()
        let found = await outcome(try client(SMTPServer(host: "127.0.0.1", port: port)))
        #expect(found == SMTPError(.connect, mayHaveBeenTaken: false))
        let unknown = await outcome(try client(SMTPServer(host: "nowhere.invalid", port: 25)))
        #expect(unknown == SMTPError(.resolve, mayHaveBeenTaken: false))
    }

    /// A port on which nobody listens any more.
    private func freePort() async throws -> Int { RawServer { _ in }.port }

    @Test(
        "an address that could end a line is refused before anything is opened",
        arguments: ["", "b@mail.example>\r\nRCPT TO:<c@mail.example", "b c@mail.example", "<b@mail.example>", "é@x"])
    func addresses(_ receiver: String) async throws {
        let found = await outcome(try client(SMTPServer(host: "nowhere.invalid", port: 25)), to: receiver)
        #expect(found == SMTPError(.badAddress, mayHaveBeenTaken: false))
    }

    @Test(
        "a server has a name and a port",
        arguments: [
            ("mail.example", 25, true), ("[::1]", 25, true), ("", 25, false), ("a b", 25, false), ("a/b", 25, false),
            ("a@b", 25, false), ("mail.example", 0, false), ("mail.example", 65_536, false),
        ])
    func servers(_ host: String, _ port: Int, isValid: Bool) {
        #expect((SMTPServer(host: host, port: port) != nil) == isValid)
    }
}
