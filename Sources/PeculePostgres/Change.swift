import Pecule

/// A write, as the one statement that does it, with its place among those of the same transaction.
///
/// Every transaction takes its locks in this order, so that no two wait for each other: allowances, transfers by id,
/// notices, items by kind and id; the taking of what is overdue comes last, since it waits for nobody.
struct Change: Sendable {
    enum Place: Hashable, Comparable {
        case transfer(String)
        case outbox
        case item(kind: String, id: String)
        case overdue
    }

    let place: Place
    let message: Message
    /// The month of a detainee in which the change takes its share.
    let month: AllowanceMonth?

    private init(_ place: Place, _ message: Message, in month: AllowanceMonth? = nil) {
        (self.place, self.message, self.month) = (place, message, month)
    }

    static func insert(_ transfer: Transfer) throws(StoreFault) -> Change {
        Change(.transfer(transfer.id.text), .run(.insert, try transfer.storableRow()))
    }

    static func replace(
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) throws(StoreFault) -> Change {
        let place = Place.transfer(transfer.id.text)
        let cells = try [.text(transfer.id.text), .integer(expected)] + transfer.storableChanges() + record.row
        guard let allowance else { return Change(place, .run(.replace, cells)) }
        let month = AllowanceMonth(allowance)
        let room = [.integer(allowance.limit.cents)] + month.cells
        return Change(place, .run(.replaceWithin, cells + room), in: month)
    }

    static func clear(_ notices: [TransferNotice]) -> Change {
        let list = notices.map { String($0.sequence) }.joined(separator: ",")
        return Change(.outbox, .run(.clear, [.text("{\(list)}")]))
    }

    static func put(_ item: StoredItem) throws(StoreFault) -> Change {
        Change(place(of: item), .run(item.version == 1 ? .insertItem : .replaceItem, try item.storableRow()))
    }

    static func remove(_ item: StoredItem) throws(StoreFault) -> Change {
        Change(place(of: item), .run(.removeItem, Array(try item.storableRow()[..<3])))
    }

    private static func place(of item: StoredItem) -> Place { .item(kind: item.kind, id: item.id) }

    static func takeOverdue(_ values: [ColumnValue]) -> Change { Change(.overdue, .run(.takeOverdue, values)) }
}

/// What those wait for who begin a transfer of the same detainee in the same month.
struct AllowanceMonth: Sendable, Hashable, Comparable {
    private let establishment: String
    private let ecrou: String
    private let month: Int

    init(_ allowance: MonthlyAllowance) {
        establishment = allowance.detainee.establishment.text
        ecrou = allowance.detainee.ecrouNumber.revealed
        month = allowance.month.number
    }

    var cells: [ColumnValue] { [.text(establishment), .text(ecrou), .integer(month)] }
    var message: Message { .run(.allowance, cells) }

    static func < (one: Self, other: Self) -> Bool {
        (one.establishment, one.ecrou, one.month) < (other.establishment, other.ecrou, other.month)
    }
}
