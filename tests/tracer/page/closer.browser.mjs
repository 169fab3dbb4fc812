// The closer look, the row selector, and predict-then-reveal.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';

import {start, stop, textOf, withPage} from './browser.mjs';

const {tensors} =
    JSON.parse(readFileSync(process.env.PAGE_SOURCES + '/../../lib/data/own_framework/one_minibatch.json', 'utf8'));
const {x} = JSON.parse(readFileSync(process.env.PAGE_SOURCES + '/../../lib/data/own_framework/dataset.json', 'utf8'));

before(start);
after(stop);

const contributions = (page) => page.locator('#closer tbody tr[data-contribution]')
                                    .evaluateAll((rows) => rows.map((row) => Number(row.dataset.contribution)));

test(
    'a click on a weight shows its terms with numbers plugged in and lights its paths',
    () => withPage('lesson', 'step=16', async (page) => {
      await page.locator('#W1_2_0').click();
      assert.match(await textOf(page, '#closer h2'), /W1 ?\[2,0\]/);
      const shown = await contributions(page);
      const expected = [0, 1, 2, 3].map((n) => tensors.dz1[n][2] * x[n][0]);
      assert.equal(shown.length, 4);
      shown.forEach((contribution, n) => assert.ok(Math.abs(contribution - expected[n]) < 1e-9));
      assert.match(await textOf(page, '#closer tfoot'), /sum 0\.1005 recorded gradient 0\.1005 residual 0/);
      assert.ok(await page.locator('#graph .path').count() >= 5);
      assert.match(await page.locator('#graph .sum-label').textContent(), /4 rows/);
      assert.equal(await page.locator('#W1_2_0').getAttribute('aria-pressed'), 'true');
      await page.keyboard.press('ArrowLeft');
      assert.equal(await page.locator('#slider').inputValue(), '15', 'arrow keys still step after a click');
    }));

test(
    'widths are shares: the wider line carries more',
    () => withPage('lesson', 'step=16&at=a1[0,2]&row=0', async (page) => {
      const widths =
          await page.locator('#graph .path')
              .evaluateAll(
                  (paths) =>
                      paths
                          .map(
                              (path) =>
                                  [path.querySelector('title')?.textContent, Number(path.getAttribute('stroke-width'))])
                          .filter(([title]) => title?.endsWith('a1[0,2]: ' + title.split(': ')[1])));
      assert.equal(widths.length, 2);
      const flows = [tensors.dz2[0][0] * 0.17939293724842093, tensors.dz2[0][1] * -0.1893109970903409];
      assert.ok((widths[0][1] > widths[1][1]) === (Math.abs(flows[0]) > Math.abs(flows[1])));
    }));

test(
    'a neuron and a cell of a gradient matrix can be clicked too',
    () => withPage('lesson', 'step=16&row=1', async (page) => {
      await page.locator('#z1_1_4').click();
      assert.match(await textOf(page, '#closer h2'), /z1 ?\[1,4\]/);
      assert.match(
          await textOf(page, '#closer'), /Value −0\.2476 = 0\.5128 · 0\.4549 \+ 0\.4330 · \(−1\.111\) \+ 0/);
      await page.locator('#graph .cell.gradient[data-element="W2[1,3]"]').click();
      assert.match(await textOf(page, '#closer h2'), /W2 ?\[1,3\]/);
      await page.locator('#let-go').click();
      assert.match(await textOf(page, '#closer'), /Click a weight/);
      assert.equal(await page.locator('#graph .path').count(), 0);
    }));

test(
    'the keyboard alone is enough',
    () => withPage('lesson', 'step=16', async (page) => {
      await page.keyboard.press('Tab');
      assert.match(await page.evaluate(() => document.activeElement.className), /skip/);
      await page.locator('#W1_0_0').focus();
      for (let k = 0; k < 4; ++k) await page.keyboard.press('ArrowDown');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'W1_2_0');
      await page.keyboard.press('Enter');
      assert.match(await textOf(page, '#closer h2'), /W1 ?\[2,0\]/);
      assert.match(
          await page.locator('#W1_2_0').getAttribute('aria-label'), /W1\[2,0\], value 0\.5951, gradient 0\.1005/);
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'b1_0', 'one stop for each tensor');
      await page.keyboard.press('Space');
      assert.match(await textOf(page, '#closer h2'), /b1 ?\[0\]/);
      await page.keyboard.press('Escape');
      assert.match(await textOf(page, '#closer'), /Click a weight/);
    }));

test(
    'before its gradient is computed, the look says when it will be',
    () => withPage('lesson', 'step=3&at=W1[2,0]', async (page) => {
      assert.match(await textOf(page, '#closer'), /Not computed yet/);
      await page.locator('#closer [data-go]').click();
      assert.equal(await page.locator('#slider').inputValue(), '13');
      assert.equal((await contributions(page)).length, 4);
    }));

