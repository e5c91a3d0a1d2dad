AuditCommand.run()
