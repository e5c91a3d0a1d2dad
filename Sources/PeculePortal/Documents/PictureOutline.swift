/// What the head of a picture says, and where the picture ends.
struct PictureOutline: Equatable {
    let width: Int
    let height: Int
    /// Phones put things behind a picture, and so do those who hide another file there: nothing after this is kept.
    let end: Int
}

/// Numbers in a file, most significant byte first; nil beyond its end.
extension [UInt8] {
    fileprivate func number(at index: Int, bytes count: Int) -> Int? {
        guard index >= 0, index + count <= self.count else { return nil }
        return self[index..<(index + count)].reduce(0) { $0 << 8 | Int($1) }
    }
}

/// A JPEG file as its segments (ITU-T T.81, annex B).
enum JPEGOutline {
    static let beginning: [UInt8] = [0xFF, 0xD8, 0xFF]

    /// Nil unless the segments follow each other from the first byte to an end of image, with a frame and a scan.
    static func read(_ bytes: [UInt8]) -> PictureOutline? {
        var place = 2
        var frame: (height: Int, width: Int)?
        var hasScan = false
        while let marker = marker(in: bytes, &place) {
            if marker == 0xD9 {
                guard let frame, hasScan else { return nil }
                return PictureOutline(width: frame.width, height: frame.height, end: place)
            }
            guard let length = bytes.number(at: place, bytes: 2), length >= 2, place + length <= bytes.count
            else { return nil }
            if isFrame(marker) {
                // A second frame would let two readers see two sizes.
                guard frame == nil, length >= 8, let height = bytes.number(at: place + 3, bytes: 2),
                    let width = bytes.number(at: place + 5, bytes: 2)
                else { return nil }
                frame = (height, width)
            }
            place += length
            if marker == 0xDA {
                hasScan = true
                skipScan(bytes, &place)
            }
        }
        return nil
    }

    /// The next marker that has a meaning of its own; nil when none stands there.
    private static func marker(in bytes: [UInt8], _ place: inout Int) -> UInt8? {
        guard place < bytes.count, bytes[place] == 0xFF else { return nil }
        while place < bytes.count, bytes[place] == 0xFF { place += 1 }
        guard place < bytes.count, bytes[place] != 0x00, bytes[place] != 0x01, !(0xD0...0xD8).contains(bytes[place])
        else { return nil }
        defer { place += 1 }
        return bytes[place]
    }

    /// SOF0 to SOF15 without the tables that stand between them.
    private static func isFrame(_ marker: UInt8) -> Bool {
        (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
    }

    /// Over coded data, in which FF is followed by 00 or by a restart marker.
    private static func skipScan(_ bytes: [UInt8], _ place: inout Int) {
        bytes.withUnsafeBufferPointer { bytes in
            while let found = bytes[place...].firstIndex(of: 0xFF), found + 1 < bytes.count {
                place = found
                guard bytes[found + 1] == 0x00 || (0xD0...0xD7).contains(bytes[found + 1]) else { return }
                place = found + 2
            }
            place = bytes.count
        }
    }
}

/// A PNG file as its chunks (ISO/IEC 15948, clause 5).
enum PNGOutline {
    static let beginning: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private static let header = Array("IHDR".utf8)
    private static let data = Array("IDAT".utf8)
    private static let last = Array("IEND".utf8)

    /// Nil unless chunks follow each other from a header, over picture data, to an end.
    static func read(_ bytes: [UInt8]) -> PictureOutline? {
        guard bytes.number(at: 8, bytes: 4) == 13, let width = bytes.number(at: 16, bytes: 4),
            let height = bytes.number(at: 20, bytes: 4), bytes[12..<16].elementsEqual(header)
        else { return nil }
        var place = 8
        var hasData = false
        while let length = bytes.number(at: place, bytes: 4), place + 12 + length <= bytes.count {
            let type = bytes[(place + 4)..<(place + 8)]
            place += 12 + length
            if type.elementsEqual(data) { hasData = true }
            if type.elementsEqual(last) {
                return hasData ? PictureOutline(width: width, height: height, end: place) : nil
            }
        }
        return nil
    }
}
