// Languages, themes, print, sizes of screen, accessibility (axe-core), and that everything is in the one file.
import assert from 'node:assert/strict';
import {readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {axePath, start, stop, textOf, withPage} from './browser.mjs';
import {samples} from './sources.mjs';

before(start);
after(stop);

test('one small file that needs no other', () => {
  assert.ok(statSync(join(samples, 'lesson.html')).size < 300_000);
  const html = readFileSync(join(samples, 'lesson.html'), 'utf8');
  assert.doesNotMatch(html, /<link|@import|\bsrc=|fetch\(|XMLHttpRequest|url\((?!#)/);
  assert.deepEqual([...new Set(html.match(/https?:\/\/[^'"\s)]+/g))], ['http://www.w3.org/2000/svg']);
});

test('English and Russian, by a switch and by the page itself', async () => {
  await withPage('lesson', '', async (page) => {
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    await page.locator('[data-language=ru]').click();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'ru');
    assert.match(await textOf(page, 'h1'), /Один шаг обратного распространения/);
    assert.match(await page.title(), /Один шаг/);
    await page.keyboard.press('ArrowRight');
    assert.match(await textOf(page, '#step'), /прямой проход.*Вычисляем z1/);
    await page.locator('[data-language=en]').click();
    assert.match(await textOf(page, '#step'), /forward pass.*Compute z1/);
  });
  await withPage(
      'lesson-ru', '',
      async (page) =>
          assert.match(await textOf(page, 'h1'), /Один шаг обратного распространения/));
});

test(
    'Russian leaves no English word on the screen',
    () => withPage('lesson-ru', 'step=13&at=W1[2,0]', async (page) => {
      const text = (await page.locator('body').innerText())
                       .replace(/English|Home|End|Tab|Enter|Esc|tanh|softmax|exp|log|gradwalk|Softmax/g, '');
      assert.doesNotMatch(text, /\b[a-z]{3,}\b/i, text.match(/\b[a-z]{3,}\b/i)?.[0]);
    }));

test('light, dark, and what the system prefers', async () => {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await withPage('lesson', '', async (page) => {
    const dark = await ground(page);
    await page.locator('[data-theme-choice=light]').click();
    const light = await ground(page);
    assert.notEqual(dark, light);
    await page.locator('[data-theme-choice=dark]').click();
    assert.equal(await ground(page), dark);
  }, {colorScheme: 'dark'});
  await withPage('lesson', '', async (page) => {
    const light = await ground(page);
    await page.locator('[data-theme-choice=dark]').click();
    assert.notEqual(await ground(page), light);
  }, {colorScheme: 'light'});
});

const everywhere = {
  lesson: ['step=13&at=W1[2,0]', 'step=12&predict=1&row=all'],
  reuse: ['step=8&at=a']
};
const once = {
  lesson: ['step=0', 'step=16&at=a1[0,3]'],
  mnist: ['step=11'],
  wide: ['step=2'],
  'not-finite': ['step=8&at=x']
};
for (const [colorScheme, language, moments] of [
         ['light', 'en', everywhere], ['light', 'ru', everywhere], ['dark', 'en', everywhere],
         ['dark', 'ru', everywhere], ['light', 'en', once]]) {
  test(`axe finds nothing: ${colorScheme}, ${language}, ${Object.keys(moments).join(', ')}`, async () => {
    for (const [name, hashes] of Object.entries(moments)) {
      for (const hash of hashes) {
        await withPage(name, `${hash}&lang=${language}`, async (page) => {
          await page.addScriptTag({path: axePath});
          const {violations, passes} = await page.evaluate(() => globalThis.axe.run());
          assert.deepEqual(
              violations.map(({id, nodes}) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`), [],
              `${name} ${hash}`);
          assert.ok(passes.some(({id}) => id === 'color-contrast'));
        }, {colorScheme});
      }
    }
  });
}

/// WCAG contrast of every text in the graph against the ground it stands on, which axe does not look at in SVG.
test('the numbers and names of the graph have a contrast of 4.5', async () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, hash] of [['lesson', 'step=16&at=W1[2,0]'], ['lesson', 'step=5'], ['not-finite', 'step=8']]) {
      await withPage(name, hash, async (page) => {
        const low = await page.evaluate(() => {
          const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
          const rgb = (colour) => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
          };
          const luminance = (colour) => rgb(colour)
                                            .slice(0, 3)
                                            .map((v) => v / 255)
                                            .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
                                            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = getComputedStyle(document.body).backgroundColor;
          return [...document.querySelectorAll('#graph text')]
              .filter((text) => text.textContent && !text.closest('.paths'))
              .map((text) => {
                const rect = text.closest('.cell, .op')?.querySelector('rect');
                const fill = rect ? getComputedStyle(rect).fill : ground;
                const under = rgb(fill)[3] === 0 ? ground : fill;
                const [a, b] = [luminance(getComputedStyle(text).fill), luminance(under)].sort((p, q) => q - p);
                return [(a + 0.05) / (b + 0.05), text.textContent];
              })
              .filter(([contrast]) => contrast < 4.5);
        });
        assert.deepEqual(low, []);
      }, {colorScheme});
    }
  }
});

test(
    'print lists every step and hides what only a screen can do',
    () => withPage('lesson', 'step=3', async (page) => {
      await page.emulateMedia({media: 'print'});
      assert.equal(await page.locator('#handout article').count(), 17);
      assert.ok(await page.locator('#handout svg').isVisible());
      assert.ok(!(await page.locator('#walk').isVisible()));
      assert.ok(!(await page.locator('.switches').isVisible()));
      assert.match(await textOf(page, '#handout article:last-of-type'), /Update the parameters/);
      const gradient = await page.locator('#handout .cell.gradient[data-element="W1[2,0]"] text').textContent();
      assert.equal(gradient, '0.1005');
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    }, {colorScheme: 'dark'}));

test(
    'a telephone: nothing but the graph is wider than the screen',
    () => withPage('lesson', 'step=13&at=W1[2,0]', async (page) => {
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      const tensor = await page.locator('#graph .tensor.makes').boundingBox();
      assert.ok(tensor.x >= 0 && tensor.x < 390, 'the graph has scrolled to what the step computes');
      await page.locator('#next').click();
      assert.equal(await page.locator('#slider').inputValue(), '14');
    }, {viewport: {width: 390, height: 844}}));

test('ids are unique, and those of the elements stable', () => withPage('lesson', 'step=16&row=all', async (page) => {
                                                           const ids = await page.locator('[id]').evaluateAll(
                                                               (nodes) => nodes.map((node) => node.id));
                                                           assert.equal(new Set(ids).size, ids.length);
                                                           for (const id of ['W1_2_0', 'b1_3', 'z1_3_9', 'p_0_1', 'L'])
                                                             assert.ok(ids.includes(id), id);
                                                         }));
