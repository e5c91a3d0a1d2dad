/// Which host a request is for, and its target in origin form.
enum HTTPAuthority {
    /// The origin form of a target. The absolute form is taken when its authority is the Host field's, because
    /// RFC 9112, section 3.2.2, wants servers to; two names in one request are a contradiction and refused.
    /// `*` and the authority form have no use here.
    static func originForm(of target: String, host: String?) throws(HTTPParseError) -> String {
        if target.utf8.first == UInt8(ascii: "/") { return target }
        let schemes = ["http://", "https://"]
        guard let scheme = schemes.first(where: { HTTPFields.same(String(target.prefix($0.count)), $0) })
        else { throw .target }
        let rest = target.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let host, HTTPFields.same(String(authority), host) else { throw .target }
        let origin = rest.dropFirst(authority.count)
        return origin.first == "/" ? String(origin) : "/" + origin
    }

    /// A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port (RFC 9110, section 7.2).
    static func isValid(_ host: String) -> Bool {
        let bytes = host.utf8
        let literal = bytes.first == UInt8(ascii: "[")
        let name = literal ? bytes.prefix { $0 != UInt8(ascii: "]") }.dropFirst() : bytes.prefix(while: isNameByte)
        guard !name.isEmpty, !literal || name.allSatisfy(isAddressByte) else { return false }
        let rest = bytes.dropFirst(literal ? name.count + 2 : name.count)
        guard !literal || bytes.count >= name.count + 2 else { return false }
        return rest.isEmpty || (rest.first == UInt8(ascii: ":") && isPort(rest.dropFirst()))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func isPort(_ digits: Substring.UTF8View) -> Bool {
        digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && UInt16(Substring(digits)) != nil
    }
}
