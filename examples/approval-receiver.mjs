// A receiver of questions from `stakes gate`, to start a bridge to your chat from: instead of posting a question to a channel
// it prints it, and instead of buttons it takes `yes <id> <who>` and `no <id> <who> <why>` from its standard input.
//
//   WEBHOOK_SECRET=whsec_… PORT=8788 node examples/approval-receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import process from 'node:process';
import { createInterface } from 'node:readline';

const MOST_BYTES = 1024 * 1024;
const MOST_SECONDS_OFF = 300;
const key = Buffer.from((process.env.WEBHOOK_SECRET ?? '').replace(/^whsec_/, ''), 'base64');
if (key.length < 24) throw new Error('set WEBHOOK_SECRET to `whsec_` and at least 24 random bytes in Base64');

/** Questions that wait, by their id: what was asked, and what somebody has said. */
const questions = new Map();

createServer((request, response) => {
  const chunks = [];
  let length = 0;
  request.on('data', (chunk) => {
    length += chunk.length;
    if (length > MOST_BYTES) request.destroy();
    else chunks.push(chunk);
  });
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    const [status, said] = isSigned(request.headers, body) ? answerTo(JSON.parse(body)) : [401];
    const text = said === undefined ? '' : JSON.stringify(said);
    response.writeHead(status, signedHeaders(request.headers['webhook-id'] ?? '', text)).end(text);
  });
}).listen(Number(process.env.PORT ?? 8788), '127.0.0.1', function listening() {
  console.log(`waiting for questions on port ${this.address().port}`);
});

/** Standard Webhooks: the signature is over id, time and body, and the time is now. */
function isSigned({ 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures = '' }, body) {
  if (!(Math.abs(Date.now() / 1000 - Number(time)) < MOST_SECONDS_OFF)) return false;
  const made = signatureOf(id, time, body);
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return signature.startsWith('v1,') && given.length === made.length && timingSafeEqual(given, made);
  });
}

/** The gate wants to know whom an answer is from: on one machine, another program could have taken the port. */
function signedHeaders(id, body) {
  const time = Math.floor(Date.now() / 1000);
  const signature = `v1,${signatureOf(id, time, body).toString('base64')}`;
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': time,
    'webhook-signature': signature,
  };
}

function signatureOf(id, time, body) {
  return createHmac('sha256', key).update(`${id}.${time}.${body}`).digest();
}

function answerTo({ type, data }) {
  if (type === 'approval.asked') {
    // The gate asks again where it did not hear that the question has come.
    if (!questions.has(data.id)) show(data);
    questions.set(data.id, { secret: data.secret, said: questions.get(data.id)?.said });
    return [204];
  }
  if (type === 'approval.over') {
    if (questions.delete(data.id))
      console.log(`${data.id} is over: ${data.answer} by ${data.by ?? 'nobody'} (${data.channel})`);
    return [204];
  }
  const question = questions.get(data.id);
  if (type !== 'approval.poll' || question === undefined) return [404];
  // The secret shows the gate that the answer is to this very question.
  return question.said === undefined ? [204] : [200, { id: data.id, secret: question.secret, ...question.said }];
}

/** What people have to see: who wants what, with every argument, and nothing of it acted on by where it is shown. */
function show({ id, agent, tool, arguments: values, because, approvers, until }) {
  const shown = JSON.stringify({ agent, tool, arguments: values, because, approvers, until }, null, 2);
  console.log(
    `question ${id}: ${shown.replace(/[^\n\x20-\x7e]/gu, (char) => `\\u{${char.codePointAt(0).toString(16)}}`)}`,
  );
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const [, word, id, by, reason] = /^(yes|no) (\S+) (\S+) ?(.*)$/.exec(line) ?? [];
  const question = questions.get(id);
  if (question === undefined) return console.log('say `yes <id> <who>` or `no <id> <who> <why>`');
  // The first one counts, here and in the gate.
  question.said ??= { approve: word === 'yes', by, reason: reason || null };
});
