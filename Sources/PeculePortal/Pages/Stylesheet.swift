import PeculeHTTP

/// One sheet for all pages.
enum Stylesheet {
    static let response = HTTPResponse(
        status: 200,
        fields: [
            "Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=3600",
            "X-Content-Type-Options": "nosniff",
        ], body: Array(rules.utf8))

    private static let rules = """
        :root { color-scheme: light dark; --ink: #16202c; --muted: #51606f; --brand: #124f6b; --brand-soft: #e7f0f4;
          --paper: #fff; --page:
          #f6f8f9;
          --line: #c9d3da; --field: #6b7a88; --grey: #e9edf0; --on-brand: #fff; --ok: #17663a; --ok-soft: #e6f4ea;
          --warn: #7a4d00; --warn-soft: #fff4dc; --error: #a3161f; --error-soft: #fdecec; --focus: #0a6cff; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #eef2f6; --muted: #a9b6c2; --brand: #9fd0ea; --brand-soft: #20323d; --paper: #1a222c;
            --page: #10161d; --line: #3a4753; --field: #8b9aa8; --grey: #26303a; --on-brand: #10161d; --ok: #7fd6a2;
            --ok-soft: #16301f; --warn: #f0c069; --warn-soft: #33280f; --error: #ff9d9d; --error-soft: #3a1a1c;
            --focus: #7ab4ff; } }
        * { box-sizing: border-box; }
        body { overflow-wrap: break-word; margin: 0; background: var(--page); color: var(--ink);
          font: 1.125rem/1.5 system-ui, "Segoe UI", Roboto,
          "Noto Sans", "DejaVu Sans", sans-serif; }
        a { color: var(--brand); }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
        .skip { position: absolute; left: -999px; }
        .skip:focus { left: 8px; top: 8px; padding: 8px 16px; background: var(--paper); z-index: 1; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .simulation { margin: 0; padding: 4px 16px; text-align: center; font-size: 15px; background: var(--warn-soft);
          color: var(--warn); }
        header { background: var(--paper); border-bottom: 1px solid var(--line); }
        .bar, .tabs, main, footer { max-width: 1040px; margin: 0 auto; padding: 0 16px; }
        .bar { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; justify-content: space-between;
          padding-top: 12px; }
        .site { margin: 0; font-weight: 700; font-size: 22px; line-height: 1.25; }
        .site a { color: inherit; text-decoration: none; }
        .account { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; }
        .tabs { display: flex; overflow-x: auto; list-style: none; gap: 4px; margin-top: 8px; padding: 0; }
        header nav { max-width: 1040px; margin: 0 auto; }
        .tabs a { display: block; padding: 10px 16px; min-height: 44px; text-decoration: none; white-space: nowrap;
          border-bottom: 4px solid transparent; }
        .tabs [aria-current] { border-color: var(--brand); font-weight: 700; }
        @media (max-width: 480px) {
          .simulation { padding: 2px 16px; }
          .bar { gap: 0 16px; padding-top: 4px; }
          .site { font-size: 18px; }
          .account { flex: 1 1 100%; justify-content: space-between; flex-wrap: nowrap; font-size: 15px; }
          .account button { margin: 0; }
          .tabs { margin-top: 0; gap: 0; padding: 0 8px; justify-content: space-between; }
          .tabs a { padding: 8px; font-size: 16px; } }
        main { padding-top: 24px; padding-bottom: 48px; }
        main:focus { outline: none; }
        main > * { max-width: 720px; }
        main > .cards, main > table, main .tiles, main form:has(.tiles) { max-width: none; }
        h1 { font-size: 28px; line-height: 1.25; margin: 0 0 20px; }
        h2 { font-size: 22px; margin: 32px 0 8px; }
        h3 { font-size: 18px; margin: 0 0 4px; }
        .step, .hint { color: var(--muted); font-size: 15px; margin: 0 0 4px; }
        .hint { display: block; }
        .button, button { display: inline-block; font: inherit; font-weight: 600; min-height: 48px; padding: 10px 20px;
          margin: 4px 8px 4px 0; border: 2px solid var(--brand); border-radius: 8px; background: var(--brand);
          color: var(--on-brand); text-align: center; text-decoration: none; cursor: pointer; }
        .button.second, button.second { background: var(--paper); color: var(--brand); }
        button.quiet { background: none; border-color: transparent; color: var(--brand); padding: 10px 0;
          font-weight: 400; text-decoration: underline; min-height: 44px; }
        .cards, .tiles { list-style: none; padding: 0; margin: 0 0 24px; display: grid; gap: 16px;
          grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); }
        .card, .receipt { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 16px
          20px;
          box-shadow: 0 1px 3px #0002; }
        .card h2 { margin: 0 0 4px; font-size: 18px; }
        .card p { margin: 0 0 8px; }
        .receipt p { overflow-wrap: anywhere; }
        .by-telephone { display: none; }
        @media (min-width: 768px) and (pointer: fine) { .by-telephone { display: block; } }
        .qr { display: block; width: 280px; height: 280px; border-radius: 8px; }
        .files { padding: 0; list-style: none; }
        .files li { padding: 8px 0; border-bottom: 1px solid var(--line); }
        fieldset { border: 0; margin: 0 0 20px; padding: 0; min-width: 0; }
        .choice { display: flex; gap: 12px; align-items: center; min-height: 44px; padding: 8px 12px; margin: 8px 0;
          background: var(--paper); border: 1px solid var(--field); border-radius: 8px; max-width: 420px; }
        .choice input { width: 22px; min-height: 22px; flex: none; }
        .choice span { font-weight: 400; }
        .services { display: flex; flex-wrap: wrap; gap: 8px; }
        .services .button { flex: 1 1 auto; text-align: center; margin: 0; }
        .tile { width: 100%; height: 100%; margin: 0; text-align: left; background: var(--paper); color: var(--ink);
          border-color: var(--field); display: flex; flex-direction: column; gap: 4px; align-items: flex-start; }
        .tile .name { font-weight: 700; }
        .pill { display: inline-block; font-size: 15px; font-weight: 600; padding: 0 10px; border-radius: 16px; }
        td .pill { white-space: nowrap; }
        .pill.done { background: var(--ok-soft); color: var(--ok); }
        .pill.pending { background: var(--warn-soft); color: var(--warn); }
        .pill.wrong { background: var(--error-soft); color: var(--error); }
        .pill.note { background: var(--brand-soft); color: var(--brand); }
        .alert { display: flex; gap: 12px; border-radius: 8px; padding: 12px 16px; margin: 0 0 24px; border: 2px
          solid; }
        .alert p, .alert ul { margin: 0 0 4px; }
        .alert ul { padding-left: 20px; }
        .alert div { color: var(--ink); min-width: 0; }
        .alert .icon { font-weight: 700; }
        .alert.done { background: var(--ok-soft); color: var(--ok); }
        .alert.pending { background: var(--warn-soft); color: var(--warn); }
        .alert.wrong { background: var(--error-soft); color: var(--error); }
        .alert.note { background: var(--brand-soft); color: var(--brand); }
        .facts { margin: 0 0 24px; background: var(--paper); border: 1px solid var(--line); border-radius: 8px;
          padding: 12px 20px; }
        .facts dt { color: var(--muted); font-size: 15px; }
        .facts dd { margin: 0 0 8px; overflow-wrap: anywhere; }
        .amount { font-size: 36px; font-weight: 700; font-variant-numeric: tabular-nums; line-height: 1.2; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
        .code { font-size: 22px; letter-spacing: 2px; }
        .field { margin: 0 0 20px; }
        label, legend { font-weight: 600; display: block; }
        input, select, textarea { font: inherit; width: 100%; max-width: 420px; min-height: 48px; padding: 8px 12px;
          color: inherit; background: var(--paper); border: 2px solid var(--field); border-radius: 8px; }
        [aria-invalid] { border-color: var(--error); }
        .error-text { display: block; color: var(--error); font-weight: 600; }
        .amount-box { display: flex; max-width: 320px; align-items: center; gap: 8px; background: var(--grey);
          border-radius: 8px; padding: 8px 16px; font-size: 28px; font-weight: 700; }
        .amount-box input { text-align: right; font-variant-numeric: tabular-nums; min-width: 0; }
        .row { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; }
        .row input { flex: 1 1 200px; }
        .search { margin: 0 0 20px; }
        details { margin: 16px 0; }
        summary { font-weight: 600; min-height: 44px; padding: 8px 0; cursor: pointer; }
        table { border-collapse: collapse; width: 100%; background: var(--paper); }
        caption { text-align: left; color: var(--muted); font-size: 15px; padding: 4px 0; }
        th, td { text-align: left; padding: 8px 12px; border-bottom: 1px solid var(--line); vertical-align: top; }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .reference { font-size: 15px; overflow-wrap: anywhere; }
        footer { border-top: 1px solid var(--line); padding-top: 16px; padding-bottom: 32px; font-size: 15px; }
        .links { list-style: none; padding: 0; }
        footer ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 20px; }
        footer a, .links a { display: inline-block; padding: 8px 0; }
        @media (max-width: 860px) {
          table, caption, thead, tbody, tr, th, td { display: block; }
          thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          tr { padding: 8px 0; border-bottom: 4px solid var(--line); }
          td, th { border: 0; padding: 4px 12px; }
          td::before, th[data-title]::before { content: attr(data-title) "\\A0: "; color: var(--muted); font-weight:
            400;
            font-size: 15px; }
          .number { text-align: left; } }
        @media (prefers-reduced-motion: reduce) { * { transition: none; } }
        @media print { .simulation { border: 1px solid; } header nav, footer, .account, .screen, .skip { display:
          none; }
          body { background: #fff; color: #000; } .receipt { box-shadow: none; } }

        """
}
