import Pecule
import PeculeHTTP

extension BankProfile {
    /// The ISO code that the bank's own words for a refusal stand for, by the profile's table.
    func refusal(in response: HTTPResponse) -> RejectionReason? {
        guard !refusals.isEmpty, let body = try? JSON(parsing: response.body) else { return nil }
        let places = [body, body["tppMessages"]?[0]].compactMap(\.self)
        let texts = places.flatMap { $0.object?.members.compactMap(\.value.string) ?? [] }
        return texts.compactMap { refusals[$0] }.first
    }
}
