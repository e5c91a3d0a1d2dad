/// Why a bank does not believe a call.
struct TrustFault: Error, Equatable {
    /// The message codes of Berlin Group's standard; STET has none, and its banks use the same.
    enum Code: String {
        case certificateMissing = "CERTIFICATE_MISSING"
        case certificateInvalid = "CERTIFICATE_INVALID"
        case certificateExpired = "CERTIFICATE_EXPIRED"
        case roleInvalid = "ROLE_INVALID"
        case signatureMissing = "SIGNATURE_MISSING"
        case signatureInvalid = "SIGNATURE_INVALID"
        case timestampInvalid = "TIMESTAMP_INVALID"
    }

    let code: Code
    let text: String

    init(_ code: Code, _ text: String) { (self.code, self.text) = (code, text) }

    /// One initiator's token in the hands of another.
    static let notTheClients = TrustFault(.certificateInvalid, "the certificate is not that of the token's client")
}

extension BerlinFault {
    init(_ fault: TrustFault) {
        self.init(fault.code == .timestampInvalid ? 400 : 401, fault.code.rawValue, fault.text)
    }
}

extension StetFault {
    /// STET calls an invalid request `FF01`, whatever is wrong with it.
    init(_ fault: TrustFault) {
        switch fault.code {
        case .certificateMissing, .certificateInvalid, .certificateExpired:
            self.init(401, fault.text, code: fault.code.rawValue)
        case .roleInvalid: self.init(403, fault.text, code: fault.code.rawValue)
        case .signatureMissing, .signatureInvalid, .timestampInvalid: self.init(400, fault.text, code: "FF01")
        }
    }
}

extension TokenFault {
    init(_ fault: TrustFault) {
        self.init("invalid_client", "\(fault.code.rawValue): \(fault.text)")
        status = 401
    }
}
