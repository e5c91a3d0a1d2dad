await MockBankCommand.run()
