import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';

export interface DocumentProps {
  title: string;
  /** Words of the link that leads past the header, to what has the id `content`. */
  skip: string;
  style: string;
  script: string;
  /** Names a text as a Content-Security-Policy does. */
  digest: (text: string) => string;
  children: ComponentChildren;
}

/** One file that loads nothing: what may run and how it looks are named by their digests, and nothing else is allowed. */
export function htmlDocument({ digest, ...props }: DocumentProps): string {
  const policy = [
    "default-src 'none'",
    `style-src ${digest(props.style)}`,
    `script-src ${digest(props.script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>\n${renderToString(<Document policy={policy} {...props} />)}\n`;
}

const Document = ({
  title,
  skip,
  style,
  script,
  policy,
  children,
}: Omit<DocumentProps, 'digest'> & { policy: string }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={policy} />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>{title}</title>
      <style dangerouslySetInnerHTML={{ __html: style }} />
    </head>
    <body>
      <a class="skip" href="#content">
        {skip}
      </a>
      {children}
      <script type="module" dangerouslySetInnerHTML={{ __html: script }} />
    </body>
  </html>
);
