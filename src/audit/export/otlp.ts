import type { ExportRow } from '../../model/audit-export.ts';
import { ExportFault, optional, type Sink } from './define.ts';

/** The parts of the official SDK that are used. */
interface Sdk {
  LoggerProvider: new (
    options: object,
  ) => { getLogger(name: string, version: string): { emit(record: object): void }; shutdown(): Promise<void> };
}
interface Exporter {
  export(records: readonly unknown[], done: (result: { code: number; error?: Error }) => void): void;
  shutdown(): Promise<void>;
}
interface Exporters {
  OTLPLogExporter: new (options: object) => Exporter;
}
interface Resources {
  resourceFromAttributes(attributes: Record<string, string>): unknown;
}

const INSTALL =
  '`npm install @opentelemetry/api@1.9.0 @opentelemetry/resources@2.12.1 @opentelemetry/sdk-logs@0.223.1 @opentelemetry/exporter-logs-otlp-http@0.223.1`, where stakes is installed';
/** Records of one request. */
const BATCH = 1000;
const [INFO, WARN, ERROR] = [9, 13, 17] as const;

/** To a collector, as logs, by OTLP over HTTP with JSON. Headers and time limits come from the standard variables. */
export async function otlpSink(url: string, version: string): Promise<Sink> {
  const sdk = await optional<Sdk>('@opentelemetry/sdk-logs', INSTALL, 'OTLP');
  const { OTLPLogExporter } = await optional<Exporters>('@opentelemetry/exporter-logs-otlp-http', INSTALL, 'OTLP');
  const { resourceFromAttributes } = await optional<Resources>('@opentelemetry/resources', INSTALL, 'OTLP');
  const exporter = new OTLPLogExporter({ url });
  let waiting: unknown[] = [];
  // The SDK's own batches forget what could not be delivered; whoever feeds a warehouse has to know.
  const processor = {
    onEmit: (record: unknown) => void waiting.push(record),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
  const resource = resourceFromAttributes({ 'service.name': 'stakes', 'service.version': version });
  const provider = new sdk.LoggerProvider({ resource, processors: [processor] });
  const logger = provider.getLogger('stakes.audit', version);
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) await deliver(exporter, batch, url);
  };
  return {
    async put(rows) {
      for (const row of rows) {
        logger.emit(logOf(row));
        if (waiting.length >= BATCH) await flush();
      }
    },
    async close() {
      await flush();
      await provider.shutdown();
      await exporter.shutdown();
    },
    drop() {
      waiting = [];
    },
  };
}

function deliver(exporter: Exporter, batch: readonly unknown[], url: string): Promise<void> {
  return new Promise((done, fail) => {
    exporter.export(batch, ({ code, error }) => {
      if (code === 0) done();
      else
        fail(new ExportFault(`\`${url}\` did not take the records${error ? ` (${error.message.slice(0, 200)})` : ''}`));
    });
  });
}

/** Names of the semantic conventions where there are some: https://opentelemetry.io/docs/specs/semconv/registry/attributes/ */
const ATTRIBUTES: Partial<Record<keyof ExportRow, string>> = {
  agent: 'gen_ai.agent.id',
  tool: 'gen_ai.tool.name',
  session: 'session.id',
};

function logOf(row: ExportRow): object {
  const { time, kind, reason, decision, outcome } = row;
  const attributes: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(row))
    if (value !== null && name !== 'time' && name !== 'reason')
      attributes[ATTRIBUTES[name as keyof ExportRow] ?? `stakes.${name}`] = value as string | number;
  const severityNumber = outcome === 'lost' ? ERROR : decision === 'deny' || outcome === 'error' ? WARN : INFO;
  return {
    eventName: `stakes.${kind}`,
    timestamp: new Date(time),
    severityNumber,
    severityText: severityNumber === INFO ? 'INFO' : severityNumber === WARN ? 'WARN' : 'ERROR',
    body: reason ?? `${outcome ?? ''}`,
    attributes,
  };
}
