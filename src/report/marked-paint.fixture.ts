import type { Paint, ReportContext } from './context.ts';

// Private-use characters never come out of a report, so the marks cannot be mistaken for its text.
const [OPEN, CLOSE] = ['\ue000', '\ue001'];
const mark = (style: string) => (text: string) => `${OPEN}${style}:${text}${CLOSE}`;

/** Paint that tests can see and take off again. */
export const markedPaint: Paint = {
  strong: mark('strong'),
  dim: mark('dim'),
  good: mark('good'),
  warn: mark('warn'),
  bad: mark('bad'),
  note: mark('note'),
};

export function unpainted(text: string): string {
  return text.replace(/\ue000\w+:|\ue001/g, '');
}

/** The marks as people can read them. */
export function visible(text: string): string {
  return text.replaceAll(OPEN, '<').replaceAll(CLOSE, '>');
}

export function contextOf(paint: Paint, columns = 80, texts: Record<string, string> = {}): ReportContext {
  return { paint, columns, texts: new Map(Object.entries(texts)) };
}
