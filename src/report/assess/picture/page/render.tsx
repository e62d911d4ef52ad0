import type { AssessmentReport } from '../../../../model/assessment.ts';
import type { Flags } from '../../../command-line.ts';
import { htmlDocument } from '../../../page/document.tsx';
import { COLOURS } from '../../../page/style/colours.ts';
import { PAGE_STYLE } from '../../../page/style/page.ts';
import { PRINT_STYLE } from '../../../page/style/print.ts';
import { PROGRAM } from '../search.program.generated.ts';
import { DRAWING_STYLE } from '../style/drawing.ts';
import { SHEET_PRINT_STYLE, SHEET_STYLE } from '../style/sheet.ts';
import { Page, titleOf } from './page.tsx';

const STYLE = [COLOURS, DRAWING_STYLE, PAGE_STYLE, SHEET_STYLE, PRINT_STYLE, SHEET_PRINT_STYLE].join('');

/** `digest` names a text as a Content-Security-Policy does. */
export function htmlPage(report: AssessmentReport, where: Flags | undefined, digest: (text: string) => string): string {
  return htmlDocument({
    title: titleOf(report.results),
    skip: 'Skip to the assessment',
    style: STYLE,
    script: PROGRAM,
    digest,
    children: <Page report={report} where={where} />,
  });
}
