import { isRecord } from '../source/record.ts';
import { CLIENT_CAPABILITIES, LISTENED, SERVER_NOTIFICATIONS } from './features.ts';
import { isOpen, openCapabilities } from './listing.ts';
import { agentOf, type Session } from './session.ts';

type Values = Record<string, unknown>;

/** Since 2026-07-28 each request says what its client can do. */
const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';

/** A request as the server may see it: without what its policy lets it neither ask for nor tell. */
export function openRequest(session: Session, method: string, value: Values): Values {
  const { params } = value;
  if (session.setting.mode === 'shadow' || !isRecord(params)) return value;
  const agent = agentOf(session);
  const open = (of: unknown, features: Readonly<Record<string, string>>) =>
    openCapabilities(of, features, agent, session.setting.server);
  const changed: Values = {};
  if (isRecord(params._meta) && Object.hasOwn(params._meta, CAPABILITIES))
    changed._meta = { ...params._meta, [CAPABILITIES]: open(params._meta[CAPABILITIES], CLIENT_CAPABILITIES) };
  if (method === 'initialize') changed.capabilities = open(params.capabilities, CLIENT_CAPABILITIES);
  if (method === 'subscriptions/listen') changed.notifications = open(params.notifications, LISTENED);
  return Object.keys(changed).length === 0 ? value : { ...value, params: { ...params, ...changed } };
}

/** May a client hear it? What it tells of is otherwise hidden. */
export function isHeard(session: Session, method: string): boolean {
  const { mode, server } = session.setting;
  const feature = Object.hasOwn(SERVER_NOTIFICATIONS, method) ? SERVER_NOTIFICATIONS[method] : undefined;
  return feature === undefined || mode === 'shadow' || isOpen(agentOf(session), `${server}/${feature}`);
}
