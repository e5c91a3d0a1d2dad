import PeculeHTTP
import Testing

@Suite("Dates in fields")
struct DateTests {
    @Test("are read back as they are written", arguments: [
        0, 1, 59, 86_399, 86_400, 951_782_400, 951_868_800, 1_709_164_800, 1_445_412_480, 4_102_444_800,
        253_402_300_799,
    ])
    func roundTrip(_ seconds: Int) { #expect(HTTPDate.seconds(HTTPDate.text(seconds)) == seconds) }

    @Test("every day of 400 years")
    func everyDay() {
        let noons = (0..<146_097).map { $0 * 86_400 + 43_200 }
        #expect(noons.filter { HTTPDate.seconds(HTTPDate.text($0)) != $0 } == [])
    }

    @Test("are refused in any other form", arguments: [
        "", "Sun, 06 Nov 1994 08:49:37", "Sun, 6 Nov 1994 08:49:37 GMT", "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:49:60 GMT", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 nov 1994 08:49:37 GMT",
        "Wed, 30 Feb 2000 00:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 06 Nov 99999 08:49:37 GMT",
        "Sun, 06 Nov -1994 08:49:37 GMT",
    ])
    func refused(_ text: String) { #expect(HTTPDate.seconds(text) == nil) }
}
