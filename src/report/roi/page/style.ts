/** What only the page of the cost model has: charts that keep the size of their words at any width, and sliders. */
export const ROI_STYLE = `
svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--muted)}
.decision{font-size:1.3rem;line-height:1.35;font-weight:600;max-width:44rem;margin:.3rem 0 .5rem;letter-spacing:-.005em}
.inside>.decision{font-size:1.1rem}
.chip{display:inline-block;white-space:nowrap;font-size:.74rem;font-weight:650;line-height:1.3;padding:.05rem .5rem;border:1.5px solid currentColor;border-radius:99px}
.chip.best{color:var(--light);background:var(--light-tint)}
.chip.tree{color:var(--medium);background:var(--medium-tint)}
.chip.default{color:var(--muted);border-style:dashed}
.chart{margin:.8rem 0 .2rem}
.row{display:grid;grid-template-columns:minmax(11rem,18rem) minmax(0,1fr) 12rem;align-items:center;column-gap:1rem}
.tornado .row{grid-template-columns:minmax(14rem,25rem) minmax(0,1fr) 8.5rem}
.row-label{font-size:.9rem;line-height:1.3;padding:.15rem 0}
.tornado .row-label .muted{display:block;font-size:.82rem}
.row-value{font-size:.85rem;font-variant-numeric:tabular-nums;white-space:nowrap;text-align:right}
.plot{display:block;overflow:visible}
.row .plot{height:100%;min-height:34px}
.row.axis .plot{min-height:22px}
.grid line{stroke:var(--line)}
.grid .zero{stroke:var(--ink);stroke-width:1.4}
.bar{fill:var(--muted)}
.row.best .bar{fill:var(--light)}
.row.tree .bar{fill:var(--medium)}
.median{stroke:var(--ink);stroke-width:2.5}
.mean{fill:var(--paper);stroke:var(--ink);stroke-width:1.8}
.ghost{fill:none;stroke:var(--muted);stroke-width:1.2;stroke-dasharray:3 2}
.tornado .bar{stroke:var(--medium);stroke-width:8}
.from{fill:var(--paper);stroke:var(--ink);stroke-width:2}
.to{fill:var(--ink);stroke:var(--ink);stroke-width:2}
.expected{stroke:var(--ink);stroke-width:1.2;stroke-dasharray:4 3}
.curves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem 2rem}
.curves figure{margin:0;min-width:0}
.curves figcaption{font-size:.92rem;min-height:3em}
.curve{display:grid;grid-template-columns:3.6rem minmax(0,1fr);grid-template-rows:15rem auto}
.curve .along{grid-column:2}
.band{fill:var(--medium-tint)}
.edge,.middle,.average{fill:none;vector-effect:non-scaling-stroke}
.edge{stroke:var(--medium);stroke-width:1}
.middle{stroke:var(--ink);stroke-width:1.6;stroke-dasharray:5 4}
.average{stroke:var(--medium);stroke-width:3}
.best .band{fill:var(--light-tint)}.best .edge,.best .average{stroke:var(--light)}
.even circle{fill:var(--paper);stroke:var(--ink);stroke-width:2.2}
.even text{fill:var(--ink);font-weight:650;paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.options tbody th,.lines tbody th{min-width:14rem}
.options thead .num,.avoids{white-space:normal}
.lines{max-width:46rem}
.sum>*{border-top:1.5px solid var(--ink)}
[aria-busy=true] .range{opacity:.55}
.legend .average{stroke:var(--ink)}.legend .edge{stroke:var(--muted)}.legend .band{fill:var(--faint)}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th.options tbody th,.lines tbody th{min-width:14rem}
.options thead .num,.avoids{white-space:normal}
.lines{max-width:46rem}
.sum>*{border-top:1.5px solid var(--ink)}
.num{text-align:right}
.sliders{display:grid;gap:.9rem;margin:.8rem 0}
.slider{display:grid;grid-template-columns:minmax(11rem,25rem) minmax(0,1fr) 12.5rem;column-gap:1rem;align-items:center}
.slider label{font-size:.9rem;line-height:1.3}
.slider input{width:100%;margin:0;accent-color:var(--medium);height:1.6rem}
.slider output{font-weight:650;font-variant-numeric:tabular-nums;text-align:right}
.slider .ends{grid-column:2;display:grid;grid-template-columns:1fr auto 1fr;font-size:.8rem;color:var(--muted);font-variant-numeric:tabular-nums}
.slider .ends :last-child{text-align:right}
.said{display:block;min-height:3em;font-size:1.02rem;font-weight:600;max-width:68ch;margin:.6rem 0}
button{font:inherit;font-size:.9rem;color:var(--link);background:var(--paper);border:1.5px solid currentColor;border-radius:6px;padding:.3rem .9rem;cursor:pointer}
button:disabled{color:var(--muted);cursor:default;border-color:var(--line)}
@media (max-width:48rem){
.row,.tornado .row{grid-template-columns:minmax(0,1fr) auto;row-gap:0}
.row .plot{grid-column:1/-1;grid-row:2}
.row.axis .plot{grid-row:1}
.row{padding-top:.35rem}
.row-value{align-self:end}
.slider{grid-template-columns:minmax(0,1fr) auto}
.slider input,.slider .ends{grid-column:1/-1}
.slider input{grid-row:2}
.decision{font-size:1.15rem}
}
`;

export const ROI_PRINT_STYLE = `
@media print{
.row,figure,.chart{break-inside:avoid}
.what-if{display:none!important}
.row{grid-template-columns:15rem minmax(0,1fr) 11rem}
.tornado .row{grid-template-columns:19rem minmax(0,1fr) 8rem}
.curves{grid-template-columns:1fr 1fr}
.options{font-size:.82rem}
.options tbody th,.assumed tbody th{min-width:9em}
.options .nums,.assumed td:nth-child(5){white-space:normal;overflow-wrap:normal}
h3+p,details.more>p{break-after:avoid}
th,td{padding-right:.6rem}
}
`;
