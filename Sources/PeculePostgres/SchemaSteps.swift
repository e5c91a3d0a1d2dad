/// The text of each step, frozen once released.
enum SchemaSteps {
    /// Ids are put in order byte by byte, wherever the database comes from.
    static let first = """
        CREATE TABLE schema_version (
            application TEXT PRIMARY KEY,
            version BIGINT NOT NULL
        );
        INSERT INTO schema_version VALUES ('pecule transfers', 0);

        CREATE TABLE transfers (
            id TEXT COLLATE "C" PRIMARY KEY,
            version BIGINT NOT NULL,
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
            amount_cents BIGINT NOT NULL CHECK (amount_cents > 0),
            payee_name TEXT NOT NULL,
            payee_iban TEXT NOT NULL,
            payee_bic TEXT,
            remittance TEXT NOT NULL,
            drafted_at BIGINT NOT NULL,
            bank TEXT,
            return_address TEXT,
            return_state TEXT,
            browser TEXT,
            chosen_at BIGINT,
            chosen_month BIGINT,
            payment_id TEXT,
            approval_url TEXT,
            approval_expires BIGINT,
            expected_proof TEXT,
            memo TEXT,
            deadline BIGINT,
            updated_at BIGINT NOT NULL,
            unanswered_since BIGINT,
            confirmation_ends BIGINT,
            alarm TEXT NOT NULL,
            attempts BIGINT NOT NULL,
            uncertain_initiations BIGINT NOT NULL,
            reserves BIGINT NOT NULL CHECK (reserves IN (0, 1)),
            requests BIGINT NOT NULL,
            rests_until BIGINT,
            contradiction TEXT,
            needs_operator BIGINT NOT NULL CHECK (needs_operator IN (0, 1)),
            taken_until BIGINT
        );

        CREATE UNIQUE INDEX transfers_returning ON transfers (return_state) WHERE return_state IS NOT NULL;
        CREATE INDEX transfers_overdue ON transfers (deadline, id) WHERE deadline IS NOT NULL;
        CREATE INDEX transfers_history ON transfers (payer, drafted_at DESC, id) WHERE bank IS NOT NULL;
        CREATE INDEX transfers_reserved ON transfers (establishment, ecrou, chosen_month) WHERE reserves = 1;
        CREATE INDEX transfers_cases ON transfers (id) WHERE needs_operator = 1 OR unanswered_since IS NOT NULL;

        CREATE TABLE events (
            transfer TEXT COLLATE "C" NOT NULL REFERENCES transfers (id),
            version BIGINT NOT NULL,
            event TEXT NOT NULL,
            detail TEXT NOT NULL,
            state TEXT NOT NULL,
            at BIGINT NOT NULL,
            correlation TEXT NOT NULL,
            PRIMARY KEY (transfer, version)
        );

        -- One number after the other, without a reserve for each session: of one transfer the later notice has the
        -- greater one, and a number is never given twice.
        CREATE TABLE outbox (
            sequence BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
            transfer TEXT COLLATE "C" NOT NULL REFERENCES transfers (id),
            version BIGINT NOT NULL,
            state TEXT NOT NULL
        );

        -- What those wait for who begin a transfer of the same detainee in the same month; the sum is not kept here.
        CREATE TABLE allowances (
            establishment TEXT NOT NULL,
            ecrou TEXT NOT NULL,
            month BIGINT NOT NULL,
            uses BIGINT NOT NULL,
            PRIMARY KEY (establishment, ecrou, month)
        );
        """

    /// What a bank has to be told, and what it tells a payer who answers on his telephone.
    static let second = """
        ALTER TABLE transfers ADD COLUMN answers TEXT;
        ALTER TABLE transfers ADD COLUMN approval_message TEXT;
        """

    /// What the gateway's faces keep beside the transfers.
    static let third = """
        CREATE TABLE items (
            kind TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            version BIGINT NOT NULL,
            body TEXT NOT NULL,
            due BIGINT,
            PRIMARY KEY (kind, id)
        );

        CREATE INDEX items_due ON items (kind, due, id) WHERE due IS NOT NULL;
        """
}
