/**
 * Hosts where anybody can hold an account, so that data sent there may reach a stranger: a listed host of this kind is
 * as good as open. A leading dot stands for every subdomain. Source: the services' own sign-up pages; kept by hand.
 */
export const STRANGER_HOSTS: readonly string[] = [
  'api.anthropic.com', 'api.openai.com', 'generativelanguage.googleapis.com', 'huggingface.co', 'api.replicate.com',
  'github.com', 'api.github.com', 'gist.github.com', 'raw.githubusercontent.com', 'uploads.github.com', '.github.io',
  'gitlab.com', '.gitlab.io', 'bitbucket.org', 'api.bitbucket.org', 'codeberg.org', 'sourceforge.net',
  'registry.npmjs.org', 'pypi.org', 'upload.pypi.org', 'rubygems.org', 'crates.io', 'hub.docker.com', 'registry-1.docker.io', 'ghcr.io',
  'slack.com', 'hooks.slack.com', 'files.slack.com', 'discord.com', 'discordapp.com', 'api.telegram.org', 'graph.facebook.com',
  'api.whatsapp.com', 'api.twilio.com', 'api.sendgrid.com', 'api.mailgun.net', 'smtp.gmail.com', 'gmail.googleapis.com',
  'docs.google.com', 'drive.google.com', 'sheets.googleapis.com', 'www.googleapis.com', 'storage.googleapis.com', 'script.google.com',
  'firebaseio.com', '.firebaseio.com', '.web.app', '.appspot.com', '.cloudfunctions.net', '.run.app',
  's3.amazonaws.com', '.amazonaws.com', '.cloudfront.net', '.blob.core.windows.net', '.azurewebsites.net', '.azureedge.net',
  'api.notion.com', 'www.notion.so', '.notion.site', 'api.airtable.com', 'api.trello.com', 'trello.com', 'api.linear.app',
  'www.dropbox.com', 'api.dropboxapi.com', 'content.dropboxapi.com', 'api.box.com', 'upload.box.com', 'onedrive.live.com', 'graph.microsoft.com',
  'x.com', 'twitter.com', 'api.twitter.com', 'reddit.com', 'www.reddit.com', 'oauth.reddit.com', 'www.linkedin.com', 'api.linkedin.com',
  'www.youtube.com', 'medium.com', 'substack.com', '.substack.com', 'dev.to', 'news.ycombinator.com', 'stackoverflow.com', 'wikipedia.org', '.wikipedia.org',
  'pastebin.com', 'paste.ee', 'dpaste.org', 'hastebin.com', 'transfer.sh', 'file.io', '0x0.st', 'catbox.moe', 'wetransfer.com',
  'webhook.site', '.webhook.site', 'requestbin.com', '.requestbin.net', '.pipedream.net', 'hooks.zapier.com', 'maker.ifttt.com', 'hook.make.com',
  '.ngrok.io', '.ngrok-free.app', '.ngrok.app', '.trycloudflare.com', '.loca.lt', '.serveo.net',
  '.vercel.app', '.netlify.app', '.pages.dev', '.workers.dev', '.r2.dev', '.herokuapp.com', '.fly.dev', '.onrender.com', '.railway.app',
  '.supabase.co', '.repl.co', '.replit.dev', '.glitch.me', '.surge.sh', '.deno.dev', '.val.run', '.wordpress.com', '.blogspot.com',
  '.typeform.com', '.jotform.com', 'forms.gle', 'api.hubapi.com', 'api.sendinblue.com', 'api.mailchimp.com',
  'oastify.com', '.oastify.com', '.interact.sh', '.oast.fun', '.burpcollaborator.net', 'dnslog.cn', '.dnslog.cn',
];

const exact = new Set(STRANGER_HOSTS.filter((host) => !host.startsWith('.')));
const below = STRANGER_HOSTS.filter((host) => host.startsWith('.'));

/** True for a host (with or without a port) where strangers hold accounts. */
export function isStrangerHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return exact.has(name) || below.some((ending) => name.endsWith(ending));
}
