/// The text of each step, frozen once released.
enum SchemaSteps {
    static let first = """
        PRAGMA application_id = 1348821877;

        -- Others refer to the number: transfers of one time lie together then, their ids do not.
        CREATE TABLE transfers (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            version INTEGER NOT NULL,
            state TEXT NOT NULL,
            failure TEXT,
            proof_kind TEXT,
            proof TEXT,
            payer TEXT NOT NULL,
            payer_birth_name TEXT NOT NULL,
            payer_usage_name TEXT,
            payer_given_names TEXT NOT NULL,
            permit TEXT NOT NULL,
            establishment TEXT NOT NULL,
            establishment_name TEXT NOT NULL,
            ecrou TEXT NOT NULL,
            detainee_birth_name TEXT NOT NULL,
            detainee_usage_name TEXT,
            detainee_given_names TEXT NOT NULL,
            amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
            payee_name TEXT NOT NULL,
            payee_iban TEXT NOT NULL,
            payee_bic TEXT,
            remittance TEXT NOT NULL,
            drafted_at INTEGER NOT NULL,
            bank TEXT,
            return_address TEXT,
            return_state TEXT,
            browser TEXT,
            chosen_at INTEGER,
            chosen_month INTEGER,
            payment_id TEXT,
            approval_url TEXT,
            approval_expires INTEGER,
            expected_proof TEXT,
            memo TEXT,
            deadline INTEGER,
            updated_at INTEGER NOT NULL,
            unanswered_since INTEGER,
            confirmation_ends INTEGER,
            alarm TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            uncertain_initiations INTEGER NOT NULL,
            reserves INTEGER NOT NULL CHECK (reserves IN (0, 1))
        ) STRICT;

        CREATE UNIQUE INDEX transfers_returning ON transfers (return_state) WHERE return_state IS NOT NULL;
        CREATE INDEX transfers_overdue ON transfers (deadline, id) WHERE deadline IS NOT NULL;
        CREATE INDEX transfers_history ON transfers (payer, drafted_at DESC, id) WHERE bank IS NOT NULL;
        CREATE INDEX transfers_reserved ON transfers (establishment, ecrou, chosen_month) WHERE reserves = 1;

        CREATE TABLE events (
            transfer INTEGER NOT NULL REFERENCES transfers (number),
            version INTEGER NOT NULL,
            event TEXT NOT NULL,
            detail TEXT NOT NULL,
            state TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (transfer, version)
        ) STRICT, WITHOUT ROWID;

        -- A sequence number is never given twice, so that clearing late cannot take another notice away.
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            transfer INTEGER NOT NULL REFERENCES transfers (number),
            version INTEGER NOT NULL,
            state TEXT NOT NULL
        ) STRICT;
        """

    /// Leases, operators' cases, and what caused a change.
    static let second = """
        ALTER TABLE transfers ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE transfers ADD COLUMN rests_until INTEGER;
        ALTER TABLE transfers ADD COLUMN contradiction TEXT;
        ALTER TABLE transfers ADD COLUMN needs_operator INTEGER NOT NULL DEFAULT 0 CHECK (needs_operator IN (0, 1));
        ALTER TABLE transfers ADD COLUMN taken_until INTEGER;
        UPDATE transfers SET needs_operator = 1 WHERE alarm <> '';

        CREATE INDEX transfers_cases ON transfers (id) WHERE needs_operator = 1 OR unanswered_since IS NOT NULL;

        ALTER TABLE events ADD COLUMN correlation TEXT NOT NULL DEFAULT 'none';
        """

    /// What a bank has to be told, and what it tells a payer who answers on his telephone.
    static let third = """
        ALTER TABLE transfers ADD COLUMN answers TEXT;
        ALTER TABLE transfers ADD COLUMN approval_message TEXT;
        """

    /// What the gateway's faces keep beside the transfers.
    static let fourth = """
        CREATE TABLE items (
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            body TEXT NOT NULL,
            due INTEGER,
            PRIMARY KEY (kind, id)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX items_due ON items (kind, due, id) WHERE due IS NOT NULL;
        """
}
