// Both languages are complete: every text is used, every use has its text, and the placeholders are the same.
import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {test} from 'node:test';

import {load, source} from './sources.mjs';

const {texts, speaker} = load(['texts.js', 'speaker.js'], ['texts', 'speaker']);
const forms = (entry) => (Array.isArray(entry) ? entry : [entry]);
const placeholders = (text) => [...new Set(text.match(/\{\w+\}/g) || [])]
                                   .filter((name) => name !== '{n}' || !text.includes('Σ{n}'))
                                   .sort();

test('every text has two languages with the same placeholders and formulas', () => {
  for (const [key, entry] of Object.entries(texts)) {
    assert.equal(entry.length, 2, key);
    const [english, russian] = entry.map(forms);
    if (Array.isArray(entry[0])) assert.deepEqual([english.length, russian.length], [2, 3], key);
    for (const text of [...english, ...russian]) {
      assert.deepEqual(placeholders(text), placeholders(english[0]), `${key}: ${text}`);
      assert.equal((text.match(/`/g) || []).length % 2, 0, `${key}: ${text}`);
    }
  }
});

test('Russian is Russian', () => {
  const same = Object.entries(texts).filter(([, [english, russian]]) => english === russian).map(([key]) => key);
  assert.deepEqual(same, ['aboutExpression']);
  for (const [key, [english, russian]] of Object.entries(texts)) {
    assert.doesNotMatch(forms(english).join(), /[а-яё]/i, key);
    if (key !== 'aboutExpression') assert.match(forms(russian).join(), /[а-яё]/i, key);
  }
});

test('every text is used, and no use is without a text', () => {
  const others = readdirSync(process.env.PAGE_SOURCES)
                     .filter((name) => /\.(js|html)$/.test(name) && name !== 'texts.js')
                     .map(source)
                     .join('\n');
  const madeUp =
      /^(phase|role|forward\.|backward\.|linear$|cross_entropy|softmax_|binary_|squared_|absolute_)/;  // their names
                                                                                                       // are put
                                                                                                       // together
  for (const key of Object.keys(texts)) {
    if (!madeUp.test(key)) assert.ok(new RegExp(`['"]${key}['"]`).test(others), `${key} is not used`);
  }
  for (const [, key] of others.matchAll(/(?:\bt|prose|withFormulas)\('([\w.]+)'/g)) {
    assert.ok(key in texts || ['phase', 'role'].includes(key), `${key} has no text`);
  }
  for (const [, key] of others.matchAll(/data-(?:text|label)="(\w+)"/g)) assert.ok(key in texts, `${key} has no text`);
});

test('plural forms', () => {
  const [en, ru] = ['en', 'ru'].map(speaker);
  assert.deepEqual(
      [1, 2, 5].map((n) => en('rowsOfBatch', {n})),
      ['A mini-batch of 1 row', 'A mini-batch of 2 rows', 'A mini-batch of 5 rows']);
  assert.deepEqual([1, 2, 5, 11, 21, 22, 112].map((n) => ru('moreTerms', {n})), [
    'и ещё 1 слагаемое', 'и ещё 2 слагаемых', 'и ещё 5 слагаемых', 'и ещё 11 слагаемых', 'и ещё 21 слагаемое',
    'и ещё 22 слагаемых', 'и ещё 112 слагаемых'
  ]);
});
