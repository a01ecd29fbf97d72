namespace DeltaGlider.Core.Reports;

/// <summary>How a page looks, light and dark.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css = """
        :root { color-scheme: light dark;
          --page: #f4f6f9; --card: #ffffff; --ink: #17202c; --soft: #556273; --line: #dfe4eb; --track: #d6dde6;
          --delta: #2461c4; --direct: #c47f12; --reference: #7651b8; --saved: #17794a; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) { :root {
          --page: #10141a; --card: #181e27; --ink: #e7ecf3; --soft: #9eabba; --line: #2a3341; --track: #344053;
          --delta: #6fa2ff; --direct: #e6ad52; --reference: #b79df2; --saved: #62d39b; --bad: #ff8a80; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 1040px; margin: 0 auto; padding: 32px 20px 48px; }
        header h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
        header p { margin: 0; color: var(--soft); }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 20px 24px; margin-top: 20px; }
        h2 { font-size: 17px; margin: 0 0 4px; }
        section > p { margin: 0 0 14px; color: var(--soft); }
        section > .others { margin-top: 8px; }
        .note { border-left: 4px solid var(--direct); padding: 8px 14px; margin-top: 16px; background: var(--card); }
        .lead { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; margin-bottom: 18px; }
        .lead strong { font-size: 46px; line-height: 1.1; font-weight: 650; color: var(--saved); letter-spacing: -0.02em; }
        .lead span { font-size: 17px; color: var(--soft); }
        .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(124px, 1fr)); gap: 12px 20px; margin: 18px 0 0; padding-top: 16px; border-top: 1px solid var(--line); }
        .facts dt { color: var(--soft); font-size: 13px; }
        .facts dd { margin: 0; font-size: 19px; font-weight: 600; font-variant-numeric: tabular-nums; }
        .bar { display: grid; grid-template-columns: minmax(90px, 26%) 1fr minmax(96px, auto); gap: 4px 14px; align-items: center; padding: 5px 0; }
        .bar .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .bar .value { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .bar svg { width: 100%; height: 18px; display: block; border-radius: 4px; }
        .bar .value small { color: var(--soft); }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 10px 0 0; padding: 0; list-style: none; color: var(--soft); font-size: 13px; }
        .legend i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 6px; vertical-align: -1px; }
        .time { width: 100%; height: auto; display: block; }
        .time text { fill: var(--soft); font-size: 12px; }
        .time .end { fill: var(--ink); font-weight: 600; }
        .scroll { overflow-x: auto; margin-top: 14px; }
        table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--soft); padding-bottom: 6px; }
        th, td { padding: 6px 10px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
        th { color: var(--soft); font-weight: 600; font-size: 13px; }
        th:first-child, td:first-child { text-align: left; padding-left: 0; white-space: normal; overflow-wrap: anywhere; min-width: 180px; }
        tbody th { color: var(--ink); font-weight: 400; font-size: 14px; }
        tfoot td, tfoot th { font-weight: 600; color: var(--ink); border-bottom: 0; }
        .bad { color: var(--bad); font-weight: 600; }
        .good { color: var(--saved); font-weight: 600; }
        summary { cursor: pointer; color: var(--soft); margin-top: 12px; }
        .f-delta { fill: var(--delta); background: var(--delta); } .f-direct { fill: var(--direct); background: var(--direct); }
        .f-reference { fill: var(--reference); background: var(--reference); } .f-track { fill: var(--track); background: var(--track); }
        footer { color: var(--soft); font-size: 13px; margin-top: 20px; }
        @media (max-width: 620px) { .bar { grid-template-columns: 1fr auto; } .bar svg { grid-column: 1 / -1; grid-row: 2; } section { padding: 16px; } .lead strong { font-size: 38px; } }
        @media print { body { background: #fff; } section { break-inside: avoid; } }
        """;
}
