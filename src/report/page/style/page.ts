import { LEAST_WIDTHS } from './widths.ts';

/** For the page around the drawings: quiet, dense, and readable on paper. */
export const PAGE_STYLE = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
table{overflow-wrap:break-word}
main,header,footer{max-width:74rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
footer{padding-bottom:3rem;color:var(--muted);font-size:.87rem}
footer h2{font-size:1rem}
footer dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem .8rem;margin:.6rem 0}
footer dl>div{display:contents}
footer dd{margin:0}
h1{margin:0;color:var(--muted);font-size:.8rem;font-weight:400;letter-spacing:.06em;text-transform:uppercase}
h2{font-size:1.35rem;line-height:1.25;margin:0;font-weight:650}
.title>*,summary>*{min-width:0}
.name{font-size:1.9rem;line-height:1.2;margin:.2rem 0 .4rem;font-weight:650;letter-spacing:-.01em}
h3{font-size:1.02rem;margin:2rem 0 .5rem;font-weight:650}
h4{font-size:.93rem;margin:1.2rem 0 .35rem;font-weight:650}
p{margin:.4rem 0;max-width:68ch}
a{color:var(--link)}
code{font:.9em ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;unicode-bidi:isolate;display:inline-block;max-width:100%}
td.where{white-space:nowrap;overflow-wrap:normal}
.muted,.where{color:var(--muted)}
.where{font-size:.85rem}
.nums{font-variant-numeric:tabular-nums;white-space:nowrap}
.skip{position:absolute;left:-999rem;top:0;padding:.5rem 1rem;background:var(--paper);z-index:2}
.skip:focus{left:.5rem;top:.5rem}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
.sheet{background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:1.5rem 1.6rem 1.7rem;margin:1.2rem 0}
details.sheet{padding:0}
details.sheet>summary{padding:1rem 1.6rem;display:flex;gap:.8rem;align-items:baseline;flex-wrap:wrap}
details.sheet>.inside{padding:.2rem 1.6rem 1.7rem}
summary{cursor:pointer}
details.sheet>summary{list-style:none}
details.sheet>summary::-webkit-details-marker{display:none}
details.sheet>summary h2::before{content:"▸";display:inline-block;width:1.1em;color:var(--muted)}
details.sheet[open]>summary h2::before{content:"▾"}
.below{display:block}
summary h2,summary h4{display:inline}
summary .verdict{flex-basis:100%;margin:0;color:var(--muted)}
.title{display:flex;gap:.8rem;align-items:baseline;flex-wrap:wrap}
.verdict{font-size:1.02rem;margin:.35rem 0 .1rem}
.tier{display:inline-block;white-space:nowrap;font-size:.84rem;font-weight:650;line-height:1.3;padding:.12rem .6rem;border:1.5px solid currentColor;border-radius:99px}
.tier .pips{letter-spacing:.1em;margin-left:.45em;font-size:.7em;vertical-align:.08em}
${['light', 'medium', 'medium-plus', 'full'].map((tier) => `.tier.${tier}{color:var(--${tier});background:var(--${tier}-tint)}`).join('\n')}
.note{border-left:4px solid var(--medium-plus);background:var(--medium-plus-tint);padding:.5rem .9rem;margin:.8rem 0;border-radius:0 6px 6px 0;max-width:72ch}
.figures{display:grid;grid-template-columns:repeat(6,1fr);gap:0;margin:1rem 0 0;border:1px solid var(--line);border-radius:6px;overflow:hidden}
.figures>div{padding:.55rem .85rem;box-shadow:0 0 0 .5px var(--line)}
.figures dt{font-size:.8rem;color:var(--muted)}
.figures dd{margin:0;font-weight:600}
.figures dd small{display:block;font-weight:400;font-size:.82rem;color:var(--muted);line-height:1.35}
.wide{overflow-x:auto}
.drawing{display:block;margin:.4rem 0;max-width:100%;height:auto}
${LEAST_WIDTHS.map((least) => `.at-least-${least}{min-width:${least}rem}`).join('')}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;margin:.4rem 0;padding:0;list-style:none;font-size:.84rem;color:var(--muted)}
.legend svg{vertical-align:-4px;margin-right:.35rem}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.4rem 0}
caption{text-align:left;color:var(--muted);font-size:.85rem;padding-bottom:.25rem}
th{text-align:left;font-weight:600;color:var(--muted);font-size:.8rem}
th,td{padding:.36rem .8rem .36rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{white-space:nowrap}
tbody th{white-space:normal}
td:last-child,th:last-child{padding-right:0}
tbody th{font-weight:400;font-size:inherit;color:inherit}
tr:last-child>*{border-bottom-color:transparent}
.state{white-space:nowrap;font-weight:600}
.bad{color:var(--full)}.warn{color:var(--medium-plus)}.good{color:var(--light)}.leaky{color:var(--leak)}
details.more>summary{color:var(--link);font-size:.9rem}
[hidden]{display:none!important}
@media (max-width:64rem){.figures{grid-template-columns:repeat(3,1fr)}}
@media (max-width:40rem){
.figures{grid-template-columns:repeat(2,1fr)}
main,header,footer{padding-left:.8rem;padding-right:.8rem}
.sheet{padding:1.1rem 1rem}
details.sheet>summary{padding:.9rem 1rem}
details.sheet>.inside{padding:.2rem 1rem 1.2rem}
}
`;
