import Foundation
import Pecule
import PeculeCurl
import PeculeHTTP

/// `pecule transfers force`: takes a transfer's payment to a state at the mock bank. No real bank would.
struct TransferForce {
    let mockBank: String
    let id: TransferID
    /// In the mock bank's words, such as `acsc` or `pdng 15m > rjct AM04`.
    let states: String

    static let options: Set<String> = ["--mock-bank"]

    init(_ words: CommandWords) throws(UsageError) {
        guard words.plain.count == 2, let id = TransferID(words.plain[0]) else {
            throw UsageError(problem: "force takes the id of one transfer and a state in quotes, such as acsc")
        }
        (self.id, states) = (id, words.plain[1])
        mockBank = try words.value("--mock-bank", "the address of a mock bank, such as http://127.0.0.1:8080") { $0 }
    }

    func run(_ terminal: Terminal) async throws {
        let books = try await ask(HTTPRequest(.get, "\(mockBank)/mock/books"))
        for bank in books.array ?? [] {
            let payments = bank["payments"]?.array ?? []
            // The banks know a transfer by the id that the gateway gave them.
            guard let payment = payments.last(where: { $0["endToEndId"]?.string == id.text })?["id"]?.string,
                let name = bank["bank"]?.string
            else { continue }
            let body: JSON = ["state": .string(states)]
            let answer = try await ask(
                HTTPRequest(
                    .put, "\(mockBank)/mock/payments/\(name)/\(URLCoding.encode(payment))",
                    fields: ["Content-Type": "application/json"], body: body.bytes))
            return terminal.line("\(id)  \(name)  \(answer["status"]?.string ?? states)", .good)
        }
        throw UsageError(problem: "no bank at \(mockBank) has a payment of \(id)")
    }

    private func ask(_ request: HTTPRequest) async throws -> JSON {
        let response = try await CurlTransport().send(request, within: HTTPLimits(total: .seconds(10)))
        guard response.status == 200, let json = try? JSON(parsing: response.body) else {
            let why = (try? JSON(parsing: response.body))?["detail"]?.string ?? "HTTP \(response.status)"
            throw UsageError(problem: "the mock bank refuses: \(why)")
        }
        return json
    }
}
