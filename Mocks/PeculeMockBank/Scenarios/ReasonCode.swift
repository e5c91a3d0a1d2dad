/// Why a bank rejects an order: the codes of ISO 20022 (`ExternalStatusReason1Code`) that STET lists, and AM04.
struct ReasonCode: Sendable, Equatable {
    let code: String
    let french: String
    let english: String

    /// Nil for a code that no bank sends here.
    init?(_ code: some StringProtocol) {
        guard let known = Self.all.first(where: { $0.code == code.uppercased() }) else { return nil }
        self = known
    }

    private init(_ code: String, _ french: String, _ english: String) {
        (self.code, self.french, self.english) = (code, french, english)
    }

    static let unspecified = ReasonCode("MS03", "raison non précisée par la banque", "no reason given by the bank")
    static let regulatory = ReasonCode("RR04", "raison réglementaire", "regulatory reason")

    static let all = [
        ReasonCode("AC01", "numéro de compte invalide ou inconnu", "account number invalid or unknown"),
        ReasonCode("AC04", "compte clos", "account closed"),
        ReasonCode("AC06", "compte bloqué", "account blocked"),
        ReasonCode("AG01", "opération interdite sur ce compte", "transaction forbidden on this account"),
        ReasonCode("AM04", "provision insuffisante", "insufficient funds"),
        ReasonCode("AM18", "trop d’opérations", "too many transactions"),
        ReasonCode("CH03", "date d’exécution trop lointaine", "execution date too far away"),
        ReasonCode("CUST", "refus ou défaut de provision du payeur", "refusal or lack of funds of the payer"),
        ReasonCode("DS02", "ordre annulé", "order cancelled"),
        ReasonCode("FF01", "demande mal formée", "request invalid"),
        ReasonCode("FRAD", "soupçon de fraude", "suspected fraud"),
        unspecified,
        ReasonCode("NOAS", "pas de réponse du payeur", "no answer from the payer"),
        ReasonCode("RR01", "compte ou identité du payeur manquant", "debtor account or identification missing"),
        ReasonCode("RR03", "nom ou adresse du bénéficiaire manquant", "creditor name or address missing"),
        regulatory,
        ReasonCode("RR12", "identification d’une partie manquante", "party identification missing"),
    ]
}
