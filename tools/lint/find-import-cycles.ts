import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

/** Each file with the files that it imports by a relative path, type imports included. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Every group of files that reach one another by imports, sorted; a graph without cycles has none. */
export const findImportCycles = (graph: ImportGraph): readonly (readonly string[])[] => {
  // Tarjan's strongly connected components: one walk, each file visited once.
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const imported of graph.get(file) ?? []) {
      if (!order.has(imported)) visit(imported);
      else if (!open.includes(imported)) continue;
      lowest.set(file, Math.min(lowest.get(file)!, lowest.get(imported)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const group = open.splice(open.indexOf(file));
    if (group.length > 1 || graph.get(file)?.includes(file)) cycles.push(group.toSorted());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return cycles;
};

const IMPORT =
  /\b(?:import|export)\b[^'";]*?(?:\bfrom\s*)?['"](\.{1,2}\/[^'"]+)['"]|\bimport\(\s*['"](\.{1,2}\/[^'"]+)['"]/g;

/** The relative imports of a source text, as written. */
export const importsIn = (source: string): readonly string[] =>
  [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');

const readGraph = (folder: string): ImportGraph => {
  const files = globSync('{libs,services,tools,tests}/**/*.ts', {
    cwd: folder,
    exclude: (path) => /(^|\/)(node_modules|dist|generated)(\/|$)/.test(String(path)),
  });
  const known = new Set(files);
  return new Map(
    files.map((file) => [
      file,
      importsIn(readFileSync(join(folder, file), 'utf8'))
        .map((path) => normalize(join(dirname(file), path.replace(/\.js$/, '.ts'))))
        .filter((path) => known.has(path)),
    ]),
  );
};

if (import.meta.filename === process.argv[1]) {
  const folder = join(import.meta.dirname, '..', '..');
  const cycles = findImportCycles(readGraph(folder));
  for (const cycle of cycles)
    console.error(`These files import one another: ${cycle.map((file) => relative('.', file)).join(', ')}`);
  if (cycles.length > 0) process.exitCode = 1;
}
