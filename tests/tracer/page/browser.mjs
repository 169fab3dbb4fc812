// One headless Chromium for a test file. A page that says anything on its console, or that asks for anything but its
// own file, fails.
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

import {samples} from './sources.mjs';

const require = createRequire(join(process.env.PAGE_NPM, 'package.json'));
const {chromium} = require('playwright-core');
export const axePath = require.resolve('axe-core/axe.min.js');

let browser = null;

export async function start() {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'
    ]
  });
}

export const stop = () => browser.close();

/// Opens a sample at a moment of its walk and hands it to `use`; afterwards nothing may have been complained about.
export async function withPage(name, hash, use, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}, ...options});
  context.setDefaultTimeout(300_000);  // a machine may be busy with other tests
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) complaints.push(`asks for ${request.url()}`);
  });
  await page.goto(`${pathToFileURL(join(samples, `${name}.html`))}#${hash}`);
  await use(page);
  assert.deepEqual(complaints, []);
  await context.close();
}

/// The text of the first element that fits, with every run of white space as one space.
export async function textOf(page, selector) {
  return (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ').trim();
}
