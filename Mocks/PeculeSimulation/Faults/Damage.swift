import PeculeHTTP

/// What happens to a reply on its way.
struct Damage {
    let world: World
    let exchange: Exchange

    func done(to reply: HTTPResponse) -> HTTPResponse {
        var reply = reply
        if strikes(.wrongStatus) { reply.status = Self.statuses[world.executor.below(Self.statuses.count)] }
        guard !reply.body.isEmpty else { return reply }
        let place = world.executor.below(reply.body.count)
        if strikes(.truncatedBody) { reply.body = Array(reply.body[..<place]) }
        // A control character makes any JSON unreadable, wherever it stands.
        if strikes(.garbledBody) { reply.body.insert(0, at: min(place, reply.body.count)) }
        if strikes(.removedField) { reply.body = withoutOneField(reply.body) }
        if !["open", "token"].contains(exchange.step), strikes(.hostileReply) {
            reply = Lie(reply, world.executor)?.response ?? reply
        }
        return reply
    }

    private func strikes(_ fault: Fault) -> Bool { world.strikes(fault, exchange.transfer) }

    private static let statuses = [202, 204, 302, 400, 403, 404, 409, 422, 500, 502]

    private func withoutOneField(_ body: [UInt8]) -> [UInt8] {
        guard let value = try? JSON(parsing: body) else { return body }
        return smaller(value).bytes
    }

    private func smaller(_ value: JSON) -> JSON {
        switch value {
        case .object(var object) where !object.members.isEmpty:
            let member = object.members[world.executor.below(object.members.count)]
            let isLeaf = member.value.object == nil && member.value.array == nil
            object[member.name] = isLeaf || world.executor.below(4) == 0 ? nil : smaller(member.value)
            return .object(object)
        case .array(var values) where !values.isEmpty:
            let index = world.executor.below(values.count)
            values[index] = smaller(values[index])
            return .array(values)
        default: return value
        }
    }
}

/// A success that is reported of another payment than the one that was asked about.
struct Lie {
    let response: HTTPResponse

    init?(_ honest: HTTPResponse, _ executor: SeededExecutor) {
        guard let report = honest.paymentReport else { return nil }
        var lie = report
        lie.status = "ACSC"
        switch executor.below(3) {
        case 0: lie.amount = "9999.99"
        case 1: lie.endToEndID = "OTHER"
        default: lie.creditor = "FR7699992000420000009876566"
        }
        response = lie.response
    }
}
