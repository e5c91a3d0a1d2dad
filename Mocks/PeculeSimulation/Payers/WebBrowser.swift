import PeculeHTTP
import PeculeMockBank

/// A payer's browser at one bank: follows redirects, keeps cookies, sends forms, can click twice and reload.
struct WebBrowser {
    enum Place {
        case page(WebPage)
        /// Sent back to the portal with this query.
        case portal(query: String)
        case lost
    }

    let world: World
    private var cookies: [String: String] = [:]
    private var address = ""

    init(_ world: World) { self.world = world }

    mutating func open(_ link: String) async -> Place { await follow(HTTPRequest(.get, link)) }

    mutating func reload() async -> Place { await follow(HTTPRequest(.get, address)) }

    mutating func submit(_ form: WebPage.Form, _ typed: [String: String], twice: Bool) async -> Place {
        let request = HTTPRequest(
            .post, World.bankOrigin + form.action,
            fields: ["Content-Type": "application/x-www-form-urlencoded"], body: Array(form.filled(typed).text.utf8))
        if twice {
            let (again, world) = (dressed(request), world)
            world.executor.start {
                await world.executor.wait(world.executor.below(60))
                _ = await world.bank.respond(to: again)
            }
        }
        return await follow(request)
    }

    private mutating func follow(_ first: HTTPRequest) async -> Place {
        var request = first
        for _ in 0..<5 {
            guard request.target.hasPrefix(World.bankOrigin) else { return arrival(request.target) }
            await world.executor.wait(5 + world.executor.below(50))
            let response = await world.bank.respond(to: dressed(request))
            for cookie in response.fields.values(of: "Set-Cookie") {
                let pair = cookie.parts(at: UInt8(ascii: ";"))[0]
                cookies[String(pair.parts(at: UInt8(ascii: "="))[0])] = String(pair)
            }
            address = request.target
            guard response.status == 303, let location = response.fields["Location"] else {
                return response.status == 200 ? .page(WebPage(response.body)) : .lost
            }
            request = HTTPRequest(.get, location.hasPrefix("/") ? World.bankOrigin + location : location)
        }
        return .lost
    }

    private func arrival(_ target: String) -> Place {
        guard target.hasPrefix(World.returnAddress + "?") else { return .lost }
        return .portal(query: String(target.dropFirst(World.returnAddress.count + 1)))
    }

    /// As a server receives it.
    private func dressed(_ request: HTTPRequest) -> HTTPRequest {
        var request = World.received(request)
        let known = cookies.values.sorted()
        if !known.isEmpty { request.fields.append(known.joined(separator: "; "), for: "Cookie") }
        return request
    }
}
