await CrashGateway.run(Array(CommandLine.arguments.dropFirst()))
