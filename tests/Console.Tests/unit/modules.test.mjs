import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';
import './browser.mjs';
import { names, textOf, web } from './served.mjs';

// The beginning of the pages does what it is for as soon as it is opened; the worker is no module.
const started = ['app.js', 'worker.js'];

/** The modules that one imports, as `./dom.js` or `../dom.js`. */
const importsIn = text =>
  [...text.matchAll(/^(?:import|export)\b[^'"`;()]*?\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm)]
    .map(([, from, bare, late]) => from ?? bare ?? late);

const graph = new Map(names().map(name => [name, importsIn(textOf(name)).map(path => posix.join(posix.dirname(name), path))]));

/** A circle of imports, as the names on its way; null where there is none. */
function circleIn(imports) {
  const done = new Set();
  const visit = (name, way) => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
    if (done.has(name)) return null;
    for (const next of imports.get(name) ?? []) {
      const found = visit(next, [...way, name]);
      if (found) return found;
    }
    done.add(name);
    return null;
  };
  for (const name of imports.keys()) {
    const found = visit(name, []);
    if (found) return found;
  }
  return null;
}

test('no modules import each other in a circle', () => {
  assert.ok(graph.size > 40, `Only ${graph.size} modules were found.`);
  assert.equal(circleIn(graph)?.join(' → '), undefined);
});

test('a circle is found, however long it is and wherever it begins', () => {
  const of = imports => circleIn(new Map(Object.entries(imports)));
  assert.deepEqual(of({ a: ['a'] }), ['a', 'a']);
  assert.deepEqual(of({ a: ['b'], b: ['c'], c: ['d'], d: ['b'] }), ['b', 'c', 'd', 'b']);
  assert.equal(of({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }), null);
});

test('imports are seen in each of their forms', () => {
  const text = [
    "import { a,\n  b } from './one.js';", "import './two.js';", 'export * from "./three.js";', "await import('./four.js');",
    "import * as f from './five.js';", '// It does import what it needs.', "const text = t('history.import', 'from here');",
  ].join('\n');
  assert.deepEqual(importsIn(text), ['./one.js', './two.js', './three.js', './four.js', './five.js']);
});

test('every module that is imported is a file of the source tree', () => {
  const isThere = path => existsSync(new URL(path, web));
  const missing = [...graph].flatMap(([name, imports]) => imports.filter(path => !isThere(path)).map(path => `${name}: ${path}`));
  assert.deepEqual(missing, []);
});

for (const name of names().filter(one => !started.includes(one))) {
  test(`${name} can be opened by itself, and finds each name that it imports`, async () => {
    assert.ok(await import(new URL(name, web)));
  });
}

test('every module is used by the pages', () => {
  const reached = new Set();
  const visit = name => {
    if (reached.has(name)) return;
    reached.add(name);
    graph.get(name).forEach(visit);
  };
  visit('app.js');
  assert.deepEqual(names().filter(name => !reached.has(name)), ['worker.js']);
});

test('every list of words that a page asks for is there, and each of its words has a label', async () => {
  const [{ words }, { label }] = await Promise.all(['words.js', 'texts.js'].map(name => import(new URL(name, web))));
  const asked = new Set(names().flatMap(name => [...textOf(name).matchAll(/\bwords\.([A-Z]\w*)/g)].map(found => found[1])));
  assert.ok(asked.size >= 6, `Only ${[...asked]} are asked for.`);
  for (const list of asked) for (const word of words[list]) assert.equal(typeof label(list, word), 'string');
});

test('no word stands in its list twice', async () => {
  const { words } = await import(new URL('words.js', web));
  for (const [list, of] of Object.entries(words)) assert.deepEqual(of, [...new Set(of)], list);
});
