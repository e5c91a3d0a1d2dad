import Pecule

/// What an establishment accepts, said before anybody types.
///
/// The month's cap counts what all of a person's relatives send. What is left of it would tell a payer what others have
/// sent: he is shown the cap and his own sum, and what is left at most.
struct CapText {
    let cap: TransferCap
    /// In cents; what this payer has sent to the person this month.
    let sent: Int

    var sentences: [String] {
        let limits = [
            cap.perTransfer.map { "\($0.french) au plus par virement" },
            cap.perMonth.map { "\($0.french) au plus par mois pour cette personne, tous ses proches ensemble" },
        ].compactMap(\.self)
        let accepted = limits.isEmpty ? nil : "L’établissement accepte \(limits.joined(separator: ", "))."
        return [accepted, rest].compactMap(\.self)
    }

    private var rest: String? {
        guard let limit = cap.perMonth, let sum = Amount(cents: sent) else { return nil }
        let said = "Vous lui avez déjà envoyé \(sum.french) ce mois-ci\u{A0}:"
        guard let left = Amount(cents: limit.cents - sent) else { return "\(said) le plafond du mois est atteint." }
        return "\(said) il reste au plus \(left.french)."
    }
}
