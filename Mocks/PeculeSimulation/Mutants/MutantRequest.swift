import Pecule
import PeculeHTTP

/// A request that opens a payment, with a planted bug in it.
struct MutantRequest {
    let world: World
    let mutant: Mutant

    func altered(_ request: HTTPRequest) -> HTTPRequest {
        let exchange = world.exchange(request)
        guard exchange.step == "open", let id = exchange.transfer, let transfer = world.oracle.known[id] else {
            return request
        }
        return switch mutant {
        case .newKeyForEachTry:
            replacing("\"\(id.text)\"", "\"\(id.text)-\(world.executor.below(1_000_000))\"", in: request)
        case .sendsOtherAmount: replacing(transfer.order.amount.decimal, "1.00", in: request)
        case .sendsOtherPayee: replacing(Town.payeeIBAN, "FR7699992000420000009876566", in: request)
        default: request
        }
    }

    private func replacing(_ text: String, _ other: String, in request: HTTPRequest) -> HTTPRequest {
        var request = request
        let parts = String(decoding: request.body, as: UTF8.self)
            .split(separator: text, omittingEmptySubsequences: false)
        request.body = Array(parts.joined(separator: other).utf8)
        return request
    }
}
