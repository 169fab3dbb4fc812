// The walk: slider, buttons and keys; what is blank and what is not; numbers against the lesson's reference figures.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';

import {start, stop, textOf, withPage} from './browser.mjs';

const reference =
    JSON.parse(readFileSync(process.env.PAGE_SOURCES + '/../../lib/data/own_framework/one_minibatch.json', 'utf8'));

before(start);
after(stop);

const stepOf = (page) => page.evaluate(() => Number(document.getElementById('slider').value));
const stateOf = (page, name, kind) =>
    page.locator(`.cell.${kind}[data-element="${name}"]`).first().getAttribute('data-state');
const cellText = (page, name, kind) => page.locator(`#graph .cell.${kind}[data-element="${name}"] text`).textContent();

test(
    'the first view teaches without a click',
    () => withPage('lesson', '', async (page) => {
      assert.match(await textOf(page, 'h1'), /One step of backpropagation/);
      assert.match(await textOf(page, '#about'), /2–10–2.*tanh.*cross-entropy.*4 rows/);
      const prose = page.locator('#step p').nth(1);
      assert.match(await prose.innerText(), /forward pass fills in the values/);
      const box = await prose.boundingBox();
      assert.ok(box.y + box.height < 800, 'the explanation is on the first screen');
      assert.equal(await cellText(page, 'W1[2,0]', 'value'), '0.5951');
      assert.equal(await stateOf(page, 'z1[0,0]', 'value'), 'pending');
      assert.equal(await cellText(page, 'z1[0,0]', 'value'), '');
    }));

test(
    'arrow keys, Home, End, buttons and slider go through the steps',
    () => withPage('lesson', '', async (page) => {
      const last = await page.evaluate(() => Number(document.getElementById('slider').max));
      assert.equal(last, 16);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      assert.equal(await stepOf(page), 2);
      await page.keyboard.press('ArrowLeft');
      assert.equal(await stepOf(page), 1);
      await page.keyboard.press('End');
      assert.equal(await stepOf(page), last);
      assert.ok(await page.locator('#next').isDisabled());
      await page.keyboard.press('Home');
      assert.equal(await stepOf(page), 0);
      assert.ok(await page.locator('#back').isDisabled());
      await page.locator('#next').click();
      await page.locator('#next').click();
      await page.locator('#back').click();
      assert.equal(await stepOf(page), 1);
      await page.locator('#slider').fill('9');
      assert.match(await textOf(page, '#step .eyebrow'), /Step 9 of 16 · backward pass/);
      await page.locator('#slider').focus();
      await page.keyboard.press('ArrowRight');
      assert.equal(await stepOf(page), 10);
      await page.waitForURL(/step=10/);
      assert.match(
          await page.locator('#slider').getAttribute('aria-valuetext'), /Step 10 of 16: The gradient ∂L\/∂b2/);
      assert.match(await page.locator('#live').textContent(), /Step 10 of 16, backward pass/);
    }));

test('a click on an operation goes to its step', () => withPage('lesson', '', async (page) => {
                                                   await page.locator('#graph .op', {hasText: 'softmax'}).click();
                                                   assert.equal(await stepOf(page), 4);
                                                   await page.keyboard.press('End');
                                                   await page.locator('#graph .op', {hasText: 'linear'}).last().click();
                                                   assert.equal(await stepOf(page), 9);
                                                   await page.locator('#graph .op', {hasText: 'linear'}).last().click();
                                                   assert.equal(await stepOf(page), 10);
                                                 }));

