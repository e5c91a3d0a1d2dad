public import Foundation

/// What the law attaches to an application and to its refusal. The times are data, because no published text fixes them
/// for permit requests: whoever runs the portal sets them.
public struct LegalTerms: Sendable, Hashable {
    /// What silence means.
    public enum Silence: String, Sendable, Hashable, CaseIterable {
        case refusal, acceptance
    }

    /// Calendar months after which silence counts.
    public let silentMonths: Int
    public let silence: Silence
    /// Ways of appeal and their delays, in French sentences.
    public let remedies: String

    public init(silentMonths: Int, silence: Silence, remedies: String) {
        (self.silentMonths, self.silence, self.remedies) = (silentMonths, silence, remedies)
    }

    /// The general rule: two months mean refusal (CRPA, L. 231-4 and L. 411-2; CJA, R. 421-1 and R. 421-2).
    public static let general = LegalTerms(
        silentMonths: 2, silence: .refusal,
        remedies: "Vous pouvez, dans les deux mois qui suivent la décision, expresse ou implicite, former un recours "
            + "gracieux auprès du chef d’établissement, un recours hiérarchique auprès du directeur interrégional des "
            + "services pénitentiaires, ou un recours devant le tribunal administratif (www.telerecours.fr).")

    /// When silence counts as a decision on what was received then.
    public func end(after receivedAt: Date) -> Date { FrenchDate.months(silentMonths, after: receivedAt) }

    /// The same as relatives read it.
    public func silence(after receivedAt: Date) -> String {
        let meaning = silence == .refusal ? "refusée" : "acceptée"
        return "Sans réponse de l’établissement le \(FrenchDate.day(end(after: receivedAt))), "
            + "votre demande sera considérée comme \(meaning)."
    }
}
