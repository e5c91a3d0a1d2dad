import Glibc
import Synchronization

// The calls by which SQLite changes files.

/// The store's are those in its folder, where nobody else writes. The libraries of this process write elsewhere, too.
enum StoreFolder {
    private static let path = Mutex("")

    static func watch(around file: String) {
        path.withLock { $0 = String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.startIndex)) }
    }

    static func contains(_ file: String) -> Bool { path.withLock { !$0.isEmpty && file.hasPrefix($0) } }

    static func contains(_ descriptor: Int32) -> Bool { contains(name(of: descriptor)) }

    private static func name(of descriptor: Int32) -> String {
        var name = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/fd/\(descriptor)", &name, name.count)
        return String(decoding: name.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

private typealias OnFile = @convention(c) @Sendable (Int32) -> Int32
private typealias Resize = @convention(c) @Sendable (Int32, Int) -> Int32
private typealias Write = @convention(c) @Sendable (Int32, UnsafeRawPointer?, Int, Int) -> Int
private typealias Remove = @convention(c) @Sendable (UnsafePointer<CChar>) -> Int32

private let realWrite = next("pwrite64", Write.self)
private let realResize = next("ftruncate64", Resize.self)
private let realDataSync = next("fdatasync", OnFile.self)
private let realSync = next("fsync", OnFile.self)
private let realRemove = next("unlink", Remove.self)

@_cdecl("pwrite64")
public func pwrite64(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ place: Int) -> Int {
    guard StoreFolder.contains(file) else { return realWrite(file, bytes, count, place) }
    return Guillotine.pass("pwrite64", [.before], fault: ENOSPC) { realWrite(file, bytes, count, place) }
}

@_cdecl("ftruncate64")
public func ftruncate64(_ file: Int32, _ size: Int) -> Int32 {
    guard StoreFolder.contains(file) else { return realResize(file, size) }
    return Int32(Guillotine.pass("ftruncate64", [.before], fault: EIO) { Int(realResize(file, size)) })
}

@_cdecl("fdatasync")
public func fdatasync(_ file: Int32) -> Int32 { sync("fdatasync", file, realDataSync) }

@_cdecl("fsync")
public func fsync(_ file: Int32) -> Int32 { sync("fsync", file, realSync) }

private func sync(_ name: String, _ file: Int32, _ real: OnFile) -> Int32 {
    guard StoreFolder.contains(file) else { return real(file) }
    return Int32(Guillotine.pass(name, [.before, .after], fault: EIO) { Int(real(file)) })
}

@_cdecl("unlink")
public func unlink(_ path: UnsafePointer<CChar>) -> Int32 {
    guard StoreFolder.contains(String(cString: path)) else { return realRemove(path) }
    return Int32(Guillotine.pass("unlink", [.before], fault: EIO) { Int(realRemove(path)) })
}
