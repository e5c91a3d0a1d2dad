/// What an `Authorization` field says where it is a scheme and one word (RFC 9110, section 11.4).
package struct HTTPCredentials {
    /// As it was written.
    package let scheme: Substring
    package let word: Substring

    /// - Parameter scheme: in small letters; its case in the field says nothing.
    /// - Returns: nil for another scheme, and for a field of more or fewer words.
    package init?(of request: HTTPRequest, scheme: String) {
        let words = request.fields["Authorization"]?.words(at: UInt8(ascii: " ")) ?? []
        guard words.count == 2, words[0].lowercased() == scheme else { return nil }
        (self.scheme, word) = (words[0], words[1])
    }
}
