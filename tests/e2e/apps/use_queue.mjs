// Shares a queue with a Python program: takes what that put, and puts something for it.
import { ModalClient } from 'modal';

const client = new ModalClient();
const queue = await client.queues.fromName(process.env.E2E_QUEUE);
const got = await queue.getMany(3);
await queue.put('from javascript');
await queue.put({ deep: [1, null, true] }, { partition: 'javascript' });
const ephemeral = await client.queues.ephemeral();
await ephemeral.putMany([1, 2, 3]);
const seen = [];
for await (const item of ephemeral.iterate()) seen.push(item);
const empty = await ephemeral.get({ partition: 'none', timeoutMs: 10 }).then(String, (error) => error.name);
const length = await ephemeral.len();
ephemeral.closeEphemeral();
console.log(JSON.stringify({ got, seen, empty, length }));
client.close();
