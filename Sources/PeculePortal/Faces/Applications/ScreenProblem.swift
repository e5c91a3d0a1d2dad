import Foundation
import Pecule
import PeculeHTTP

/// What is wrong on a screen, said at the top and at each field that it is about.
struct ScreenProblem: Error {
    /// Of no one field.
    private var sentence: String?
    /// By the names of fields, in the order of the screen, each with what to do.
    private(set) var fields: [(field: String, message: String)] = []

    init() {}
    init(_ sentence: String) { self.sentence = sentence }
    init(_ message: String, at field: String) { fields = [(field, message)] }

    /// For the top of the screen, with a way to each field.
    var html: HTML? { sentence.map { Pieces.alert(.wrong, $0) } ?? Pieces.summary(fields) }

    /// What is wrong with that field, to be read under its label: without what stands before the first colon.
    subscript(_ field: String) -> String? {
        let message = fields.first { $0.field == field }?.message
        return message.map { $0.components(separatedBy: "\u{A0}: ").dropFirst().joined(separator: "\u{A0}: ") }
            .flatMap { $0.isEmpty ? message : $0 }
    }

    /// What was read of a field, or nil and the message is noted.
    mutating func read<Value>(_ field: String, _ value: Value?, or message: String) -> Value? {
        if value == nil { fields.append((field, message)) }
        return value
    }

    /// A family name and a first name, each told of by itself.
    /// - Parameter whose: behind the label of both fields, such as ` du tiers`.
    mutating func name(_ request: PortalRequest, whose: String = "") -> PersonName? {
        let (name, given) = (request.typed("nom"), request.typed("prenom"))
        let parts = [
            ("nom", "Nom", try? PersonName(birthName: name, givenNames: ["A"])),
            ("prenom", "Prénom", try? PersonName(birthName: "A", givenNames: [given])),
        ]
        for (field, label, read) in parts {
            _ = self.read(field, read, or: "\(label)\(whose)\u{A0}: saisissez-le en lettres, 70 au plus.")
        }
        return try? PersonName(birthName: name, givenNames: [given])
    }
}

/// Why what was sent from a screen is not taken.
enum ScreenFailure: Error {
    /// The person at the screen can do something about it there.
    case problem(ScreenProblem)
    case desk(ApplicationError)

    /// - Parameter field: the one that the desk was asked about.
    init(_ error: ApplicationError, at field: String?) {
        guard error.isForThePage else {
            self = .desk(error)
            return
        }
        let text = error.french.spaced
        self = .problem(field.flatMap { error.isOfField ? ScreenProblem(text, at: $0) : nil } ?? ScreenProblem(text))
    }

    /// The problem to be shown on the screen.
    func shown() throws(Trouble) -> ScreenProblem {
        switch self {
        case .problem(let problem): problem
        case .desk(let error): throw .application(error)
        }
    }

    static func wrong(_ message: String, at field: String) -> ScreenFailure {
        .problem(ScreenProblem(message, at: field))
    }

    /// What the desk does, and the field that it is asked about.
    static func asking<Value: Sendable>(
        about field: String?, _ work: () async throws(ApplicationError) -> Value
    ) async throws(ScreenFailure) -> Value {
        do throws(ApplicationError) { return try await work() } catch { throw ScreenFailure(error, at: field) }
    }
}

extension ApplicationError {
    /// Whether the person at the screen can do something about it there.
    fileprivate var isForThePage: Bool {
        switch self {
        case .refused, .detaineeUnknown, .tooManyAttempts, .document: true
        case .notFound, .tooManyDrafts, .store: false
        }
    }

    /// Whether another entry in a field would mend it.
    fileprivate var isOfField: Bool {
        switch self {
        case .refused(.notNow), .refused(.stepSkipped), .refused(.duplicate), .refused(.unknownPiece): false
        default: true
        }
    }
}
