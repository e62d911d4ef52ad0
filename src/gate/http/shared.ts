import { isRecord } from '../../source/record.ts';
import type { Setting } from '../ports.ts';
import { LEGACY_VERSIONS, MODERN_VERSIONS } from './era.ts';
import { type Lane, openLane } from './lane.ts';
import { newParamHeaders, type ParamHeaders } from './params.ts';
import type { SessionParts } from './sessions.ts';

/** Milliseconds without a request after which what is counted by the session begins anew. */
const RENEWED = 10 * 60_000;
/** The same after which the server is ended. */
const IDLE = 60 * 60_000;

export interface SharedLane {
  lane(): Lane;
  params: ParamHeaders;
  /** Versions of the protocol that the server is known to speak, of those that the gate does. */
  versions(): readonly string[];
  beat(): void;
  end(): void;
}

/** All requests that are of no session, over one connection to the server. */
export function sharedLane({ newSetting, open, tell }: SessionParts): SharedLane {
  const params = newParamHeaders();
  const ours: readonly string[] = [...MODERN_VERSIONS, ...LEGACY_VERSIONS];
  let versions = ours;
  let current: { lane: Lane; renew(): void } | undefined;
  let used = performance.now();
  const begin = () => {
    let counted = newSetting();
    // Read for each call: what is counted by the session may begin anew while the server goes on.
    const setting: Setting = {
      ...counted.setting,
      get session() {
        return counted.setting.session;
      },
      get ledger() {
        return counted.setting.ledger;
      },
    };
    const lane = openLane(setting, open(), {
      isShared: true,
      tell,
      heard(method, { result }) {
        if (method === 'tools/list') params.learn(result);
        if (method !== 'server/discover' || !isRecord(result) || !Array.isArray(result.supportedVersions)) return;
        const theirs: unknown[] = result.supportedVersions;
        versions = ours.filter((version) => theirs.includes(version));
      },
      over() {
        counted.close();
        if (current?.lane === lane) current = undefined;
      },
    });
    const renew = () => {
      counted.close();
      counted = newSetting();
    };
    current = { lane, renew };
    return current;
  };
  return {
    params,
    versions: () => versions,
    lane() {
      const { lane, renew } = current ?? begin();
      const now = performance.now();
      if (now - used > RENEWED && !lane.isBusy()) renew();
      used = now;
      return lane;
    },
    beat() {
      if (current?.lane.isBusy()) used = performance.now();
      else if (performance.now() - used > IDLE) current?.lane.end();
      current?.lane.beat();
    },
    end: () => current?.lane.end(),
  };
}
