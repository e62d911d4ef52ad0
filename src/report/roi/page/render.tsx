import type { RoiReport } from '../../../model/roi.ts';
import { htmlDocument } from '../../page/document.tsx';
import { COLOURS } from '../../page/style/colours.ts';
import { PAGE_STYLE } from '../../page/style/page.ts';
import { PRINT_STYLE } from '../../page/style/print.ts';
import { Page, titleOf } from './page.tsx';
import { ROI_PRINT_STYLE, ROI_STYLE } from './style.ts';
import { PROGRAM } from './what-if.program.generated.ts';

const STYLE = [COLOURS, PAGE_STYLE, ROI_STYLE, PRINT_STYLE, ROI_PRINT_STYLE].join('');

/** `digest` names a text as a Content-Security-Policy does. */
export function htmlPage(report: RoiReport, digest: (text: string) => string): string {
  return htmlDocument({
    title: titleOf(report),
    skip: 'Skip to the figures',
    style: STYLE,
    script: PROGRAM,
    digest,
    children: <Page report={report} />,
  });
}
