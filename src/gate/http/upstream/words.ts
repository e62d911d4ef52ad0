import { faultOf } from '../../../source/fault-code.ts';

/** What a status of a server means to whoever reads of it. The body is not repeated: it may hold anything. */
export function statusWords(status: number, location: string | undefined, from: URL): string {
  if (status >= 300 && status < 400)
    return `the server sends the call elsewhere${elsewhere(location, from)}, and the gate does not follow`;
  if (status === 401)
    return 'the server wants a credential that the gate does not show (401); a person has to see to it';
  if (status === 403) return 'the server does not take the credential of the gate (403); a person has to see to it';
  if (status === 404) return 'the server has nothing there (404)';
  if (status === 405) return 'the server takes no messages there (405)';
  if (status === 413) return 'the message is too large for the server (413)';
  if (status === 429) return 'the server has too much to do (429); try again later';
  if (status >= 500) return `the server has failed (${status}); it may have done what was asked, or not`;
  return `the server refuses the message (${status})`;
}

function elsewhere(location: string | undefined, from: URL): string {
  if (location === undefined || !URL.canParse(location, from)) return '';
  return ` (${new URL(location, from).origin.slice(0, 100)})`;
}

/** Why nothing came back: `isSent`, and the server may have acted on it. */
export function connectionWords(error: Error, isSent: boolean): string {
  const fault = faultOf(error);
  const why = /^[A-Z][A-Z0-9_]{2,60}$/.test(fault) ? ` (${fault})` : '';
  return isSent
    ? `the connection to the server broke${why}; what was asked may have been done, or not`
    : `the server cannot be reached${why}; nothing was sent`;
}
