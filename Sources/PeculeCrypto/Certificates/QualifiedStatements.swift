/// What a payment service provider may do (ETSI TS 119 495, section 5.1).
public enum PSD2Role: Int, Sendable, CaseIterable {
    /// Account servicing: a bank.
    case accountServicing = 1
    /// Payment initiation.
    case paymentInitiation
    /// Account information.
    case accountInformation
    /// Issuing of card-based payment instruments.
    case issuing

    /// As certificates and banks name it: `PSP_PI`.
    public var name: String {
        switch self {
        case .accountServicing: "PSP_AS"
        case .paymentInitiation: "PSP_PI"
        case .accountInformation: "PSP_AI"
        case .issuing: "PSP_IC"
        }
    }

    var oid: [Int] { [0, 4, 0, 19495, 1, rawValue] }
}

/// What a qualified certificate states of itself in its extension `qcStatements` (ETSI EN 319 412-5, TS 119 495).
public struct QualifiedStatements: Sendable, Equatable {
    /// What the certificate is for (EN 319 412-5, section 4.2.3).
    public enum Kind: Int, Sendable {
        /// A seal under messages: QSEALC.
        case seal = 2
        /// Authentication of a website or of a client of one: QWAC.
        case web

        var oid: [Int] { [0, 4, 0, 1862, 1, 6, rawValue] }
    }

    public let kind: Kind
    public let roles: Set<PSD2Role>
    /// The authority that gave the roles, and its identifier: `FR-ACPR`.
    public let authorityName: String
    public let authorityID: String

    public init(kind: Kind, roles: Set<PSD2Role>, authorityName: String, authorityID: String) {
        (self.kind, self.roles) = (kind, roles)
        (self.authorityName, self.authorityID) = (authorityName, authorityID)
    }

    private enum Statement {
        static let isQualified = [0, 4, 0, 1862, 1, 1]
        static let kind = [0, 4, 0, 1862, 1, 6]
        static let psd2 = [0, 4, 0, 19495, 2]
    }

    // MARK: Writing

    var der: [UInt8] {
        DER.sequence([
            DER.sequence([DER.oid(Statement.isQualified)]),
            DER.sequence([DER.oid(Statement.kind), DER.sequence([DER.oid(kind.oid)])]),
            DER.sequence([
                DER.oid(Statement.psd2),
                DER.sequence([rolesDER, DER.utf8(authorityName), DER.utf8(authorityID)]),
            ]),
        ])
    }

    private var rolesDER: [UInt8] {
        DER.sequence(
            roles.sorted { $0.rawValue < $1.rawValue }.map { DER.sequence([DER.oid($0.oid), DER.utf8($0.name)]) })
    }

    // MARK: Reading

    /// Nil without a statement of the kind and one of PSD2.
    init?(der: some Sequence<UInt8>) {
        var outer = DERReader(der)
        guard let content = outer.next(DER.Tag.sequence) else { return nil }
        let statements = Self.statements(content)
        guard let kind = statements[DER.oidContent(Statement.kind)].flatMap(Self.kind),
            let psd2 = statements[DER.oidContent(Statement.psd2)]
        else { return nil }
        var reader = DERReader(psd2)
        guard let roles = reader.next(DER.Tag.sequence), let name = reader.next(DER.Tag.utf8),
            let id = reader.next(DER.Tag.utf8)
        else { return nil }
        self.init(
            kind: kind, roles: Self.roles(roles), authorityName: String(decoding: name, as: UTF8.self),
            authorityID: String(decoding: id, as: UTF8.self))
    }

    /// The content of each statement's information, by the statement's identifier.
    private static func statements(_ content: ArraySlice<UInt8>) -> [[UInt8]: ArraySlice<UInt8>] {
        var (reader, found) = (DERReader(content), [[UInt8]: ArraySlice<UInt8>]())
        while let statement = reader.next(DER.Tag.sequence) {
            var parts = DERReader(statement)
            guard let id = parts.next(DER.Tag.oid) else { continue }
            found[Array(id)] = parts.next()?.content ?? []
        }
        return found
    }

    private static func kind(_ content: ArraySlice<UInt8>) -> Kind? {
        var reader = DERReader(content)
        let oid = reader.next(DER.Tag.oid).map(Array.init)
        return [Kind.seal, .web].first { DER.oidContent($0.oid) == oid }
    }

    private static func roles(_ content: ArraySlice<UInt8>) -> Set<PSD2Role> {
        var (reader, found) = (DERReader(content), Set<PSD2Role>())
        while let role = reader.next(DER.Tag.sequence) {
            var parts = DERReader(role)
            let oid = parts.next(DER.Tag.oid).map(Array.init)
            if let known = PSD2Role.allCases.first(where: { DER.oidContent($0.oid) == oid }) { found.insert(known) }
        }
        return found
    }
}
