import Pecule

/// `STORE BANKS RETURN-ADDRESS [--kill N] [--plant BUG]`
struct Options {
    /// A file, or `postgresql://…`.
    let store: String
    /// Where the mock bank tells of its banks.
    let banks: String
    let returnAddress: ReturnAddress
    /// Armed from the start, for the writes of opening the store.
    var blade = Guillotine.Blade.raised
    var bug: PlantedBug?

    init?(_ arguments: [String]) {
        guard arguments.count >= 3, let address = ReturnAddress(arguments[2]) else { return nil }
        (store, banks, returnAddress) = (arguments[0], arguments[1], address)
        var rest = arguments.dropFirst(3).makeIterator()
        while let option = rest.next() {
            guard let value = rest.next() else { return nil }
            switch option {
            case "--kill": blade = Int(value).map { .kill(at: $0) } ?? .raised
            case "--plant": bug = PlantedBug(rawValue: value)
            default: return nil
            }
        }
    }
}

/// A mistake that a gateway could make, made on purpose: who looks for lost and doubled transfers must find it.
enum PlantedBug: String {
    /// Answers before the write is durable.
    case earlyAnswer = "early-answer"
    /// Names a payment to the bank by something else than the transfer's id, new in each process.
    case newKey = "new-key"
}
