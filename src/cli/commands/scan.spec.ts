import { names } from '../../report/scan/names.generated.ts';
import type { CommandSpec } from '../command.ts';
import { formatFlag } from '../options.ts';

export const spec: CommandSpec = {
  name: 'scan',
  summary: 'the tools of MCP servers: what each can do, and what changed since somebody looked',
  arguments: [
    {
      flags: '[configs...]',
      description: 'with --start: configurations of MCP clients (default: .mcp.json and its like here)',
      completes: { files: 'any' },
    },
  ],
  options: [
    formatFlag(names),
    {
      flags: '--tools <file>',
      description: 'a saved result of `tools/list`, `-` for standard input (repeatable)',
      completes: { files: 'any' },
      repeats: true,
    },
    { flags: '--as <server>', description: "the server's name, for --tools" },
    { flags: '--start', description: 'start the servers of a configuration, and ask them' },
    { flags: '--only <server>', description: 'with --start: only this one (repeatable)', repeats: true },
    { flags: '--timeout <seconds>', description: 'how long a server may take', default: '20' },
    { flags: '--sandbox', description: 'with --start: each in a sandbox (srt), without network and secrets' },
    { flags: '--allow-host <host>', description: 'with --sandbox: may be reached (repeatable)', repeats: true },
    { flags: '--no-catalog', description: 'with --start: judge by the listing alone' },
    { flags: '--pin', description: 'write the tools, as they are now, into the pins' },
    { flags: '--check', description: 'fail where a tool is not as it was pinned' },
    { flags: '--write', description: 'fill in what manifests here leave open about these tools' },
    {
      flags: '--pins <file>',
      description: 'the pins (default: stakes.pins.json)',
      completes: { files: 'any' },
    },
    { flags: '-y, --yes', description: 'start servers, change pins and manifests without asking' },
  ],
  examples: [
    { line: 'stakes scan --tools tools.json', does: 'a saved list' },
    { line: 'stakes scan --start .mcp.json', does: 'what the servers of this project say today' },
    { line: 'stakes scan --start --pin', does: 'the same, kept for later' },
    { line: 'stakes scan --start --write --pin', does: 'and filled into the manifests of this folder' },
    { line: 'stakes scan --start --check --yes', does: 'in CI: what changed behind your back' },
  ],
  notes: ['A server that is started runs with your rights; --sandbox takes them away.'],
};
