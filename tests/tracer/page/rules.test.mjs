// The rules and terms of the page against those of the library, element by element and to the last bit but one.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {embedded, load, sample} from './sources.mjs';

const {readRecord, termsOf, edgesToLoss} =
    load(['number.js', 'record.js', 'rules.js', 'terms.js'], ['readRecord', 'termsOf', 'edgesToLoss']);

const names = [
  'lesson', 'kink', 'deep-relu', 'sigmoid-absolute', 'leaky-squared', 'logistic', 'identity', 'wide', 'product',
  'reuse', 'micrograd', 'functions', 'not-finite'
];

const isClose = (a, b) => (Number.isFinite(b) ? Math.abs(a - b) <= 2e-16 * Math.max(1, Math.abs(b)) : Object.is(a, b));

for (const name of names) {
  test(`${name}: every term is the library's`, () => {
    const record = readRecord(embedded(name));
    const expected = Object.entries(sample(`${name}.json`));
    assert.ok(expected.length > 0);
    for (const [elementName, terms] of expected) {
      const sum = termsOf(record, record.element(elementName));
      assert.equal(sum.missing, 0);
      assert.deepEqual(
          sum.terms.map((term) => [term.source.tensor.elementName(term.source.index), term.slot]),
          terms.map((term) => term.slice(0, 2)));
      sum.terms.forEach((term, i) => {
        const [, , upstream, local, contribution] = terms[i].map(Number);
        for (const [got, want] of [[term.upstream, upstream], [term.local, local], [term.contribution, contribution]]) {
          assert.ok(isClose(got, want), `${elementName} through ${terms[i][0]}: ${got}, not ${want}`);
        }
      });
    }
  });
}

test('what flows into the loss along the paths of an element is its gradient', () => {
  for (const name of ['lesson', 'deep-relu', 'leaky-squared', 'reuse', 'micrograd', 'functions']) {
    const record = readRecord(embedded(name));
    for (const tensor of record.tensors.filter((one) => one.gradients && one !== record.loss)) {
      for (const index of tensor.embedded()) {
        const edges = edgesToLoss(record, {tensor, index});
        const arriving =
            edges.filter((edge) => edge.to.tensor === record.loss).reduce((sum, edge) => sum + edge.contribution, 0);
        const leaving = edges.filter((edge) => edge.from.tensor === tensor && edge.from.index === index)
                            .reduce((sum, edge) => sum + edge.contribution, 0);
        for (const flow of [arriving, leaving]) {
          assert.ok(Math.abs(flow - tensor.gradient(index)) < 1e-12, `${name} ${tensor.elementName(index)}: ${flow}`);
        }
      }
    }
  }
});

test('of a large net the terms that are embedded are right, and the others are counted', () => {
  const record = readRecord(embedded('mnist'));
  const sum = termsOf(record, record.element('a1[3,0]'));
  assert.equal(sum.terms.length + sum.missing, 10);
  const weight = termsOf(record, record.element('W1[0,0]'));
  assert.equal(weight.terms.length + weight.missing, 64);
  if (!weight.missing) assert.ok(Math.abs(weight.residual) < 1e-12);
});
