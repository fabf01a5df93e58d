/** The pages' own files: where they lie, and the texts, served as to a browser. Nothing else is there. */
import { readdirSync, readFileSync } from 'node:fs';

export const web = new URL('../../../src/VcasConsole/web/', import.meta.url);

/** The names of the modules, as `pages/call.js`. */
export const names = () =>
  readdirSync(web, { recursive: true }).map(name => name.replaceAll('\\', '/')).filter(name => name.endsWith('.js'));

/** What stands in one of the files. */
export const textOf = name => readFileSync(new URL(name, web), 'utf8');

globalThis.fetch = async path => {
  if (`${path}` !== '/console/texts.en.json') throw new TypeError(`Nothing is served at ${path}.`);
  return new Response(textOf('texts.en.json'));
};
