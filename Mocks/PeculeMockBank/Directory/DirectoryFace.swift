import PeculeHTTP

/// What a gateway or a person may read about the simulated banks before anything is paid.
struct DirectoryFace: Sendable {
    let desk: Desk

    private var books: BankBooks { desk.books }

    func install(in router: inout HTTPRouter) {
        router.on(.get, "/mock/banks") { _, _ in .json(.array(books.all { [BankDocument(state: $0).json] })) }
        router.on(.get, "/") { _, _ in
            HomePage(root: BankState.path(of: books.baseURL), seed: desk.currentSeed).response()
        }
        router.on(.get, HomePage.stylesheet) { _, _ in Stylesheet.response(colour: HomePage.colour) }
        router.on(.get, "/health") { _, _ in .json(["status": "ok"]) }
    }
}
