import PeculeHTTP

/// One sheet for all pages. Neither the State's design nor FranceConnect's.
enum Stylesheet {
    static let response = HTTPResponse(
        status: 200,
        fields: [
            "Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=3600",
            "X-Content-Type-Options": "nosniff",
        ], body: Array(rules.utf8))

    private static let rules = """
        :root { --ink: #16202c; --muted: #51606f; --paper: #fff; --page: #f4f6f8; --brand: #3d4a9e; --link: #3d4a9e;
          --line: #6b7a88; --error: #a3161f; --focus: #0a6cff; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #eef2f6; --muted: #a9b6c2; --paper: #1a222c; --page: #10161d; --link: #b9c2ff;
            --line: #8b9aa8; --error: #ff9d9d; --focus: #7ab4ff; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 18px/1.5 system-ui, "Segoe UI", Roboto,
          "Noto Sans", "DejaVu Sans", sans-serif; }
        .skip { position: absolute; left: -999px; }
        .skip:focus { left: 8px; top: 8px; padding: 8px 16px; background: var(--paper); color: var(--link); }
        .simulation { margin: 0; padding: 8px 16px; text-align: center; font-weight: 600; background: #fff4dc;
          color: #5c3a00; }
        header { background: var(--brand); color: #fff; }
        .wordmark { max-width: 720px; margin: 0 auto; padding: 16px; font-size: 22px; font-weight: 700; }
        main { max-width: 720px; margin: 0 auto; padding: 24px 16px 48px; }
        h1 { font-size: 28px; line-height: 1.25; margin: 0 0 24px; overflow-wrap: anywhere; }
        h2 { font-size: 20px; margin: 24px 0 8px; }
        .choices { list-style: none; margin: 0; padding: 0; }
        .choices li { margin: 0 0 8px; }
        .choices button { width: 100%; text-align: left; background: var(--paper); color: inherit; font-weight: 400;
          border-color: var(--line); overflow-wrap: anywhere; }
        .person { font-size: 22px; font-weight: 700; overflow-wrap: anywhere; }
        .alert { color: var(--error); background: var(--paper); border: 2px solid var(--error); border-radius: 8px;
          padding: 12px 16px; margin: 0 0 24px; font-weight: 600; }
        .consent label { display: flex; gap: 12px; align-items: flex-start; }
        .consent input { width: 24px; height: 24px; flex: none; accent-color: var(--brand); }
        details { margin: 0 0 24px; padding: 4px 20px; background: var(--paper); border: 1px solid var(--line);
          border-radius: 8px; }
        summary { cursor: pointer; min-height: 44px; padding: 8px 0; font-weight: 600; }
        button { font: inherit; font-weight: 600; min-height: 48px; padding: 8px 24px; border-radius: 8px;
          border: 2px solid var(--brand); background: var(--brand); color: #fff; cursor: pointer; }
        button.second { background: transparent; color: var(--link); border-color: var(--link); margin-top: 16px; }
        a { color: var(--link); }
        code { overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; margin: 0 0 24px; }
        table { border-collapse: collapse; width: 100%; font-size: 15px; }
        caption { text-align: left; font-weight: 600; font-size: 18px; padding: 8px 0; }
        th, td { text-align: left; padding: 8px; border-bottom: 1px solid var(--line); vertical-align: top; }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
        """
}
