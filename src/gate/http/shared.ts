import { isRecord } from '../../source/record.ts';
import { LEGACY_VERSIONS, MODERN_VERSIONS } from './era.ts';
import { type Lane, openLane } from './lane.ts';
import { newParamHeaders, type ParamHeaders } from './params.ts';
import type { SessionParts } from './sessions.ts';

/** Milliseconds without a request after which what is counted by the session begins anew. */
const IDLE = 10 * 60_000;

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
  let current: Lane | undefined;
  let used = 0;
  const begin = (): Lane => {
    const { setting, close } = newSetting();
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
        close();
        if (current === lane) current = undefined;
      },
    });
    current = lane;
    return lane;
  };
  return {
    params,
    versions: () => versions,
    lane() {
      used = performance.now();
      return current ?? begin();
    },
    beat() {
      if (current?.isBusy()) used = performance.now();
      else if (performance.now() - used > IDLE) current?.end();
      current?.beat();
    },
    end: () => current?.end(),
  };
}
