import PeculeHTTP

/// Choices under one question, all of them to be seen at once.
struct ChoiceGroup {
    /// Of one answer, or of any number of them: then each has a name of its own, `name-value`.
    enum Kind: String {
        case radio, checkbox
    }

    let kind: Kind
    let name: String
    let legend: String
    let options: [(value: String, text: String)]
    let chosen: Set<String>
    var error: String?

    var html: HTML {
        let error = error.map { text -> HTML in
            #"<span class="error-text" id="\#(name)-erreur"><span aria-hidden="true">✕</span> \#(text)</span>"#
        }
        return """
            <fieldset\(attributes)><legend>\(legend)</legend>\(error)
            \(options.enumerated().map(choice))</fieldset>
            """
    }

    private var attributes: HTML {
        let described: HTML = error == nil ? "" : #" aria-describedby="\#(name)-erreur""#
        guard kind == .radio else { return described }
        let invalid: HTML = error == nil ? "" : #" aria-invalid="true""#
        return #" role="radiogroup" aria-required="true"\#(invalid)\#(described)"#
    }

    /// The first one bears the group's own name, for whoever comes from the summary of what is wrong.
    private func choice(_ place: Int, _ option: (value: String, text: String)) -> HTML {
        let id: HTML = place == 0 ? #" id="\#(name)""# : ""
        let checked: HTML = chosen.contains(option.value) ? " checked" : ""
        return """
            <label class="choice"><input type="\(kind.rawValue)"\(id) \(attributes(of: option.value))\(checked)>\
            <span>\(option.text)</span></label>
            """
    }

    private func attributes(of value: String) -> HTML {
        guard kind == .checkbox else { return #"name="\#(name)" value="\#(value)" required"# }
        let invalid: HTML = error == nil ? "" : #" aria-invalid="true""#
        return #"name="\#(name)-\#(value)" value="oui"\#(invalid)"#
    }
}