test('rows of the batch, one or all', () => withPage('lesson', 'step=16&row=0', async (page) => {
                                        assert.equal(
                                            await page.locator('#graph [data-element^="z1["].value').count(), 10);
                                        await page.locator('[data-row="2"]').click();
                                        assert.equal(await page.locator('#z1_2_0').count(), 1);
                                        assert.equal(await page.locator('#z1_0_0').count(), 0);
                                        await page.locator('[data-row=all]').click();
                                        assert.equal(
                                            await page.locator('#graph [data-element^="z1["].value').count(), 40);
                                        await page.locator('#W1_2_0').click();
                                        assert.ok(await page.locator('#graph .path').count() >= 4 * 4);
                                      }));

test(
    'a selected neuron goes along to another row',
    () => withPage('lesson', 'step=16&row=0&at=a1[0,5]', async (page) => {
      await page.locator('[data-row="3"]').click();
      assert.match(await textOf(page, '#closer h2'), /a1 ?\[3,5\]/);
    }));

test(
    'predict, then reveal',
    () => withPage('lesson', 'step=12', async (page) => {
      await page.locator('#predict').check();
      assert.equal(await textOf(page, '#step output'), '?');
      assert.equal(await page.locator('#step output').getAttribute('data-result'), null);
      assert.equal(
          await page.locator('#graph .cell.gradient[data-element="z1[0,0]"]').getAttribute('data-state'), 'asked');
      await page.locator('#z1_0_0').click();
      assert.match(await textOf(page, '#closer'), /Predict it first/);
      await page.locator('#prediction').fill('five');
      await page.keyboard.press('Enter');
      assert.match(await textOf(page, '.predict .answer'), /does not read as a number/);
      await page.locator('#prediction').fill('−0.00563');
      await page.keyboard.press('Enter');
      assert.match(await textOf(page, '.predict .answer'), /sign is not/);
      assert.equal(await textOf(page, '#step output'), '?');
      await page.locator('#prediction').fill('0.0056');
      await page.keyboard.press('Enter');
      assert.match(await textOf(page, '#step .answer'), /Yes\. The exact number is 0\.00562967/);
      assert.equal(await textOf(page, '#step output'), '0.005630');
      assert.equal(
          await page.locator('#graph .cell.gradient[data-element="z1[0,0]"]').getAttribute('data-state'), 'number');
      await page.keyboard.press('ArrowRight');
      assert.equal(await textOf(page, '#step output'), '?');
      await page.locator('#reveal').click();
      assert.notEqual(await textOf(page, '#step output'), '?');
      await page.locator('#predict').uncheck();
      assert.equal(await page.locator('.predict').count(), 0);
    }));

test('typing a number does not walk', () => withPage('lesson', 'step=12&predict=1', async (page) => {
                                        await page.locator('#prediction').focus();
                                        await page.keyboard.press('ArrowRight');
                                        await page.keyboard.press('Home');
                                        assert.equal(await page.locator('#slider').inputValue(), '12');
                                      }));

test(
    'while a number is to be predicted, it stands nowhere on the screen',
    () => withPage('lesson', 'step=12&predict=1&at=z1[0,0]', async (page) => {
      const screen = await page.locator('main').innerText();
      assert.doesNotMatch(screen, /0\.005630|0\.00563\b/);
      const tooltips =
          await page.locator('main title, main [title]')
              .evaluateAll((nodes) => nodes.map((node) => node.textContent + (node.title || '')).join(' '));
      assert.doesNotMatch(tooltips, /0\.00562967/);
      assert.doesNotMatch(await page.locator('#z1_0_0').getAttribute('aria-label'), /0\.005/);
    }));

test(
    'a large net shows its ends and its strongest units, and says what is left out',
    () => withPage('mnist', 'step=16', async (page) => {
      assert.match(await textOf(page, '#left-out'), /8 of 784 units of x; 8 of 128 units of z1, a1/);
      assert.ok(await page.locator('#graph .left-out').count() > 10);
      await page.locator('#graph .cell.value[data-element^="a1["]').first().click();
      assert.equal((await contributions(page)).length, 10);
      await page.locator('#rows select').selectOption('5');
      assert.ok(await page.locator('#a1_5_0').count());
    }));

test(
    'a wide layer can be drawn whole',
    () => withPage('wide', 'step=3&row=0', async (page) => {
      assert.ok(await page.locator('#graph .cell.value[data-element^="a1["]').count() < 40);
      await page.locator('#whole').check();
      assert.equal(await page.locator('#graph .cell.value[data-element^="a1["]').count(), 40);
    }));
