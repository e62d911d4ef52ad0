import { renderToString } from 'preact-render-to-string';
import type { AssessmentReport } from '../../../../model/assessment.ts';
import type { Flags } from '../../../command-line.ts';
import { PROGRAM } from '../search.program.generated.ts';
import { COLOURS } from '../style/colours.ts';
import { DRAWING_STYLE } from '../style/drawing.ts';
import { PAGE_STYLE } from '../style/page.ts';
import { PRINT_STYLE } from '../style/print.ts';
import { Page } from './page.tsx';

const STYLE = [COLOURS, DRAWING_STYLE, PAGE_STYLE, PRINT_STYLE].join('');

/** `digest` names a text as a Content-Security-Policy does. */
export function htmlPage(report: AssessmentReport, where: Flags | undefined, digest: (text: string) => string): string {
  const policy = [
    "default-src 'none'",
    `style-src ${digest(STYLE)}`,
    `script-src ${digest(PROGRAM)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = renderToString(<Page report={report} where={where} style={STYLE} script={PROGRAM} policy={policy} />);
  return `<!doctype html>\n${page}\n`;
}
