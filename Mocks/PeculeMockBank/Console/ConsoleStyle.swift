import PeculeHTTP

/// Dense and calm: monospaced figures, one accent.
enum ConsoleStyle {
    static let response = HTTPResponse(
        status: 200,
        fields: [
            "Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=3600",
            "X-Content-Type-Options": "nosniff",
        ], body: Array(rules.utf8))

    private static let rules = """
        :root { --ink: #16202c; --muted: #51606f; --paper: #fff; --page: #f1f3f5; --line: #c9d3da; --accent: #3d4a9e;
          --on-accent: #fff; --ok: #17663a; --ok-soft: #e6f4ea; --warn: #7a4d00; --warn-soft: #fff4dc;
          --error: #a3161f; --error-soft: #fdecec; --focus: #0a6cff; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #eef2f6; --muted: #a9b6c2; --paper: #1a222c; --page: #10161d; --line: #3a4753;
            --accent: #aab6ff; --on-accent: #10161d; --ok: #7fd6a2; --ok-soft: #12301f; --warn: #f0c069;
            --warn-soft: #33270d; --error: #ff9d9d; --error-soft: #3a1518; --focus: #7ab4ff; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto,
          "Noto Sans", "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
        .skip { position: absolute; left: -999px; }
        .skip:focus { left: 8px; top: 8px; padding: 8px 16px; background: var(--paper); }
        .simulation { margin: 0; padding: 2px 16px; text-align: center; font-size: 14px; background: #fff4dc;
          color: #5c3a00; }
        header { padding: 12px 16px 0; } .wordmark { margin: 0; font-weight: 700; color: var(--accent); }
        main { padding: 0 16px 32px; }
        nav a { display: inline-block; padding: 10px 16px 10px 0; }
        a { color: var(--accent); }
        .columns { display: grid; grid-template-columns: minmax(240px, 340px) minmax(0, 1fr); gap: 24px; }
        @media (max-width: 900px) { .columns { grid-template-columns: minmax(0, 1fr); } .detail { order: -1; } }
        .list ul { list-style: none; margin: 0; padding: 0; }
        .list a { display: block; padding: 10px 12px; margin: 0 0 8px; background: var(--paper); color: inherit;
          border: 1px solid var(--line); border-radius: 8px; text-decoration: none; }
        .who { display: block; color: var(--muted); font-size: 14px; }
        .detail { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 16px 20px; }
        h1 { font-size: 26px; line-height: 1.25; margin: 0 0 12px; } h2 { font-size: 18px; margin: 20px 0 8px; }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 16px; margin: 0; }
        dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
        code, time, td, .sum, svg text { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 14px; }
        td:last-child { font-family: inherit; } td.sum { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
        .sum { text-align: right; }
        .pill { display: inline-block; padding: 2px 10px; border-radius: 12px; font-size: 14px; font-weight: 600; }
        .ok { color: var(--ok); background: var(--ok-soft); }
        .no { color: var(--error); background: var(--error-soft); }
        .wait { color: var(--warn); background: var(--warn-soft); }
        .buttons { display: flex; flex-wrap: wrap; gap: 12px; margin: 16px 0; }
        button { font: inherit; font-weight: 600; min-height: 44px; padding: 8px 20px; border-radius: 8px; border: 0;
          background: var(--accent); color: var(--on-accent); cursor: pointer; }
        .timeline { padding-left: 20px; } .timeline li { margin: 0 0 6px; }
        table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--muted); }
        th, td { text-align: left; padding: 6px 8px; border-bottom: 1px solid var(--line); vertical-align: top; }
        .scroll { overflow-x: auto; }
        .sequence { display: block; width: 100%; min-width: 680px; height: auto; }
        .sequence text { fill: var(--ink); font-size: 12px; } .sequence text.life { font-size: 14px; font-weight: 700; }
        .sequence line.life { stroke: var(--line); stroke-width: 2; }
        .sequence .time { fill: var(--muted); } .sequence .gap { fill: var(--warn); font-weight: 700; }
        .sequence .call line { stroke: var(--accent); stroke-width: 1.5; } .sequence .call path { fill: var(--accent); }
        .sequence .answer line { stroke-dasharray: 5 4; }
        .sequence .fault line { stroke: var(--error); }
        .sequence .fault path, .sequence .fault text { fill: var(--error); }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
        """
}
