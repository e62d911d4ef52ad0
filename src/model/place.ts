/** A span of a file. Lines and columns count from 1; columns count characters, and the end is exclusive. */
export interface Span {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** Where something stands: the file (with `/`), the YAML document in it (from 0) and the JSON Pointer in that document. */
export interface Place extends Span {
  file: string;
  document: number;
  pointer: string;
}

/** Something wrong with an input, with the place when there is one. */
export interface Problem {
  /** Stable, kebab-case; part of every JSON report. */
  code: string;
  message: string;
  help?: string;
  place?: Place;
  /** Set when there is no place inside the file. */
  file?: string;
  /** Other spans that explain the first one. */
  related?: { message: string; place: Place }[];
}

/** The outcome of reading something a person may have written. Only `ok` goes on; the rest says why not. */
export type Loaded<T> =
  | { state: 'ok'; value: T }
  | { state: 'missing' | 'empty' | 'unreadable' | 'invalid'; problems: Problem[] };
