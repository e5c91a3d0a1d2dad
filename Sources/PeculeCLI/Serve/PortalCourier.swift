import Foundation
import Pecule
import PeculeCrypto
import PeculeMail
import PeculePortal

/// What the portal does without being asked: erases what is due, tells applicants and payers by mail.
struct PortalCourier {
    let store: any TransferStore & ItemStore
    let portal: Portal
    let applications: ApplicationDesk
    let accounts: AccountAddresses
    let mails: ApplicationMails
    let carrier: any MailCarrier

    /// Until the task is cancelled.
    func run() async {
        while (try? await Environment.system.sleep(.seconds(1))) != nil {
            // What fails now is due again the next time.
            try? await portal.sweep()
            _ = try? await applications.sweep()
            try? await tellPayers()
            _ = try? await Outbox(store: store).deliver(by: carrier)
        }
    }

    /// A receipt for every transfer that is settled. Cleared only once its mail is kept.
    private func tellPayers() async throws(StoreFault) {
        let notices = try await store.outbox(limit: 100)
        for notice in notices where notice.state == TransferState.settled.name {
            guard let transfer = try await store.transfer(notice.transfer),
                let address = try await accounts.address(of: transfer.order.payer.account),
                let mail = mails.receipt(of: TransferSummary(transfer), to: address)
            else { continue }
            try await Outbox(store: store).put(mail, id: "receipt-\(notice.transfer)")
        }
        if !notices.isEmpty { try await store.clear(notices) }
    }

    /// What is told to whoever has an account, put into the outbox.
    static func tell(through mails: ApplicationMails, in store: any ItemStore) -> Portal.Tell {
        { notice, account throws(StoreFault) in
            guard let address = try await AccountAddresses(store).address(of: account) else { return }
            switch notice {
            case .messageReceived(let reference):
                guard let mail = mails.acknowledgement(ofMessage: reference, to: address) else { return }
                try await Outbox(store: store).put(mail, id: "message-\(reference)")
            case .accountUnused(let erasedAt):
                guard let mail = mails.unused(erasedAt: erasedAt, to: address) else { return }
                let name = Base64URL.encode(SHA256.digest(account.revealed.utf8).prefix(12))
                try await Outbox(store: store).put(mail, id: "unused-\(Int(erasedAt.timeIntervalSince1970))-\(name)")
            }
        }
    }

    /// The mail of a notice, put into the outbox.
    static func notify(
        through mails: ApplicationMails, in store: any ItemStore, _ permits: PermitBook
    ) -> ApplicationDesk.Notify {
        { notice, application throws(StoreFault) in
            let address = application.applicant.email
            var place = ""
            if let id = application.detainee?.establishment { place = try await permits.establishment(id)?.name ?? "" }
            let mail: Mail? =
                switch notice.kind {
                case .submitted:
                    mails.acknowledgement(
                        of: application.id, to: address, establishment: place, receivedAt: notice.at)
                case .complementRequested(let piece):
                    mails.complement(of: application.id, to: address, piece: piece)
                case .accepted, .refused: mails.decision(on: application.id, to: address, decidedAt: notice.at)
                case .cancelled: mails.cancellation(of: application.id, to: address)
                }
            if let mail { try await Outbox(store: store).put(mail, id: notice.id) }
        }
    }
}
