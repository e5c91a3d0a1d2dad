import PeculeHTTP

/// One sheet for all pages, in the colour of the place.
enum Stylesheet {
    static func response(colour: String) -> HTTPResponse {
        let text = ":root { --brand: \(colour); }\n" + rules
        return HTTPResponse(
            status: 200,
            fields: [
                "Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=3600",
                "X-Content-Type-Options": "nosniff",
            ], body: Array(text.utf8))
    }

    private static let rules = """
        :root { --ink: #16202c; --muted: #51606f; --paper: #fff; --page: #f4f6f8; --line: #c9d3da; --field: #6b7a88;
          --link: var(--brand); --ok: #17663a; --warn: #7a4d00; --error: #a3161f; --focus: #0a6cff; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #eef2f6; --muted: #a9b6c2; --paper: #1a222c; --page: #10161d; --line: #3a4753;
            --field: #8b9aa8; --link: #9fd0f5; --ok: #7fd6a2; --warn: #f0c069; --error: #ff9d9d; --focus: #7ab4ff; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 18px/1.5 system-ui, "Segoe UI", Roboto,
          "Noto Sans", "DejaVu Sans", sans-serif; }
        .skip { position: absolute; left: -999px; }
        .skip:focus { left: 8px; top: 8px; padding: 8px 16px; background: var(--paper); color: var(--link); }
        .simulation { margin: 0; padding: 4px 16px; text-align: center; font-size: 15px; background: #fff4dc;
          color: #5c3a00; }
        header { background: var(--brand); color: #fff; padding: 20px 0; }
        .wordmark { max-width: 720px; margin: 0 auto; padding: 0 16px; font-size: 22px; font-weight: 700; }
        main { max-width: 720px; margin: 0 auto; padding: 24px 16px 48px; }
        h1 { font-size: 28px; line-height: 1.25; margin: 0 0 24px; }
        h2 { font-size: 18px; margin: 0 0 8px; }
        .step { margin: 0 0 4px; color: var(--muted); font-size: 15px; }
        .box, .phone, details { background: var(--paper); border: 1px solid var(--line); border-radius: 8px;
          padding: 16px 20px; margin: 0 0 24px; }
        .box { border-left: 6px solid var(--link); }
        dl { margin: 0; }
        dt { color: var(--muted); font-size: 15px; }
        dd { margin: 0 0 12px; overflow-wrap: anywhere; }
        dd:last-child { margin-bottom: 0; }
        .amount { font-size: 36px; font-weight: 700; font-variant-numeric: tabular-nums; line-height: 1.2; }
        .iban { font-variant-numeric: tabular-nums; }
        .phone { border: 2px solid var(--field); border-radius: 24px; max-width: 360px; font-size: 15px; }
        .digits { margin: 8px 0; font-size: 28px; font-weight: 700; letter-spacing: 4px;
          font-variant-numeric: tabular-nums; }
        label, legend { font-weight: 600; display: block; }
        .hint { color: var(--muted); font-size: 15px; margin: 0 0 4px; display: block; font-weight: 400; }
        .field { margin: 0 0 20px; }
        .field input { font: inherit; width: 100%; max-width: 360px; min-height: 48px; padding: 8px 12px;
          color: inherit; background: var(--paper); border: 2px solid var(--field); border-radius: 8px; }
        .field input[aria-invalid] { border-color: var(--error); }
        fieldset { border: 0; margin: 0 0 20px; padding: 0; }
        .choice { display: flex; gap: 12px; align-items: center; min-height: 44px; padding: 8px 12px; margin: 8px 0;
          background: var(--paper); border: 1px solid var(--field); border-radius: 8px; }
        .choice input { width: 22px; height: 22px; accent-color: var(--brand); flex: none; }
        .choice span { font-weight: 400; min-width: 0; }
        .error-text, .alert { color: var(--error); font-weight: 600; }
        .alert { background: var(--paper); border: 2px solid var(--error); border-radius: 8px; padding: 12px 16px;
          margin: 0 0 24px; }
        .alert a { color: inherit; }
        .status { border: 2px solid var(--ok); border-radius: 8px; padding: 12px 16px; margin: 0 0 24px;
          background: var(--paper); }
        .match { color: var(--ok); } .caution { color: var(--warn); }
        button, .button { font: inherit; font-weight: 600; min-height: 48px; padding: 8px 24px; border-radius: 8px;
          border: 2px solid var(--brand); background: var(--brand); color: #fff; cursor: pointer; display: inline-block;
          text-decoration: none; }
        button.second { background: transparent; color: var(--link); border-color: var(--link); }
        form.second { margin-top: 16px; display: inline-block; margin-right: 12px; }
        a { color: var(--link); }
        summary { cursor: pointer; min-height: 44px; padding: 8px 0; font-weight: 600; }
        details { margin-top: 24px; padding: 4px 20px; }
        table { border-collapse: collapse; width: 100%; font-size: 15px; }
        th, td { text-align: left; padding: 8px; border-bottom: 1px solid var(--line); vertical-align: top; }
        .scroll { overflow-x: auto; }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
        """
}