test(
    'forward then backward: what is not yet computed is blank',
    () => withPage('lesson', '', async (page) => {
      const seen = [];
      for (let step = 0; step <= 16; ++step) {
        seen.push(
            (await Promise.all(
                 ['z1[0,2]', 'a1[0,2]', 'z2[0,0]', 'p[0,0]', 'L'].map((name) => stateOf(page, name, 'value'))))
                .map((state) => (state === 'pending' ? '.' : 'v'))
                .join('') +
            ' ' +
            (await Promise.all([
              'L', 'p[0,1]', 'z2[0,0]', 'W2[0,0]', 'b2[0]', 'a1[0,2]', 'z1[0,2]', 'W1[2,0]', 'b1[2]', 'x[0,0]'
            ].map((name) => stateOf(page, name, 'gradient'))))
                .map((state) => (state === 'pending' ? '.' : 'g'))
                .join(''));
        await page.keyboard.press('ArrowRight');
      }
      const forward = Array.from(
          {length: 6},
          (_, k) => 'v'.repeat(k) + '.'.repeat(5 - k) + ' ' +
              '.'.repeat(10));
      const backward = Array.from(
          {length: 10},
          (_, k) => 'vvvvv ' +
              'g'.repeat(k + 1) + '.'.repeat(9 - k));
      assert.deepEqual(seen, [...forward, ...backward, backward.at(-1)]);
    }));

test(
    'a pending gradient, an exact 0, a tiny one and a number are told apart',
    () => withPage('lesson', 'step=16&row=0', async (page) => {
      assert.equal(await stateOf(page, 'p[0,0]', 'gradient'), 'zero');
      assert.equal(await cellText(page, 'p[0,0]', 'gradient'), '0');
      assert.equal(await stateOf(page, 'W1[0,1]', 'gradient'), 'tiny');
      assert.equal(await cellText(page, 'W1[0,1]', 'gradient'), '2.68e−04');
      assert.equal(await stateOf(page, 'W1[2,0]', 'gradient'), 'number');
      await page.keyboard.press('Home');
      assert.equal(await stateOf(page, 'W1[2,0]', 'gradient'), 'pending');
    }));

test(
    'every result is the reference figure, in every row of the batch',
    () => withPage('lesson', '', async (page) => {
      const {tensors} = reference;
      const expected = {
        1: ['z1', tensors.z1],
        2: ['a1', tensors.a1],
        3: ['z2', tensors.z2],
        4: ['p', tensors.p],
        8: ['dz2', tensors.dz2],
        11: ['da1', tensors.da1],
        12: ['dz1', tensors.dz1],
        15: ['dx', tensors.dx]
      };
      for (const [step, [name, rows]] of Object.entries(expected)) {
        for (let row = 0; row < 4; ++row) {
          await page.evaluate((hash) => (location.hash = hash), `step=${step}&row=${row}&lang=en`);
          await page.waitForFunction((at) => document.getElementById('slider').value === at, step);
          await page.waitForFunction(
              (n) => document.querySelector(`[data-row="${n}"]`).getAttribute('aria-pressed') === 'true', row);
          const result = Number(await page.locator('#step output').getAttribute('data-result'));
          assert.ok(Math.abs(result - rows[row][0]) < 1e-9, `${name}[${row},0]: ${result}, not ${rows[row][0]}`);
        }
      }
      for (const [step, name, j, i] of [[9, 'W2', 1, 3], [13, 'W1', 2, 0]]) {
        await page.evaluate((hash) => (location.hash = hash), `step=${step}&at=${name}[${j},${i}]&lang=en`);
        await page.waitForFunction((at) => Number(document.getElementById('slider').value) === at, step);
        const result = Number(await page.locator('#step output').getAttribute('data-result'));
        assert.ok(Math.abs(result - tensors[`d${name}`][j][i]) < 1e-9, `d${name}: ${result}`);
      }
    }));

test(
    'a step shows its rule, its shapes, the numbers and the result',
    () => withPage('lesson', 'step=13&at=W1[2,0]', async (page) => {
      assert.match(await page.locator('#step .rule').textContent(), /∂L\/∂W1 = \(∂L\/∂z1\)T · x/);
      assert.match(await textOf(page, '#step .shapes'), /\(10, 2\) = \(10, 4\) · \(4, 2\)/);
      assert.match(
          await page.locator('#step .worked').textContent(),
          /∂L\/∂z1\[0,2\] · x\[0,0\] \+ .*= ?0\.02084 · 1\.338 \+ 0\.04272 · 0\.5128 \+ \(−0\.04289\) · \(−0\.4474\) \+ \(−0\.03197\) · \(−0\.9866\)/);
      assert.equal(await textOf(page, '#step output'), '0.1005');
    }));

