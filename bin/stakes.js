#!/usr/bin/env node
import * as nodeModule from 'node:module';
import process from 'node:process';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 17)) {
  process.stderr.write(`stakes needs Node 20.17 or newer; this is ${process.versions.node}\n`);
  process.exit(2);
}
nodeModule.enableCompileCache?.();
const { runProcess } = await import('../dist/cli.js');
await runProcess();
