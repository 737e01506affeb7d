/**
 * The style of the page: serif text, sans-serif tables with aligned digits, light and dark colours, and a print version. The page fetches
 * no fonts and no pictures.
 */
export const pageStyle: string = `
:root { color-scheme: light dark; --page: #ffffff; --text: #1d2733; --muted: #5b6875; --rule: #dfe4e9; --panel: #f5f7f9; --edge: #c3ccd4; --link: #0067a5;
  --bad: #a5161d; --bad-panel: #fdecec; --caution: #7a5200; --caution-panel: #fdf4df; --good: #00684a;
  --shade-0: #d3ebdf; --shade-1: #e8f4ec; --shade-2: transparent; --shade-3: #faf0e4; --shade-4: #f6dfc9;
  --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, "Source Serif 4", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
@media (prefers-color-scheme: dark) { :root { --page: #11161c; --text: #e4e9ee; --muted: #9eabb8; --rule: #2b3640; --panel: #19212a; --edge: #3f4b57; --link: #7cc4f2;
  --bad: #ff9d98; --bad-panel: #3a191b; --caution: #f0c566; --caution-panel: #33290f; --good: #58d3a6;
  --shade-0: #143c2d; --shade-1: #142c25; --shade-2: transparent; --shade-3: #2f2516; --shade-4: #44301a; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); font: 17px/1.55 var(--serif); }
main, header, footer, nav { max-width: 1064px; margin: 0 auto; padding: 0 32px; }
header { padding-top: 56px; }
.kicker { margin: 0 0 10px; font: 600 13px/1.4 var(--sans); letter-spacing: 0.04em; color: var(--muted); }
h1 { margin: 0 0 14px; font-size: 38px; line-height: 1.15; font-weight: 700; letter-spacing: -0.012em; text-wrap: balance; overflow-wrap: anywhere; }
h2 { margin: 64px 0 14px; padding-top: 18px; border-top: 1px solid var(--rule); font-size: 25px; line-height: 1.25; letter-spacing: -0.008em; }
section { scroll-margin-top: 44px; } .differs section { scroll-margin-top: 110px; } h3 { scroll-margin-top: 60px; margin: 40px 0 8px; font-size: 18px; line-height: 1.3; overflow-wrap: anywhere; }
p, ul { max-width: 44em; margin: 0 0 14px; }
.question { overflow-wrap: anywhere; max-width: 36em; font-size: 20px; line-height: 1.45; color: var(--muted); }
a { color: var(--link); text-underline-offset: 2px; text-decoration-thickness: 1px; }
.origin bdi { font: 13px/1.6 var(--mono); }
.origin { max-width: none; margin: 22px 0 0; font: 13px/1.6 var(--sans); color: var(--muted); overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-top: 26px; font: 14px/1.6 var(--sans); }
.counts { display: flex; flex-wrap: wrap; gap: 14px 44px; margin: 28px 0 0; font-family: var(--sans); }
.counts div { display: flex; flex-direction: column-reverse; }
.counts dt { font-size: 13px; line-height: 1.4; color: var(--muted); }
.counts dd { margin: 0; font-size: 23px; line-height: 1.25; font-weight: 600; font-variant-numeric: tabular-nums; }
.findings { max-width: none; margin: 30px 0 0; padding: 20px 28px 8px; background: var(--panel); border-left: 4px solid var(--link); border-radius: 2px; }
.findings h2 { margin: 0 0 8px; padding: 0; border: 0; font-size: 19px; }
.findings ul { margin: 0; padding-left: 1.1em; }
.findings li { max-width: 48em; margin-bottom: 8px; }
.findings bdi, .banner bdi { font-weight: 600; }
.banner { margin: 22px 0 0; padding: 13px 20px; border-left: 4px solid; border-radius: 2px; font: 15px/1.5 var(--sans); overflow-wrap: anywhere; }
.banner.error { color: var(--bad); border-color: var(--bad); background: var(--bad-panel); }
.banner.caution { color: var(--caution); border-color: var(--caution); background: var(--caution-panel); }
bdi { overflow-wrap: anywhere; }
table bdi { overflow-wrap: break-word; }
.scroll { overflow-x: auto; margin: 18px 0 10px; }
.scroll, .plot { background: linear-gradient(to right, var(--page) 40%, transparent) left / 40px 100% no-repeat local, linear-gradient(to left, var(--page) 40%, transparent) right / 40px 100% no-repeat local,
  linear-gradient(to right, var(--edge), transparent) left / 14px 100% no-repeat scroll, linear-gradient(to left, var(--edge), transparent) right / 14px 100% no-repeat scroll; }
table { border-collapse: collapse; width: 100%; font: 14px/1.4 var(--sans); font-variant-numeric: tabular-nums lining-nums; }
th, td { padding: 6px 10px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child { padding-left: 2px; }
th { font-size: 12.5px; line-height: 1.3; font-weight: 600; color: var(--muted); vertical-align: bottom; border-bottom: 1.5px solid var(--muted); }
td bdi, th bdi { display: inline-block; max-width: 22em; max-height: 9em; overflow: hidden; vertical-align: top; }
.number { text-align: right; white-space: nowrap; }
th.number { white-space: normal; }
td:not(.number) { min-width: 9em; }
#run .detail, .wide .detail { display: block; font-size: 12px; }
.wide th, .wide td { padding-left: 6px; padding-right: 6px; }
.wide .number, .wide .detail { white-space: normal; }
.wide td:not(.number) { min-width: 6em; }
.detail { color: var(--muted); font-size: 13px; }
.strong { font-weight: 700; }
.best { font-weight: 700; color: var(--good); }
.bad { font-weight: 600; color: var(--bad); background: var(--bad-panel); }
.shade-0 { background: var(--shade-0); } .shade-1 { background: var(--shade-1); } .shade-3 { background: var(--shade-3); } .shade-4 { background: var(--shade-4); }
#cards td { font-size: 13.5px; }
#cards td:not(.number) { min-width: 5em; }
#cards td:last-child { min-width: 10em; }
#cards td:last-child bdi { max-height: 18em; }
figure { margin: 26px 0 22px; }
.plot { overflow-x: auto; }
figure svg { display: block; max-width: none; height: auto; }
figcaption { max-width: 60em; margin-top: 10px; font: 13.5px/1.5 var(--sans); color: var(--muted); }
figcaption strong { color: var(--text); }
.legend { margin: 0; }
.note { max-width: 56em; font: 14px/1.55 var(--sans); color: var(--muted); }
.note.files { margin: 0 0 14px; font-size: 12.5px; }
.unchosen, .filtered, [hidden] { display: none !important; }
.differs [data-declared], .undeclared { display: none; }
.differs .undeclared { display: block; }
.lacks-problem [data-over=problem], [data-instead] { display: none; }
.lacks-problem [data-instead=problem] { display: block; }
.differs td.strong { font-weight: inherit; }
.controls { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: start; gap: 4px 28px; max-width: 1064px; margin: 18px auto 0; padding: 6px 32px; background: var(--page); font: 14px/1.6 var(--sans); }
html:not(.scripted) .controls, html:not(.scripted) .alternative { display: none; }
.controls fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
.controls legend { float: left; margin-right: 10px; padding: 0; color: var(--muted); }
.controls label { display: inline-block; margin-right: 14px; }
.controls details { margin: 0; }
.controls details[open] { width: 100%; order: 1; padding-bottom: 6px; border-bottom: 1px solid var(--rule); }
.boxes { max-height: 9em; margin-top: 4px; overflow-y: auto; }
.undeclared { order: 2; max-width: none; margin: 0; padding: 6px 12px; color: var(--caution); background: var(--caution-panel); }
button { padding: 1px 8px; font: inherit; color: var(--link); background: none; border: 1px solid var(--rule); border-radius: 3px; cursor: pointer; }
th button { padding: 0; text-align: inherit; font-weight: inherit; color: inherit; border: 0; }
th button::after { content: " ↕"; opacity: 0.5; }
th[aria-sort=ascending] button::after { content: " ↑"; opacity: 1; }
th[aria-sort=descending] button::after { content: " ↓"; opacity: 1; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
.filter { margin: 14px 0 -8px; font: 14px/1.5 var(--sans); }
.filter input { width: 16em; max-width: 100%; padding: 3px 8px; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--muted); border-radius: 3px; }
.filter output { margin-left: 12px; color: var(--muted); }
.brushed { margin: 6px 0 0; }
.live { position: fixed; z-index: 3; right: 12px; bottom: 12px; margin: 0; padding: 3px 10px; font: 13px/1.5 var(--sans); color: var(--good); background: var(--panel); border: 1px solid var(--rule); border-radius: 3px; }
.tip { position: fixed; z-index: 3; pointer-events: none; padding: 8px 12px; font: 12.5px/1.45 var(--sans); color: var(--text); background: var(--page); border: 1px solid var(--muted); border-radius: 3px; }
.tip strong { display: block; }
.tip span { display: flex; gap: 8px; align-items: center; }
.tip i { flex: none; width: 10px; height: 10px; border-radius: 2px; }
.tip bdi { max-width: 22em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.tip b { margin-left: auto; padding-left: 12px; font-variant-numeric: tabular-nums; }
details { margin: 14px 0; }
summary { max-width: 64em; font: 14px/1.55 var(--sans); color: var(--muted); cursor: pointer; }
summary h3 { display: inline; margin: 0; font: 600 17px/1.4 var(--serif); color: var(--text); }
section details:has(h3) { margin: 0; padding: 9px 0; border-bottom: 1px solid var(--rule); }
details pre { margin-top: 8px; }
.provenance { display: grid; grid-template-columns: max-content 1fr; gap: 6px 20px; margin: 16px 0; font: 14px/1.5 var(--sans); }
.provenance dt { color: var(--muted); }
.provenance dd { margin: 0; overflow-wrap: anywhere; }
code, pre { font-family: var(--mono); font-size: 13px; }
pre { margin: 14px 0; padding: 13px 18px; background: var(--panel); border-radius: 3px; white-space: pre-wrap; overflow-wrap: anywhere; }
.glossary { margin: 18px 0; }
.glossary dt { margin-top: 18px; font: 600 15px/1.4 var(--sans); }
.glossary dd { max-width: 46em; margin: 3px 0 0; }
.glossary .formula { font: 13.5px/1.6 var(--mono); color: var(--muted); }
footer { padding-top: 30px; padding-bottom: 60px; font: 13px/1.5 var(--sans); color: var(--muted); }
@media (max-width: 700px) { .wide td.number { min-width: 7em; } th:first-child:not(.number), td:first-child:not(.number), .number:first-child + :not(.number) { position: sticky; left: 0; z-index: 1; max-width: 9.5em; background: var(--page); } .controls { position: static; padding: 6px 16px; } body { font-size: 16px; } main, header, footer, nav { padding: 0 16px; } header { padding-top: 32px; } h1 { font-size: 29px; } .provenance { grid-template-columns: 1fr; gap: 0 0; } .provenance dd { margin-bottom: 8px; } }
@media print { :root { color-scheme: light; --page: #ffffff; --text: #000000; --muted: #444444; --rule: #cccccc; --panel: #f5f5f5; --link: #000000; --bad: #a5161d; --bad-panel: #fdecec;
  --caution: #7a5200; --caution-panel: #fdf4df; --good: #00684a; --shade-0: #d3ebdf; --shade-1: #e8f4ec; --shade-3: #faf0e4; --shade-4: #f6dfc9; }
  body { font-size: 10.5pt; } nav, .controls, .filter, .files, .tip, .live, .brushed, th button::after { display: none; } .plot { overflow: visible; } figure svg { max-width: 100%; }
  details::details-content { content-visibility: visible; height: auto; } summary { list-style: none; } main, header, footer { max-width: none; padding: 0; } h2 { margin-top: 28px; } h2, h3 { break-after: avoid; }
  figure, tr, .banner, .findings { break-inside: avoid; } table { font-size: 8.5pt; } .scroll { overflow: visible; } .scroll, .plot { background: none; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`.trim();
