/** On A4 everything is open, nothing scrolls, and an agent starts on its own page. */
export const PRINT_STYLE = `
@page{size:A4;margin:16mm 14mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt system-ui,sans-serif;color:#575d64}}
@media print{
html{font-size:12px}
body{background:none;font-size:1rem}
main,header,footer{max-width:none;padding:0}
.sheet{border:0;padding:0!important;margin:0 0 1.2rem}
.agent+.agent{break-before:page}
.agents{break-before:page}
details.sheet>summary,details.sheet>.inside{padding-left:0!important;padding-right:0!important}
summary{list-style:none}
summary::-webkit-details-marker{display:none}
details::details-content{content-visibility:visible;block-size:auto}
.search,.skip,.screen{display:none!important}
.wide{overflow:visible}
.drawing{min-width:0!important;max-height:230mm}
h2,h3,h4,caption,summary{break-after:avoid}
tr,.figures,.note,.drawing,li li,footer>*{break-inside:avoid}
tbody tr:first-child{break-before:avoid}
h3{margin-top:1.3rem}
thead{display:table-header-group}
td,tbody th{overflow-wrap:anywhere}
tbody th{min-width:13em}
details.sheet>summary h2::before{content:none!important}
.legend{break-after:avoid}
td.where{white-space:nowrap;overflow-wrap:normal}
a{color:inherit;text-decoration:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;
