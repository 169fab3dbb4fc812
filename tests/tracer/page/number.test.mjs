// Numbers are written as tracer/number.cpp writes them; what a learner types is read and judged kindly and exactly.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {load, sample} from './sources.mjs';

const {plainNumber, formatNumber, formatCell, parseTyped, judgePrediction} =
    load(['number.js', 'predict.js'], ['plainNumber', 'formatNumber', 'formatCell', 'parseTyped', 'judgePrediction']);

test('as C++ writes them', () => {
  const rows = sample('numbers.json');
  assert.ok(rows.length > 1000);
  for (const [value, digits, text] of rows)
    assert.equal(plainNumber(Number(value), digits), text, `${value} in ${digits} digits`);
});

test('pending, exact 0, tiny and a number never look alike', () => {
  assert.deepEqual(
      [0, 1.2e-7, -0.0004878, 0.4878, -0.5].map((x) => formatNumber(x, 3)),
      ['0', '1.2e−07', '−4.9e−04', '0.488', '−0.5']);
});

test('a cell has room for eight characters at most', () => {
  for (const [value] of sample('numbers.json')) {
    const text = formatCell(Number(value));
    assert.ok(text.length <= 8 || /e[+−]\d{3}|^−?\d+$/.test(text), text);
  }
});

test('what may be typed', () => {
  for (const [text, number] of [
           ['0.25', 0.25], ['0,25', 0.25], ['−0.25', -0.25], ['–.5', -0.5], [' 1e-3 ', 1e-3], ['2.5e−3', 2.5e-3],
           ['1/4', 0.25], ['-1/4', -0.25], ['NaN', NaN], ['inf', Infinity], ['−∞', -Infinity], ['3.', 3]])
    assert.deepEqual(parseTyped(text), number, text);
  for (const text of ['', 'abc', '1.2.3', '--1', '1/', 'e5', '0x10']) assert.equal(parseTyped(text), null, text);
});

test('a prediction is judged by its size, its sign and its usual mistakes', () => {
  const term = (upstream, local) => ({upstream, local, contribution: upstream * local});
  const judge = (typed, worked, N = 4) => judgePrediction(typed, worked, N).verdict;
  const one = {result: -0.06, terms: [term(0.2, -0.3)]};
  assert.equal(judge('-0.06', one), 'predictRight');
  assert.equal(judge('-0.0603', one), 'predictRight');
  assert.equal(judge('-0.062', one), 'predictClose');
  assert.equal(judge('0.06', one), 'predictSign');
  assert.equal(judge('0.2', one), 'predictUpstream');
  assert.equal(judge('-0.3', one), 'predictLocal');
  assert.equal(judge('-0.24', one), 'predictTimesN');
  assert.equal(judge('-0.015', one), 'predictOverN');
  assert.equal(judge('7', one), 'predictNotYet');
  assert.equal(judge('seven', one), 'predictUnreadable');
  const two = {result: 0.5, terms: [term(0.2, 1), term(0.3, 1)]};
  assert.equal(judge('0.3', two), 'predictOneTerm');
  assert.equal(judge('0', {result: 0, terms: []}), 'predictRight');
  assert.equal(judge('0.001', {result: 0, terms: []}), 'predictNotYet');
  assert.equal(judge('NaN', {result: NaN, terms: []}), 'predictRight');
  assert.equal(judge('0', {result: NaN, terms: []}), 'predictNotYet');
  assert.equal(judge('0.49', {result: 0.4878, terms: []}), 'predictRight');
});
