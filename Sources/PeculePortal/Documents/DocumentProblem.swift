public import Pecule

/// Why a file is not taken, with the field it came in.
public struct DocumentProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Sendable, Hashable {
        case empty
        case tooLarge(megabytes: Int)
        /// No JPEG, PNG or PDF, whatever its name says.
        case unknownFormat
        case photoIsNoPicture
        /// Ends early, or is not built as its format wants.
        case damaged
        case tooSmall(width: Int, height: Int)
        case tooManyPixels
        /// A PDF that acts, or that carries other files.
        case activeContent
        case encrypted
        /// A PDF whose compressed parts cannot be looked into.
        case hiddenObjects
    }

    public let piece: PieceKind
    public let reason: Reason

    /// Stable, for machines and logs.
    public var code: String {
        switch reason {
        case .empty: "empty"
        case .tooLarge: "too_large"
        case .unknownFormat: "unknown_format"
        case .photoIsNoPicture: "photo_is_no_picture"
        case .damaged: "damaged"
        case .tooSmall: "too_small"
        case .tooManyPixels: "too_many_pixels"
        case .activeContent: "active_content"
        case .encrypted: "encrypted"
        case .hiddenObjects: "hidden_objects"
        }
    }

    public var description: String { "\(piece.rawValue): \(code)" }

    /// For the relative: what is wrong and what to do.
    public var french: String { "\(piece.french) : \(advice)" }

    private var advice: String {
        switch reason {
        case .empty: "choisissez un fichier ; celui-ci est vide."
        case .tooLarge(let megabytes): "ce fichier dépasse \(megabytes) Mo ; choisissez-en un plus léger."
        case .unknownFormat: "ce fichier n’est ni une image JPEG ou PNG, ni un PDF ; choisissez-en un autre."
        case .photoIsNoPicture: "choisissez une image JPEG ou PNG, pas un PDF."
        case .damaged: "ce fichier est incomplet ou abîmé ; enregistrez-le de nouveau puis ajoutez-le."
        case .tooSmall(let width, let height):
            "cette image est trop petite ; il faut au moins \(width) × \(height) pixels."
        case .tooManyPixels: "cette image a trop de pixels ; réduisez-la puis ajoutez-la."
        case .activeContent: "ce PDF contient un programme ou d’autres fichiers ; ajoutez une simple copie numérisée."
        case .hiddenObjects:
            "ce PDF ne peut pas être vérifié ; enregistrez-le en PDF simple, ou ajoutez une photo du document."
        case .encrypted: "ce PDF est protégé par un mot de passe ; ajoutez une copie sans protection."
        }
    }
}
