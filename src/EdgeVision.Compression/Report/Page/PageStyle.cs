namespace EdgeVision.Compression;

/// <summary>How the page looks: by day, by night and on paper.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root { --page: #f6f6f4; --card: #fff; --ink: #16181d; --soft: #5b616e; --line: #dcdee3; --before: #9aa1ad; --after: #2a6fdb; --good: #1a7f4b; --bad: #c02626; --warn: #8a5a00; --tint: #eef3fc; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #14161a; --card: #1d2026; --ink: #eceef2; --soft: #a3aab7; --line: #343944; --before: #7d8593; --after: #6ea2f5; --good: #4cc38a; --bad: #ff7b72; --warn: #e2b04a; --tint: #212a3a; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        main { max-width: 1120px; margin: 0 auto; padding: 28px 24px 48px; }
        header p { margin: 0; color: var(--soft); }
        h1 { font-size: 26px; line-height: 1.3; margin: 6px 0 18px; font-weight: 650; }
        h2 { font-size: 18px; margin: 0 0 2px; font-weight: 650; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; margin: 18px 0; break-inside: avoid-page; }
        .lead { color: var(--soft); margin: 0 0 12px; max-width: 82ch; }
        .badge { display: inline-block; vertical-align: 4px; margin-right: 4px; padding: 2px 12px; border-radius: 99px; color: var(--card); font-weight: 650; font-size: 13px; letter-spacing: .03em; }
        .badge.good { background: var(--good); color: var(--card); } .badge.bad { background: var(--bad); color: var(--card); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(210px, 1fr)); gap: 14px; }
        .tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; }
        .tile b { display: block; font-size: 28px; line-height: 1.25; font-weight: 650; }
        .tile span { color: var(--soft); font-size: 13px; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th { text-align: left; color: var(--soft); font-weight: 500; font-size: 13px; vertical-align: bottom; }
        th, td { padding: 7px 14px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        tr:last-child td { border-bottom: 0; }
        .n { text-align: right; white-space: nowrap; } .name { white-space: nowrap; }
        tr.chosen td { background: var(--tint); } tr.chosen td:first-child, tr.chosen th:first-child { padding-left: 8px; }
        td.bars { width: 45%; min-width: 160px; padding-right: 0; }
        td small, .small { color: var(--soft); font-size: 13px; }
        td small { display: block; }
        .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
        code { font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        svg { display: block; width: 100%; height: auto; }
        svg text { fill: var(--ink); font: 12px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        svg text.soft { fill: var(--soft); } svg text.end { text-anchor: end; } svg text.middle { text-anchor: middle; }
        svg .before { fill: var(--before); } svg .after { fill: var(--after); } svg .weak { fill: var(--after); opacity: .38; } svg .out { fill: var(--bad); opacity: .75; }
        svg .line { stroke: var(--line); } svg .limit { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 5 4; } svg .range { fill: var(--after); opacity: .10; } svg .edge { stroke: var(--after); stroke-width: 1.5; }
        .key { display: flex; gap: 18px; flex-wrap: wrap; color: var(--soft); font-size: 13px; margin: 6px 0 10px; }
        .key i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 6px; vertical-align: -1px; }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 20px; }
        .pair { margin: 16px 0 0; padding: 14px 0 0; border-top: 1px solid var(--line); break-inside: avoid; }
        .pair > div { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; margin-top: 8px; }
        figure { margin: 0; min-width: 0; } figure img { width: 100%; max-height: 420px; object-fit: contain; background: #000; border-radius: 6px; display: block; }
        figcaption { font-size: 13px; margin-top: 4px; } figcaption b { font-weight: 650; }
        ul { margin: 6px 0 0; padding-left: 20px; }
        details summary { cursor: pointer; color: var(--soft); font-size: 13px; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 18px; margin: 8px 0 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        @media print {
          :root { --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --before: #999; --after: #1f5cc0; --good: #126b3c; --bad: #a81c1c; --warn: #6e4800; --tint: #eef3fc; }
          * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } main { max-width: none; padding: 0; } section { border-color: #ccc; }
        }
        """;
}
