/// What the command line asks.
struct MockBankOptions: Equatable {
    var host = "127.0.0.1"
    var port: UInt16 = 8080

    enum Request: Equatable {
        case help
        case serve(MockBankOptions)
    }

    enum Fault: Error, Equatable, CustomStringConvertible {
        case unknown(String)
        case noValue(String)
        case badPort(String)

        var description: String {
            switch self {
            case .unknown(let argument): "unknown option \(argument)"
            case .noValue(let option): "\(option) needs a value"
            case .badPort(let text): "\(text) is not a port (0 to 65535)"
            }
        }
    }

    static let help = """
        mock-bank: seven fictional banks with a STET payment-initiation interface. No real money moves.

        Usage: mock-bank [--host ADDRESS] [--port NUMBER]

          --host ADDRESS   where to listen (127.0.0.1: this machine alone)
          --port NUMBER    port to listen on (8080); 0 takes a free one
          --help           this text

        Prints "mock-bank ready at URL" when it answers; open that URL to see what it offers,
        and URL/mock/banks for the configuration that a gateway loads. Everything is in memory.

        """

    static func read(_ arguments: some Sequence<String>) throws(Fault) -> Request {
        var options = MockBankOptions()
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            switch argument {
            case "--help", "-h": return .help
            case "--host":
                guard let host = rest.next(), !host.isEmpty else { throw .noValue(argument) }
                options.host = host
            case "--port":
                guard let text = rest.next() else { throw .noValue(argument) }
                guard let port = UInt16(text) else { throw .badPort(text) }
                options.port = port
            default: throw .unknown(argument)
            }
        }
        return .serve(options)
    }
}
