await Bench.run(CommandLine.arguments)
