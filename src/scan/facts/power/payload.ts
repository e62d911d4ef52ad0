import type { Clues } from '../../clues.ts';
import { freeField, type Power } from './power.ts';

const DEPLOYED =
  /^(?:worker|workers|function|functions|lambda|edge|workflow|workflows|script|app|site|heroku|action|plugin|bot|dag|hook)$/;
const CODE_FIELD =
  /^(?:files|script_content|content|code|source|source_code|tarball_uri|zip_file|bundle|definition_code|yaml_override)$/;
const CONFIG_FIELD = /^(?:config_content|yaml_content|pipeline_yaml|yaml_override|pipeline_config)$/;

const START_FIELD =
  /^(?:(?:build|start|run|deploy|pre_deploy|post_deploy|predeploy|postdeploy|install|startup|launch|release|cron)_(?:command|cmd|script)|user_data|userdata|cloud_init|startup_script|post_install_script|entrypoint)$/;

/** A service that is made of one of these runs what is in it. */
const FROM_FIELD = /^(?:image|docker_image|repo|repository|repo_url|git_repo|source_repo|app_spec|spec|image_url)$/;
const SERVED = /^(?:app|application|service|container|pod|machine|backend)$/;

/** Code that is handed over to run later. */
export function payload(clues: Clues): Power | undefined {
  const deeds = [...clues.named, ...clues.said];
  const config = freeField(clues, CONFIG_FIELD, 0);
  if (config && deeds.some(({ kind }) => kind === 'running' || kind === 'overwriting'))
    return { what: 'payload', clue: 'schema', why: `\`${config.name}\` says what is run` };
  const start = freeField(clues, START_FIELD);
  if (start && clues.named.some(({ kind }) => kind === 'changing' || kind === 'releasing' || kind === 'overwriting'))
    return { what: 'start', clue: 'schema', why: `\`${start.name}\` is run where it is put` };
  const from = freeField(clues, FROM_FIELD, 0);
  const served = clues.named.some(
    ({ verb, objects }) => verb === 'create' && objects.some((word) => SERVED.test(word)),
  );
  if (from && served)
    return { what: 'start', clue: 'schema', why: `\`${from.name}\` picks the code that runs from then on` };
  const releases = deeds.some(({ verb }) => verb === 'deploy' || verb === 'redeploy');
  const creates = clues.named.some(({ verb }) => /^(?:create|update|put|upload|publish)$/.test(verb));
  const thing = clues.words.some((word) => DEPLOYED.test(word));
  const field = freeField(clues, CODE_FIELD, 0);
  const handed =
    field && (releases || (creates && thing && /code|content|script|zip|bundle|source|files/.test(field.name)));
  return handed
    ? { what: 'payload', clue: 'schema', why: `\`${field.name}\` is code that runs once it is there` }
    : undefined;
}
