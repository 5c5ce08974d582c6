import { findImportCycles, importsIn } from './find-import-cycles.ts';

const graph = (edges: Readonly<Record<string, readonly string[]>>) => new Map(Object.entries(edges));

describe('find import cycles', () => {
  test('files that import one another over a third are one cycle', () => {
    expect(findImportCycles(graph({ c: ['a'], a: ['b'], b: ['c'], d: ['a'] }))).toEqual([['a', 'b', 'c']]);
  });

  test('two ways to one file are no cycle', () => {
    expect(findImportCycles(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([]);
  });

  test('a file that imports itself is a cycle', () => {
    expect(findImportCycles(graph({ a: ['a'] }))).toEqual([['a']]);
  });

  test('type imports, exports and dynamic imports by relative path count; packages do not', () => {
    const source = `
      import type { A } from './a.js';
      import {
        b,
      } from '../b.js';
      import './c.js';
      export * from './d.js';
      import { e } from 'package';
      const f = await import('./f.js');`;
    expect(importsIn(source)).toEqual(['./a.js', '../b.js', './c.js', './d.js', './f.js']);
  });
});
