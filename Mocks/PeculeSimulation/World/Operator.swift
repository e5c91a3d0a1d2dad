import Pecule

/// Somebody who looks every minute at what only a person can judge, and lets it go on.
struct Operator {
    let world: World

    func watch() async {
        while !world.isOver {
            await world.executor.wait(30_000 + world.executor.below(30_000))
            await look()
        }
    }

    private func look() async {
        guard let process = world.someProcess else { return }
        let answer = await process.call { gateway throws(PeculeError) in
            try await OperatorDesk(gateway, silence: 60).entries()
        }
        guard case .success(let entries) = answer else { return }
        for entry in entries {
            _ = await process.call { gateway throws(PeculeError) in
                try await OperatorDesk(gateway).review(entry.transfer.id)
            }
        }
    }
}
