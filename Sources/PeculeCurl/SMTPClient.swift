import CPeculeCurl
import Foundation
import PeculeHTTP

/// Hands mails to a server by SMTP, one connection for each.
///
/// libcurl keeps to RFC 5321: it doubles dots at the start of lines and ends the message. Nothing is repeated behind
/// the caller's back.
public struct SMTPClient: Sendable {
    public let server: SMTPServer
    private let connect: Duration
    private let total: Duration

    /// - Parameters:
    ///   - connect: time to have a connection ready, TLS included.
    ///   - total: time for the whole exchange.
    public init(_ server: SMTPServer, connect: Duration = .seconds(10), total: Duration = .seconds(60)) {
        (self.server, self.connect, self.total) = (server, connect, total)
    }

    /// Hands one message over.
    /// - Parameters:
    ///   - message: head and body (RFC 5322), lines ended by CR LF.
    ///   - sender: plain addresses, without brackets, spaces or line breaks.
    public func send(_ message: [UInt8], from sender: String, to receiver: String) async throws(SMTPError) {
        guard Self.isPlain(sender), Self.isPlain(receiver) else {
            throw SMTPError(.badAddress, mayHaveBeenTaken: false)
        }
        // libcurl's simple interface waits for the server: no thread that tasks share may do so.
        let outcome: Result<Void, SMTPError> = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                Driver.blockBrokenPipes()
                continuation.resume(returning: Result { () throws(SMTPError) in
                    try perform(message, from: sender, to: receiver)
                })
            }
        }
        try outcome.get()
    }

    private static func isPlain(_ address: String) -> Bool {
        (1...254).contains(address.utf8.count)
            && address.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"<>".utf8.contains($0) }
    }

    private func perform(_ message: [UInt8], from sender: String, to receiver: String) throws(SMTPError) {
        guard let easy = EasyHandle(), let receivers = curl_slist_append(nil, "<\(receiver)>") else {
            throw SMTPError(.connect, mayHaveBeenTaken: false)
        }
        defer { curl_slist_free_all(receivers) }
        let letter = OutgoingLetter(message)
        prepare(easy)
        easy.set(CURLOPT_MAIL_FROM, "<\(sender)>")
        easy.set(CURLOPT_MAIL_RCPT, UnsafeRawPointer(receivers))
        letter.attach(to: easy)
        guard easy.isSound else { throw SMTPError(.connect, mayHaveBeenTaken: false) }
        let code = withExtendedLifetime(letter) { curl_easy_perform(easy.pointer) }
        guard code != CURLE_OK else { return }
        throw Self.error(code, status: Int(pecule_curl_status(easy.pointer)), wasSent: letter.isSent)
    }

    private func prepare(_ easy: EasyHandle) {
        easy.restrict(to: "smtp,smtps")
        easy.secure(trusting: server.trustedAuthoritiesFile)
        easy.set(CURLOPT_URL, server.url)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, connect.milliseconds)
        easy.set(CURLOPT_TIMEOUT_MS, total.milliseconds)
        // The good-bye is outside that limit: a server that has fallen silent would hold it up for two minutes.
        easy.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, (total.milliseconds + 999) / 1000)
        easy.set(CURLOPT_UPLOAD, 1)
        if server.security != .none { easy.set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        if let login = server.login {
            easy.set(CURLOPT_SASL_IR, 1)
            easy.set(CURLOPT_USERNAME, login.user)
            easy.set(CURLOPT_PASSWORD, login.password)
        }
    }

    /// Until the last byte of the message is asked for, no server can have taken it. After that its answer decides,
    /// and without one nobody knows.
    private static func error(_ code: CURLcode, status: Int, wasSent: Bool) -> SMTPError {
        let refusal = status >= 400 ? status : nil
        let mayHaveBeenTaken = wasSent && refusal == nil
        return SMTPError(reason(code, refusal), status: refusal, mayHaveBeenTaken: mayHaveBeenTaken)
    }

    private static func reason(_ code: CURLcode, _ refusal: Int?) -> SMTPError.Reason {
        if code == CURLE_LOGIN_DENIED { return .login }
        if refusal != nil { return .refused }
        return switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .resolve
        case CURLE_COULDNT_CONNECT: .connect
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_USE_SSL_FAILED: .tls
        case _ where CurlResult.reason(for: code) == .tls: .tls
        default: .lost
        }
    }
}

/// A message on its way into libcurl's buffers, on the thread of its exchange alone.
private final class OutgoingLetter {
    private let message: [UInt8]
    private var place = 0
    /// Set once libcurl was told that there is no more: it then ends the message, and the server may take it.
    private(set) var isSent = false

    init(_ message: [UInt8]) { self.message = message }

    func attach(to easy: EasyHandle) {
        easy.set(CURLOPT_READDATA, UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()))
        easy.set(CURLOPT_READFUNCTION) { buffer, size, count, owner in
            guard let buffer, let owner else { return 0 }
            let room = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
            return Unmanaged<OutgoingLetter>.fromOpaque(owner).takeUnretainedValue().fill(room)
        }
    }

    private func fill(_ room: UnsafeMutableRawBufferPointer) -> Int {
        let part = message[place...].prefix(room.count)
        room.copyBytes(from: part)
        place += part.count
        if part.isEmpty { isSent = true }
        return part.count
    }
}
