import Pecule

/// The numbered steps that make the tables, from version 1 on. A step that was released is never changed: a new one is
/// added.
struct Schema {
    let steps: [String]

    static let current = Schema(steps: [SchemaSteps.first, SchemaSteps.second, SchemaSteps.third, SchemaSteps.fourth])

    /// `Pecu` in the header of the file, so that nobody else's database is taken for ours.
    static let application = 0x5065_6375

    var version: Int { steps.count }

    /// Brings a file to this schema. Other processes may do the same at the same time.
    func prepare(_ connection: Connection) throws(SQLiteStoreError) {
        try check(connection)
        try SQLiteStoreError.opening { () throws(SQLiteFailure) in
            try connection.beginLogging()
            try connection.secureLog()
            while try advance(connection) {}
            try connection.prepareAll()
        }
    }

    /// Looks before anything is changed.
    private func check(_ connection: Connection) throws(SQLiteStoreError) {
        // In this order: a process that makes the tables in between is then seen to be one of ours.
        let (tables, found, application) = try SQLiteStoreError.opening { () throws(SQLiteFailure) in
            (
                try connection.integer(.tableCount), try connection.integer(.schemaVersion),
                try connection.integer(.application)
            )
        }
        guard application == Self.application || (tables == 0 && found == 0) else { throw .foreign }
        guard found <= version else { throw .newerSchema(found: found, known: version) }
    }

    /// One step in a transaction of its own; false when none is left.
    private func advance(_ connection: Connection) throws(SQLiteFailure) -> Bool {
        try connection.run(.begin)
        let found = try connection.integer(.schemaVersion)
        guard steps.indices.contains(found) else {
            try connection.run(.commit)
            return false
        }
        try connection.execute(steps[found])
        try connection.execute("PRAGMA user_version = \(found + 1)")
        try connection.run(.commit)
        return true
    }
}
