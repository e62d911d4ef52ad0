/** For drawings, in a page and by themselves. */
export const DRAWING_STYLE = `
svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--ink)}
svg .t{font-weight:600;font-size:13px}
svg .s{font-size:11px;fill:var(--muted)}
svg .c{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
svg .c.strong{font-weight:600}
svg .end{text-anchor:end}
.n rect{fill:var(--paper);stroke:var(--edge);stroke-width:1.2}
.n.agent .t,.n.agent .s,.n.data .t,.n.data .s,.n.outside .t,.n.outside .s,.n.strangers .t,.n.strangers .s{text-anchor:middle}
.n.agent rect{fill:var(--ink);stroke:var(--ink)}
.n.agent .t{fill:var(--paper)}
.n.agent .s{fill:var(--paper)}
.n.outside rect,.n.strangers rect{stroke-dasharray:5 3}
.n.sensitive rect{stroke:var(--full);stroke-width:1.6}
.n .rule{stroke:var(--line)}
.n .dot{fill:var(--edge)}
.m{fill:none;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
.m.unattended{stroke:var(--full)}
.m.unknown{stroke:var(--medium-plus)}
.m.asks,.m.bounded{stroke:var(--light)}
.m.denied{stroke:var(--muted)}
.n .under{stroke:var(--leak);stroke-width:1.4;stroke-dasharray:4 2}
.e{fill:none;stroke:var(--edge);stroke-width:1.1}
.e.unattended{stroke:var(--full);stroke-width:2.2}
.e.unknown{stroke:var(--medium-plus);stroke-width:1.8}
.e.asks,.e.bounded{stroke:var(--light);stroke-width:1.5}
.e.leak{stroke:var(--leak);stroke-width:2.6}
.e.open{stroke-dasharray:2 4}
.e.leak:not(.open){stroke-dasharray:9 3}
.e:not(.back){marker-end:url(#arrow)}
.e.both,.e.back{marker-start:url(#arrow)}
.e.leak:not(.back){marker-end:url(#leak)}
.e.leak.both,.e.leak.back{marker-start:url(#leak)}
.key .e{marker:none!important}
.arrow path{fill:var(--edge)}
.leak path{fill:var(--leak)}
.step circle{fill:var(--leak)}
.step text{fill:var(--paper);font-weight:700;font-size:11px;text-anchor:middle}
.stop text,.way text{text-anchor:middle}
.stop rect{fill:var(--paper);stroke:var(--edge);stroke-width:1.2}
.stop.off rect{stroke:var(--line)}
.stop.off text{fill:var(--muted)}
.stop.tier text{font-weight:600}
.stop.question.lit rect{stroke:var(--ink);stroke-width:2}
.stop.best rect{stroke-dasharray:5 3;stroke:var(--ink)}
.way path{fill:none;stroke:var(--line);stroke-width:1.3}
.way rect{fill:var(--paper)}
.way text{fill:var(--muted);font-size:11px}
.way.lit path{stroke:var(--ink);stroke-width:3}
.way.lit text{fill:var(--ink);font-weight:700}
.way.best path{stroke:var(--ink);stroke-width:1.6;stroke-dasharray:5 4}
.way.best text{fill:var(--ink)}
${['light', 'medium', 'medium-plus', 'full']
  .map(
    (tier) =>
      `.stop.tier.${tier}.lit rect{fill:var(--${tier}-tint);stroke:var(--${tier});stroke-width:3}
.stop.tier.${tier}.lit text{fill:var(--${tier})}`,
  )
  .join('\n')}
`;
