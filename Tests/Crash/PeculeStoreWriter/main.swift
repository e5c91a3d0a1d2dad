await StoreWriter.run(CommandLine.arguments)
