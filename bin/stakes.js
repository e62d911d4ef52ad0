#!/usr/bin/env node
// `process` is the global one: importing `node:process` opens stdin and stdout, which costs milliseconds.
import * as nodeModule from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 17)) {
  process.stderr.write(`stakes needs Node 20.17 or newer; this is ${process.versions.node}\n`);
  process.exit(2);
}
nodeModule.enableCompileCache?.();
const { runProcess } = await import('../dist/cli.js');
await runProcess();
