/** US dollars for a million tokens, without caching, batches or long-context surcharges. */
export interface ModelPrice {
  input: number;
  output: number;
  /** The next smaller model of the family. Absent: it is the smallest here. */
  smaller?: string;
}

/** What one provider charged on a day. */
export interface PriceList {
  provider: string;
  /** Day on which the prices were read. */
  asOf: string;
  source: string;
  /** By the model's id; an id with a date after it (`-20250929`) is the same model. */
  models: Readonly<Record<string, ModelPrice>>;
}
