public import Pecule

/// What may be kept of a file that somebody sent: its format by content, never by name, and the bytes of that format
/// alone. Nothing is decoded, so no picture can swell in memory.
public struct CheckedDocument: Sendable, Hashable {
    public let format: Piece.Format
    /// Without whatever stood behind the end of a picture.
    public let bytes: [UInt8]

    /// Bytes, by what the file is for.
    public static func largest(_ kind: PieceKind) -> Int { (kind == .identityPhoto ? 5 : 10) << 20 }

    /// The shorter and the longer side of a photo, in pixels.
    static let smallestPhoto = (short: 300, long: 400)
    /// What a viewer would need four bytes each for.
    static let mostPixels = 50_000_000

    public init(_ bytes: [UInt8], for kind: PieceKind) throws(DocumentProblem) {
        do throws(Reason) { self = try Self.check(bytes, for: kind) } catch {
            throw DocumentProblem(piece: kind, reason: error.reason)
        }
    }

    /// A reason on its way to where the field is known.
    struct Reason: Error {
        let reason: DocumentProblem.Reason

        init(_ reason: DocumentProblem.Reason) { self.reason = reason }
    }

    private init(_ format: Piece.Format, _ bytes: [UInt8]) { (self.format, self.bytes) = (format, bytes) }

    private static func check(_ bytes: [UInt8], for kind: PieceKind) throws(Reason) -> CheckedDocument {
        guard !bytes.isEmpty else { throw Reason(.empty) }
        let limit = largest(kind)
        guard bytes.count <= limit else { throw Reason(.tooLarge(megabytes: limit >> 20)) }
        if bytes.starts(with: JPEGOutline.beginning) {
            let outline = try outline(JPEGOutline.read(bytes))
            try checkSize(outline, for: kind)
            return CheckedDocument(.jpeg, Array(bytes[..<outline.end]))
        }
        if bytes.starts(with: PNGOutline.beginning) {
            let outline = try outline(PNGOutline.read(bytes))
            try checkSize(outline, for: kind)
            return CheckedDocument(.png, Array(bytes[..<outline.end]))
        }
        guard bytes.starts(with: PDFScan.beginning) else { throw Reason(.unknownFormat) }
        guard kind != .identityPhoto else { throw Reason(.photoIsNoPicture) }
        if let reason = PDFScan.problem(in: bytes) { throw Reason(reason) }
        return CheckedDocument(.pdf, bytes)
    }

    private static func outline(_ found: PictureOutline?) throws(Reason) -> PictureOutline {
        guard let found, found.width > 0, found.height > 0 else { throw Reason(.damaged) }
        return found
    }

    /// A phone may store a picture on its side, so only the shorter and the longer side count.
    private static func checkSize(_ outline: PictureOutline, for kind: PieceKind) throws(Reason) {
        guard outline.width <= mostPixels / outline.height else { throw Reason(.tooManyPixels) }
        guard kind == .identityPhoto else { return }
        let sides = (min(outline.width, outline.height), max(outline.width, outline.height))
        guard sides.0 >= smallestPhoto.short, sides.1 >= smallestPhoto.long else {
            throw Reason(.tooSmall(width: smallestPhoto.short, height: smallestPhoto.long))
        }
    }
}
