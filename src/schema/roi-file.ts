import type { RoiFile, RoiFilePrice, RoiFileRange } from '../model/roi-file.ts';
import { ROI_INPUT_NAMES, ROI_INPUTS, ROI_UNITS, type RoiInput, type RoiUnit } from '../model/roi-inputs.ts';
import { closed, type JsonSchema, ownSchema, type Schemed, text } from './json-schema.ts';

const UNITS = Object.keys(ROI_UNITS) as RoiUnit[];

const date = (description: string): JsonSchema => ({
  type: 'string',
  pattern: '^([0-9]{4}(-[0-9]{2}){0,2})?$',
  description,
});

/** A number or a range of one unit. */
function range(unit: RoiUnit): JsonSchema {
  const { most } = ROI_UNITS[unit];
  const number = (description: string): JsonSchema => ({ type: 'number', minimum: 0, maximum: most, description });
  return {
    ...closed<RoiFileRange>(
      `A number of ${unit}, or a range.`,
      {
        low: number('The least it can be.'),
        likely: number('The likeliest value; for the loss of one event, the median.'),
        high: number('The most it can be.'),
        unit: { const: unit, description: 'Its unit, to be sure. Absent: that of the input.' },
        source: { type: 'string', description: 'Where the figures come from. Absent or empty: nobody says.' },
        date: date('Day, month or year of the source. Absent: none.'),
      },
      ['low', 'likely', 'high'],
    ),
    type: ['number', 'object'],
    minimum: 0,
    maximum: most,
  };
}

const ref = (name: string, description: string): JsonSchema => ({ description, $ref: `#/definitions/${name}` });

const definitionOf = (unit: RoiUnit) => unit.replace('/', '-a-');

const inputs = (description: string): JsonSchema => ref('inputs', description);

const price = closed<RoiFilePrice>(
  'US dollars for a million tokens.',
  {
    input: { type: 'number', minimum: 0, maximum: 1e6, description: 'Input tokens.' },
    output: { type: 'number', minimum: 0, maximum: 1e6, description: 'Output tokens.' },
    smaller: text('Id of the next smaller model of the same provider. Absent: there is none.'),
    source: { type: 'string', description: 'Where the price was read. Absent or empty: nobody says.' },
    asOf: date('When it was read. Absent: nobody says.'),
  },
  ['input', 'output'],
);

/** `schemas/roi-inputs.schema.json`: `stakes.roi.yaml`. */
export const roiFileSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:roi-inputs:1',
  title: 'Stakes cost model: inputs',
  ...closed<RoiFile & Schemed>('What an organisation knows of its costs, instead of the defaults of Stakes.', {
    $schema: ownSchema,
    schemaVersion: { const: 1, description: 'Version of this format. Absent: 1.' },
    inputs: inputs('For every agent. Absent: the defaults.'),
    agents: {
      type: ['object', 'null'],
      description: 'What is different for one agent, by its id. Absent: nothing.',
      additionalProperties: inputs('For this agent.'),
    },
    prices: {
      type: ['object', 'null'],
      description: 'Prices of models by `provider/id`, as manifests name them. Absent: the lists of Stakes.',
      propertyNames: { type: 'string', pattern: '^[^/]+/.+$' },
      additionalProperties: price,
    },
  }),
  definitions: {
    inputs: {
      ...closed<Record<RoiInput, unknown>>(
        'Inputs by name.',
        Object.fromEntries(
          ROI_INPUT_NAMES.map((name) => {
            const { about, unit, drawn } = ROI_INPUTS[name];
            const how = drawn === 'event' ? '; drawn for each event' : '';
            return [name, ref(definitionOf(unit), `${about} (${unit}${how})`)];
          }),
        ) as Record<RoiInput, JsonSchema>,
      ),
      type: ['object', 'null'],
    },
    ...Object.fromEntries(UNITS.map((unit) => [definitionOf(unit), range(unit)])),
  },
  examples: [
    {
      inputs: {
        approverHourlyCost: { low: 60, likely: 85, high: 120, unit: 'usd/hour', source: 'payroll', date: '2026-10' },
        reviewers: 3,
      },
      agents: { 'refund-desk': { reviewSeconds: { low: 20, likely: 45, high: 120, source: 'inbox, week 41' } } },
    },
  ],
};
