// Prints the rpcs that each client version has and we lack. Needs Node 24: node_modules/.bin/node tests/conformance/report.mjs
import { missingRpcs } from './compare-schemas.ts';
import { CLIENT_VERSIONS, clientDescriptors, ourDescriptors, RENAMED } from './load-schemas.ts';
import { readSchema } from './schema.ts';

const ours = readSchema(ourDescriptors());
for (const version of CLIENT_VERSIONS) {
  const client = readSchema(clientDescriptors(version), RENAMED);
  const missing = missingRpcs(ours, client);
  console.log(`${version}: ${client.rpcs.size} rpcs, ${missing.length} of them not answered here`);
  for (const name of missing) console.log(`  ${name}`);
}
