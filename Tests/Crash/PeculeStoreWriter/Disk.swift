import Glibc

/// Takes room away from the files of this process, and gives it back.
enum Disk {
    /// The greatest size that a file may be written to.
    static func limit(_ bytes: rlim_t) {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        limit.rlim_cur = bytes
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    }

    /// Writes until nothing more fits.
    static func fill(beside path: String) {
        let file = open(ballast(path), O_CREAT | O_WRONLY | O_TRUNC, 0o600)
        let block = [UInt8](repeating: 1, count: 4_096)
        var size = block.count
        while size > 0 { if write(file, block, size) <= 0 { size /= 2 } }
        close(file)
    }

    static func free(beside path: String) { unlink(ballast(path)) }

    private static func ballast(_ path: String) -> String { path + ".ballast" }
}
