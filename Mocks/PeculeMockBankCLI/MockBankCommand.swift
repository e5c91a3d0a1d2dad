import FoundationEssentials
import Glibc
import PeculeCurl
import PeculeMockBank
import PeculeMockFranceConnect

/// `mock-bank`: runs the simulated banks until told to stop.
enum MockBankCommand {
    @MainActor static func run() async {
        do throws(MockBankOptions.Fault) {
            switch try MockBankOptions.read(CommandLine.arguments.dropFirst()) {
            case .help: say(MockBankOptions.help)
            case .certificates(let folder): makeCertificates(folder)
            case .serve(let options): await serve(options)
            }
        } catch {
            complain("mock-bank: \(error.description)\nTry mock-bank --help\n")
            exit(2)
        }
    }

    @MainActor private static func serve(_ options: MockBankOptions) async {
        // On the main thread, before any other exists: threads inherit that they leave these signals to this one.
        let signals = StopSignals()
        do {
            let trust = try options.tls.map { try MockBankTrust(folder: $0) }
            let profiles = MockBankProfile.all + (trust == nil ? [] : MockBankProfile.secured)
            let authorities = options.tls.map { "\($0)/ca.pem" }
            let bank = MockBank(
                profiles: profiles, trust: trust,
                transport: CurlTransport(.init(trustedAuthoritiesFile: authorities, userAgent: "mock-bank")))
            prepare(bank, options)
            // The world's time, and not that of the banks, which QA moves by months: a service would not believe it.
            let provider = MockFranceConnect(
                services: [options.service], clock: { Date(timeIntervalSince1970: TimeInterval(time(nil))) })
            let server = try MockBankServer.start(
                bank, host: options.host, port: options.port, tls: trust?.server,
                guests: [MockFranceConnect.folder: provider])
            provider.move(to: server.baseURL)
            say("mock-bank ready at \(server.baseURL)\nFranceConnect simulated at \(provider.issuer)\n")
            signals.wait()
            await server.stop(within: .seconds(2))
        } catch let fault as MockBankTrust.Fault {
            complain("mock-bank: \(fault)\n")
            exit(1)
        } catch {
            complain("mock-bank: cannot listen on \(options.host) port \(options.port): \(error)\n")
            exit(1)
        }
    }

    private static func prepare(_ bank: MockBank, _ options: MockBankOptions) {
        do {
            if let file = options.customers { try bank.loadCustomers(Array(contents(of: file).utf8)) }
            if let file = options.scenarios { try bank.addScenarios(contents(of: file)) }
            try bank.play(options.scenario)
            bank.readCents(options.cents)
        } catch {
            complain("mock-bank: \(error)\n")
            exit(2)
        }
    }

    private static func contents(of file: String) -> String {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            complain("mock-bank: \(file) is not readable as UTF-8 text\n")
            exit(2)
        }
        return text
    }

    private static func makeCertificates(_ folder: String) {
        do {
            for (name, what) in try MockBankCertificates.make(in: folder, at: time(nil)) {
                say("\(folder)/\(name).pem, .key  \(what)\n")
            }
        } catch {
            complain("mock-bank: \(error)\n")
            exit(1)
        }
    }

    /// Unbuffered: whoever started this process waits for the line.
    private static func say(_ text: String) { write(text, to: STDOUT_FILENO) }
    private static func complain(_ text: String) { write(text, to: STDERR_FILENO) }

    private static func write(_ text: String, to file: Int32) {
        var text = text
        text.withUTF8 { bytes in _ = Glibc.write(file, bytes.baseAddress, bytes.count) }
    }
}

/// SIGTERM and SIGINT, taken one by one instead of ending the process.
struct StopSignals {
    private var set = sigset_t()

    init() {
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Blocks this thread until one of them comes.
    func wait() {
        var (set, signal) = (set, Int32(0))
        sigwait(&set, &signal)
    }
}
