import Foundation

/// `pecule`: reads the first word and hands the rest to its command.
enum CommandLineTool {
    static func run() async {
        let words = Array(CommandLine.arguments.dropFirst())
        switch words.first {
        case "demo": await demo(Array(words.dropFirst()))
        case "simulate": await simulate(Array(words.dropFirst()))
        case "banks": banks(Array(words.dropFirst()))
        case "serve": await serve(Array(words.dropFirst()))
        case "gateway": await gateway(Array(words.dropFirst()))
        case "doctor": await doctor(Array(words.dropFirst()))
        case "keys": await keys(Array(words.dropFirst()))
        case "transfers": await transfers(Array(words.dropFirst()))
        case nil, "help", "--help", "-h": print(help)
        case let word?: fail("unknown command: \(word)", hint: "pecule --help")
        }
    }

    private static let help = """
        pecule: top up a detained person's pécule through a (simulated) bank.

        Usage: pecule COMMAND

        Commands:
          demo        one transfer from the typed amount to the bank's ledger, over real HTTP (pecule demo --help)
          serve       the relatives' portal on this machine, with all around it simulated (pecule serve --help)
          simulate    thousands of runs on virtual time in which everything goes wrong (pecule simulate --help)
          banks       the documents by which a gateway knows its banks (pecule banks --help)
          gateway     the gateway as a service, for portals elsewhere (pecule gateway --help)
          doctor      holds the settings of that service against the world (takes the options of gateway)
          keys        who may call that service (pecule keys --help)
          transfers   what a gateway's operators have to look at (pecule transfers --help)
        """

    private static func demo(_ words: [String]) async {
        let options: DemoOptions
        do throws(UsageError) { options = try DemoOptions(words) } catch {
            fail(error.problem, hint: "pecule demo --help")
        }
        guard !options.wantsHelp else { return print(DemoOptions.help) }
        exit(await Demo(options).run() ? 0 : 1)
    }

    private static func simulate(_ words: [String]) async {
        let options: SimulateOptions
        do throws(UsageError) { options = try SimulateOptions(words) } catch {
            fail(error.problem, hint: "pecule simulate --help")
        }
        guard !options.wantsHelp else { return print(SimulateOptions.help) }
        exit(await Simulate(options).run() ? 0 : 1)
    }

    private static func banks(_ words: [String]) {
        do {
            guard case .check(let path) = try BanksOptions(words).action else { return print(BanksOptions.help) }
            let check = BankCheck(Array(try Data(contentsOf: URL(filePath: path))))
            for finding in check.findings { Terminal().line(finding.text, finding.isGood ? .good : .bad) }
            exit(check.isSound ? 0 : 1)
        } catch let error as UsageError {
            fail(error.problem, hint: "pecule banks --help")
        } catch {
            fail("the file cannot be read: \(error.localizedDescription)", hint: "pecule banks --help")
        }
    }

    private static func serve(_ words: [String]) async {
        await attempt(hint: "pecule serve --help") {
            let options = try ServeOptions(words)
            guard !options.wantsHelp else { return print(ServeOptions.help) }
            try await PortalProcess(options: options).run(until: StopSignal.wait)
        }
    }

    private static func gateway(_ words: [String]) async {
        await attempt(hint: "pecule gateway --help") {
            let options = try GatewayOptions(words)
            guard !options.wantsHelp else { return print(GatewayOptions.help) }
            var settings = try options.settings(ProcessInfo.processInfo.environment)
            if settings.isDemo { settings.store = .fresh("pecule-gateway") }
            try await GatewayProcess(settings: settings, log: .standardError).run(until: StopSignal.wait)
        }
    }

    private static func doctor(_ words: [String]) async {
        await attempt(hint: "pecule gateway --help") {
            let options = try GatewayOptions(words)
            guard !options.wantsHelp else { return print(GatewayOptions.help) }
            exit(await Doctor(try options.settings(ProcessInfo.processInfo.environment)).run() ? 0 : 1)
        }
    }

    private static func keys(_ words: [String]) async {
        await attempt(hint: "pecule keys --help") {
            let options = try KeysOptions(words)
            if case .help = options.action { return print(KeysOptions.help) }
            exit(try await Keys(try await options.store.open()).run(options.action) ? 0 : 1)
        }
    }

    private static func transfers(_ words: [String]) async {
        await attempt(hint: "pecule transfers --help") {
            let options = try TransfersOptions(words)
            switch options.action {
            case .help: return print(TransfersOptions.help)
            case .force(let force): return try await force.run(Terminal())
            case .create(let creation):
                guard let key = ProcessInfo.processInfo.environment["PECULE_KEY"] else {
                    throw UsageError(problem: "PECULE_KEY: missing; a key of the client, from pecule keys add")
                }
                return try await creation.run(key: key, Terminal())
            default: break
            }
            exit(try await Transfers(try await options.store.openExisting()).run(options.action) ? 0 : 1)
        }
    }

    /// Says what is wrong with the words or the settings, or what went wrong after them.
    private static func attempt(hint: String, _ command: () async throws -> Void) async {
        do {
            try await command()
        } catch let error as UsageError {
            fail(error.problem, hint: hint)
        } catch let error as GatewaySettings.Problems {
            fail(error.all.joined(separator: "\npecule: "), hint: hint)
        } catch {
            FileHandle.standardError.write(Data("pecule: \(error)\n".utf8))
            exit(1)
        }
    }

    /// Exit code 2: the command line itself is wrong and nothing was started.
    private static func fail(_ problem: String, hint: String) -> Never {
        FileHandle.standardError.write(Data("pecule: \(problem)\nTry: \(hint)\n".utf8))
        exit(2)
    }
}

struct UsageError: Error {
    let problem: String
}
