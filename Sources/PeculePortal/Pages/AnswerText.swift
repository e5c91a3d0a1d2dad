import Pecule

/// What is wrong with an answer to a bank's question, said to a relative.
enum AnswerText {
    static func sentence(for reason: BankAnswerProblems.Reason) -> String {
        switch reason {
        case .missing: "votre banque en a besoin"
        case .iban(.length(let expected, _)): "il doit compter \(expected) caractères"
        case .iban: "vérifiez chaque caractère sur votre RIB"
        case .country(let country): "votre banque n’accepte pas un compte qui commence par \(country)"
        case .otherBank: "ce compte est dans une autre banque que celle que vous avez choisie"
        case .tooLong(let longest): "\(longest) caractères au plus"
        case .form: "vérifiez ce que vous avez saisi"
        }
    }
}