test(
    'softmax: the remark shows the collapse to p − y over N',
    () => withPage('lesson', 'step=8&row=0', async (page) => {
      assert.match(await textOf(page, '#step .notes'), /\(p − target\)\/N.*\(0\.5147 − 0\)\/4 = 0\.1287/);
    }));

test(
    'the update is one step of gradient descent',
    () => withPage('lesson', 'step=16&at=W1[2,0]', async (page) => {
      const result = Number(await page.locator('#step output').getAttribute('data-result'));
      assert.ok(Math.abs(result - (reference.params[0].W[2][0] - 0.1 * reference.tensors.dW1[2][0])) < 1e-12);
      assert.match(await textOf(page, '#step .notes'), /0\.6681 before/);
    }));

test(
    'a value that is used twice collects its gradient step by step',
    () => withPage('reuse', '', async (page) => {
      const steps = await page.evaluate(() => Number(document.getElementById('slider').max));
      const gradients = [];
      for (let step = 0; step <= steps; ++step) {
        gradients.push(await cellText(page, 'a', 'gradient'));
        if (step < steps) await page.keyboard.press('ArrowRight');
      }
      assert.deepEqual([...new Set(gradients)], ['', '1', '25']);
      assert.match(await textOf(page, '#step .notes'), /used more than once/);
      assert.match(await page.locator('#step .worked').textContent(), /1 \+ 12 · 1 \+ 12 · 1/);
    }));

test('NaN and infinity say where they began', () => withPage('not-finite', 'step=1', async (page) => {
                                                assert.match(
                                                    await textOf(page, '#step .notes'),
                                                    /negative number has no logarithm/);
                                                assert.equal(await stateOf(page, 'a', 'value'), 'broken');
                                                await page.keyboard.press('ArrowRight');
                                                assert.match(await textOf(page, '#step .notes'), /divides by 0/);
                                              }));

test('a kink is remarked upon', () => withPage('kink', 'step=10&row=0&at=z1[0,0]', async (page) => {
                                  assert.match(await textOf(page, '#step h2'), /gradient/);
                                  assert.match(
                                      await textOf(page, '#step .notes'), /exactly 0: the function has a kink/);
                                }));

test(
    'a record of a forward pass alone has no backward steps',
    () => withPage('pending', '', async (page) => {
      assert.equal(await page.evaluate(() => document.getElementById('slider').max), '5');
      await page.locator('#W1_2_0').click();
      assert.match(await textOf(page, '#closer'), /ends before the backward pass/);
    }));

for (const name
         of ['deep-relu', 'sigmoid-absolute', 'leaky-squared', 'logistic', 'identity', 'wide', 'mnist', 'product',
             'micrograd', 'functions', 'not-finite', 'kink']) {
  test(
      `${name}: every step can be walked, and every tensor looked at, in both languages`,
      () => withPage(name, '', async (page) => {
        const broken = await page.evaluate(() => {
          const wrong = [];
          const slider = document.getElementById('slider');
          const look = (where) => {
            const text = document.querySelector('main').textContent;
            const odd = text.match(/.{0,40}(undefined|\[object|\{\w+\}).{0,20}/);
            if (odd) wrong.push(`${where}: ${odd[0]}`);
          };
          for (const language of ['en', 'ru']) {
            document.querySelector(`[data-language=${language}]`).click();
            for (let step = 0; step <= Number(slider.max); ++step) {
              slider.value = step;
              slider.dispatchEvent(new Event('input'));
              look(`${language} ${step}`);
            }
            for (const tensor of document.querySelectorAll('#graph .tensor')) {
              tensor.querySelector('[role=button]').dispatchEvent(new MouseEvent('click', {bubbles: true}));
              look(`${language} ${tensor.getAttribute('aria-label')}`);
            }
          }
          return wrong;
        });
        assert.deepEqual(broken, []);
      }));
}
