import PeculeHTTP
import Testing

@Suite("Several handlers behind one server")
struct HTTPMountTests {
    private struct Named: HTTPHandler {
        let name: String

        func respond(to request: HTTPRequest) async -> HTTPResponse {
            HTTPResponse(status: 200, body: Array("\(name) \(request.target)".utf8))
        }
    }

    @Test(
        "the first segment decides, and each sees the whole path",
        arguments: [
            ("/guest", "guest /guest"), ("/guest/", "guest /guest/"), ("/guest/a?b", "guest /guest/a?b"),
            ("/guest?a", "guest /guest?a"), ("/", "rest /"), ("/guests", "rest /guests"), ("/a/guest", "rest /a/guest"),
            ("//guest", "rest //guest"), ("/GUEST", "rest /GUEST"),
        ])
    func mount(_ target: String, answer: String) async {
        let mount = HTTPMount(["guest": Named(name: "guest")], else: Named(name: "rest"))
        let response = await mount.respond(to: HTTPRequest(.get, target))
        #expect(String(decoding: response.body, as: UTF8.self) == answer)
    }
}
