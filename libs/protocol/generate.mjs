// Makes generated/ from proto/ with buf and ts-proto. Does nothing when neither the schema nor the tools changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = import.meta.dirname ?? fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const schemaFolder = join(here, 'proto');
const outputFolder = join(here, 'generated');
const stampFile = join(outputFolder, '.stamp');

const options = {
  env: 'node', // Buffer for bytes.
  esModuleInterop: true,
  importSuffix: '.js',
  outputServices: 'grpc-js', // Paths, stream flags and (de)serialisers for @grpc/grpc-js.
  outputClientImpl: false,
  outputJsonMethods: false,
  oneof: 'unions-value', // { $case, value }
  useOptionals: 'messages',
  useExactTypes: false,
  forceLong: 'number',
  unrecognizedEnum: false,
  snakeToCamel: 'keys',
  removeEnumPrefix: true, // AppState.DEPLOYED
  exportCommonSymbols: false, // Lets index.ts export every file with a star.
};

const template = (other = {}) => ({
  version: 'v2',
  plugins: [
    {
      local: [process.execPath, join(root, 'node_modules/ts-proto/protoc-gen-ts_proto')],
      out: outputFolder,
      strategy: 'all',
      include_imports: true,
      include_wkt: true,
      opt: Object.entries({ ...options, ...other }).map(([name, value]) => `${name}=${value}`),
    },
  ],
});

const stamp = () => {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  for (const tool of ['ts-proto', '@bufbuild/buf'])
    hash.update(JSON.parse(readFileSync(join(root, 'node_modules', tool, 'package.json'), 'utf8')).version);
  for (const file of readdirSync(schemaFolder).toSorted())
    hash.update(file).update(readFileSync(join(schemaFolder, file)));
  return hash.digest('hex');
};

const generate = (input, made) =>
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/@bufbuild/buf/bin/buf'), 'generate', input, '--template', JSON.stringify(made)],
    { stdio: 'inherit', cwd: root },
  );

const wanted = stamp();
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== wanted) {
  rmSync(outputFolder, { recursive: true, force: true });
  generate(schemaFolder, template());
  // What users give their classes may be any integer of 64 bits, which a number of JavaScript cannot hold.
  generate(join(schemaFolder, 'parameter.proto'), template({ forceLong: 'string' }));
  writeFileSync(stampFile, wanted);
}
