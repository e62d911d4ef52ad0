#!/usr/bin/env node
// CommonJS, as `package.json` beside it says: Node starts it faster than an ES module.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 17)) {
  process.stderr.write(`stakes needs Node 20.17 or newer; this is ${process.versions.node}\n`);
  process.exit(2);
}
require('node:module').enableCompileCache?.();
require(process.argv[2] === 'gate' ? '../dist/gate.cjs' : '../dist/cli.cjs').runProcess();
