/** What is wrong with a part of the arguments: where, and what would be right. */
export interface Fault {
  pointer: string;
  /** The rest of a sentence whose subject is the value. */
  must: string;
}
