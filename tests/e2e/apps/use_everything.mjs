// What the JavaScript SDK does beside simple calls: environments, volumes, secrets, options, sandboxes, figures, logs.
import { ModalClient } from 'modal';

const client = new ModalClient();
const tag = process.env.E2E_TAG;
const said = {};

const all = async (items) => {
  const found = [];
  for await (const item of items) found.push(item);
  return found;
};
const errorOf = (promise) => promise.then(String, (error) => `${error.name}: ${error.message}`);

await client.environments.objects.create(tag);
said.environments = (await all(client.environments.objects.list())).map(({ name }) => name);
const environment = await client.environments.fromName(tag);
said.appsOfTheNewOne = (await all(environment.apps.list())).length;
await client.environments.objects.delete(tag);
said.deletedEnvironment = await errorOf(client.environments.fromName(tag));

const volume = await client.volumes.fromName(tag, { createIfMissing: true });
const secret = await client.secrets.fromObject({ COLOUR: 'green' });
said.missingSecret = await errorOf(client.secrets.fromName(tag));
said.missingVolume = await errorOf(client.volumes.fromName(`${tag}-none`));

const app = await client.apps.fromName(process.env.E2E_APP);
const add = await client.functions.fromName(process.env.E2E_APP, 'add');
const call = await add.spawn([1, 2]);
said.sum = await (await client.functionCalls.fromId(call.functionCallId)).get();
said.large = (await add.remote(['x'.repeat(3_000_000), 'y'])).length;
said.huge = (await add.remote([new Uint8Array(70_000_000), new Uint8Array(1)])).length;
said.spread = await Promise.all(Array.from({ length: 20 }, (_, n) => add.remote([n, n])));
said.autoscaler = (await add.updateAutoscaler({ maxContainers: 2 })).maxContainers;
said.backlog = (await add.getCurrentStats()).backlog;
const variant = add.withOptions({ timeoutMs: 60_000, env: { A: 'b' } });
said.variant = await variant.remote([3, 4]);

const greeter = await client.cls.fromName(process.env.E2E_APP, 'Greeter');
const tuned = await greeter
  .withOptions({ secrets: [secret] })
  .withConcurrency({ maxInputs: 2 })
  .instance({ greeting: 'hallo' });
said.greeted = await tuned.method('greet').remote(['Ada']);
said.wrongParameter = await errorOf(greeter.instance({ greeting: 7 }));

const image = await client.images.fromId(process.env.E2E_IMAGE);
const sandbox = await client.sandboxes.create(app, image, {
  command: ['sleep', '60'],
  secrets: [secret],
  volumes: { '/data': volume },
});
const process_ = await sandbox.exec(['sh', '-c', 'echo $COLOUR; echo kept > /data/file; exit 3']);
said.printed = await process_.stdout.readText();
said.exitCode = await process_.wait();
await sandbox.terminate();

const until = async (look) => {
  for (let left = 100; left > 0; left -= 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('waited in vain');
};
said.counted = await until(async () => (await add.stats()).inputSuccessCount >= 22);
said.series = Object.keys((await add.metrics.export({ groups: ['calls'] })).series);
said.logged = await until(async () => {
  const messages = (await all(call.logs.tail())).map(({ message }) => message.trim());
  return messages.length > 0 && messages;
});
console.log(JSON.stringify(said));
client.close();
