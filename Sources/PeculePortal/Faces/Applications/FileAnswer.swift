import Pecule
import PeculeHTTP

/// A kept file, given back to be saved: never shown inside a page, never taken for anything else.
enum FileAnswer {
    static func response(_ piece: Piece, _ bytes: [UInt8]) -> HTTPResponse {
        let name = "\(piece.kind.rawValue)-\(piece.id).\(piece.format.rawValue)"
        return HTTPResponse(
            status: 200,
            fields: [
                "Content-Type": piece.format.mediaType, "Content-Disposition": "attachment; filename=\"\(name)\"",
                "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
                "Content-Security-Policy": "default-src 'none'; sandbox",
            ], body: bytes)
    }
}
