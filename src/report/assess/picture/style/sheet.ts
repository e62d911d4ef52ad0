/** What only the page of an assessment has: the walk, groups of tools, the search. */
export const SHEET_STYLE = `
.tools td{white-space:nowrap}
.tools td:nth-child(4){white-space:normal}
.cost{min-width:9em}
.heads{position:absolute}
ol.trail{list-style:none;margin:.6rem 0;padding:0}
ol.trail>li{border-left:3px solid var(--ink);padding:.1rem 0 .7rem 1rem;margin:0}
ol.trail>li.skipped{border-left:3px dotted var(--line);color:var(--muted)}
ol.trail ul{margin:.25rem 0;padding-left:1.1rem}
ol.trail li li{margin:.1rem 0}
details.tools{border:1px solid var(--line);border-radius:6px;margin:.4rem 0}
details.tools>summary{padding:.4rem .8rem}
details.tools>.wide{padding:0 .8rem .4rem}
form.search{margin:1rem 0 0;display:flex;gap:.6rem;align-items:center;flex-wrap:wrap}
form.search input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--edge);border-radius:6px;padding:.35rem .7rem;min-width:min(22rem,100%)}
form.search output{color:var(--muted);font-size:.9rem}
`;

export const SHEET_PRINT_STYLE = `
@media print{
details.tools{border:0}
details.tools>summary,details.tools>.wide{padding-left:0;padding-right:0}
.tools td{white-space:normal}
ol.trail>li:first-child{break-before:avoid}
}
`;
