// The page's own functions, for tests without a browser.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

export const samples = process.env.PAGE_SAMPLES;

export function source(name) { return readFileSync(join(process.env.PAGE_SOURCES, name), 'utf8'); }

/// {name: value} of what the scripts define.
export function load(scripts, names) {
  return new Function(`${scripts.map(source).join('\n')}\nreturn {${names.join(', ')}};`)();
}

export const sample = (name) => JSON.parse(readFileSync(join(samples, name), 'utf8'));

/// The record that a sample page embeds.
export function embedded(name) {
  const html = readFileSync(join(samples, `${name}.html`), 'utf8');
  return JSON.parse(html.match(/id="record">(.*?)<\/script>/s)[1]);
}
