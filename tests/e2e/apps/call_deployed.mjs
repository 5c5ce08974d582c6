// Calls what deployed.py deployed, as a JavaScript program would.
import { ModalClient } from 'modal';

const client = new ModalClient();
const add = await client.functions.fromName('e2e-deployed', 'add');
const describe = await client.functions.fromName('e2e-deployed', 'describe');
const refuse = await client.functions.fromName('e2e-deployed', 'refuse');
const greeter = await client.cls.fromName('e2e-deployed', 'Greeter');
const instance = await greeter.instance({ greeting: 'hej' });
const spawned = await add.spawn([20], { b: 22 });
const missing = await client.functions.fromName('e2e-deployed', 'no-such-function').then(String, String);

console.log(
  JSON.stringify({
    remote: await add.remote([1, 2]),
    spawned: await spawned.get(),
    structured: await describe.remote([{ name: 'Ada', age: 36 }]),
    method: await instance.method('greet').remote(['Eve']),
    refusal: await refuse.remote([]).then(String, String),
    missing,
  }),
);
client.close();
