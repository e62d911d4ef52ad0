// A line as our writer writes it has one shape. What has it exactly, in plain ASCII without escapes, is read by its parts, in
// half of the time of `JSON.parse`; everything else is parsed. A test holds both to the same answer.

const TEXT = '"([^"\\\\\\x00-\\x1f\\x7f-\\uffff]*)"';
const NUMBER = '((?:0|[1-9]\\d*)(?:\\.\\d+)?(?:e[+-]?\\d+)?)';
const DIGEST = '"(sha256:[0-9a-f]{64})"';
const WHOLE = '(0|[1-9]\\d{0,14})';
const WORD = '"([a-z-]+)"';
const TIME = '"(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)"';
const loose = (part: string) => part.replace('(', '(?:');
/** Handed on as it stands, so only as it would be written anew: no `-0`, no zeros at the end, no more digits than a number holds. */
const PLAIN = '(?:-?(?:[1-9]\\d{0,14}|[1-9]\\d{0,8}\\.\\d{0,5}[1-9]|0\\.\\d{0,5}[1-9])|0)';
/** A JSON pointer: names that are numbers would be written in another order. */
const POINTER = TEXT.replace('(', '/').replace(')', '');
const FIELD = `${POINTER}:(?:${loose(TEXT)}|${PLAIN}|true|false|null)`;

const line = (parts: string) => new RegExp(`^\\{${parts}\\}$`);

export const INTENT = line(
  `"agent":${TEXT},"approval":(?:null|\\{"answer":${WORD},"by":(?:null|${TEXT}),"channel":${TEXT},` +
    `"reason":(?:null|${TEXT}),"waitedSeconds":${NUMBER}\\}),"arguments":${DIGEST},"decision":${WORD},` +
    `"fields":(\\{(?:${FIELD}(?:,${FIELD})*)?\\}),"kind":"intent","mode":${WORD},"policy":${DIGEST},"prev":${loose(DIGEST)},` +
    `"reason":${TEXT},"reservedUsd":${NUMBER},"rule":${TEXT},"schema":"stakes/record@1","seq":${WHOLE},` +
    `"session":${TEXT},"time":${TIME},"tool":${TEXT}`,
);

export const OUTCOME = line(
  `"durationMs":${NUMBER},"intent":${WHOLE},"kind":"outcome","outcome":${WORD},"prev":${loose(DIGEST)},` +
    `"schema":"stakes/record@1","seq":${WHOLE},"settledUsd":${NUMBER},"time":${TIME}`,
);
