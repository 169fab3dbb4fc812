// The closer look at one element: how its value came about, the terms of its gradient, and what is lit in the graph.

const termLimit = 12;

/// `knowledge` says what may be shown; `hidden` that the numbers of this step are still to be predicted.
function closerLook(teller, element, knowledge, view) {
  const {t} = teller;
  const {tensor, index} = element;
  const name = tensor.elementName(index);
  return [
    h('div', {class: 'closer-head'},
      h('h2', {id: 'closer-title'}, h('span', {class: 'quiet'}, t('closer'), ' '), teller.formula(name)),
      h('button',
        {type: 'button', class: 'plain', id: 'let-go', 'aria-label': t('close'), title: `${t('close')} (Esc)`}, '×')),
    valuePart(teller, element, knowledge, view),
    gradientPart(teller, element, knowledge, view),
  ];
}

function valuePart(teller, {tensor, index}, knowledge, view) {
  const {record, t} = teller;
  const label = h('h3', {}, t('value'));
  if (view.hidesValue) return h('section', {}, label, h('p', {class: 'quiet'}, t('gradientHidden')));
  const value = knowledge.value(tensor, index);
  if (value === undefined) {
    const at = teller.steps.findIndex((step) => step.phase === 'forward' && step.tensor === tensor);
    return h('section', {}, label, h('p', {class: 'quiet'}, t('valueLater'), ' ', jump(teller, at)));
  }
  const op = record.producer(tensor);
  const number = h('strong', {class: 'number', 'data-value': value, title: String(value)}, formatNumber(value));
  if (!op) return h('section', {class: 'one-line'}, label, number, h('span', {class: 'quiet'}, ` ${t('givenValue')}`));
  return h(
      'section', {}, label,
      h('p', {class: 'math wraps'}, number, ' = ', teller.math.line(forwardElement(op, index, byNumber))));
}

const jump = (teller, at) =>
    (at < 0 ? null : h('button', {type: 'button', class: 'link', 'data-go': at}, teller.t('goToStep', {at})));

function gradientPart(teller, element, knowledge, view) {
  const {record, t} = teller;
  const {tensor, index} = element;
  const label =
      h('h3', {}, t('gradient'), ' ', record.loss ? teller.formula(partial(record.loss, tensor, index)) : null);
  const only = (...content) => h('section', {}, label, h('p', {class: 'quiet'}, content));
  if (tensor.gradientState === 'none') return only(t('gradientNone'));
  if (tensor.gradientState === 'pending') return only(t('gradientPending'));
  if (view.hidesGradient) return only(t('gradientHidden'));
  const state = knowledge.gradientState(tensor);
  if (state === 'pending') {
    const at = teller.steps.findLastIndex(
        (step) => (step.phase === 'backward' || step.phase === 'seed') && step.tensor === tensor);
    return only(t('gradientLater'), ' ', jump(teller, at));
  }
  if (tensor === record.loss) {
    return h(
        'section', {}, label,
        h('p', {}, h('strong', {class: 'number'}, '1'), ' ', h('span', {class: 'quiet'}, t('seedTerm'))));
  }
  const ops = state === 'partial' ? knowledge.contributed.get(tensor) : record.ops;
  const sum = termsOf(record, element, ops);
  if (!sum.terms.length && !sum.missing) return only(t('noTerms'));
  return h(
      'section', {}, label, termsTable(teller, element, sum, state, view),
      state === 'partial' ? h('p', {class: 'note'}, t('notePartial')) : null, pathsNote(teller, element, sum, view));
}

function termsTable(teller, element, sum, state, view) {
  const {record, t} = teller;
  const weight = sum.terms.reduce((total, term) => total + Math.abs(term.contribution), 0);
  const shown = shownTerms(sum.terms);
  const rows = shown.map((term) => {
    const {op, slot, index, source} = term;
    const symbol = localText(op, slot, index, source.index, byName);
    const numbers = localText(op, slot, index, source.index, byNumber);
    const share = weight ? Math.abs(term.contribution) / weight : 0;
    const isRow = element.tensor.role === 'parameter' && source.tensor.isBatched &&
        source.tensor.coordinates(source.index)[0] === view.row;
    const small = (text) => (/^[\d(−.)]+$/.test(text) ? null : h('small', {class: 'math'}, teller.math.line(text)));
    return h(
        'tr', {class: isRow ? 'this-row' : null, 'data-contribution': term.contribution},
        h('th', {scope: 'row'}, teller.formula(source.tensor.elementName(source.index)),
          isRow ? h('span', {class: 'hidden'}, ` (${t('thisRow')})`) : null),
        h('td', {class: 'number'}, formatNumber(term.upstream)),
        h('td', {class: 'local'}, h('span', {class: 'number'}, formatNumber(term.local)), small(symbol),
          small(numbers)),
        h('td', {class: 'number strong'}, formatNumber(term.contribution)),
        h('td', {class: 'bar'},
          h('span', {class: term.contribution < 0 ? 'negative' : null, style: `width:${(100 * share).toFixed(1)}%`}),
          h('span', {class: 'hidden'}, `${Math.round(100 * share)} %`)));
  });
  return h(
      'div', {
        class: 'table-frame',
        tabindex: 0,
        role: 'region',
        'aria-label': t('termsCaption', {gradient: partial(record.loss, element.tensor, element.index)})
      },
      h('table', {},
        h('thead', {},
          h('tr', {}, h('th', {scope: 'col'}, t('through')), h('th', {scope: 'col'}, t('upstream')),
            h('th', {scope: 'col'}, '× ', t('local')), h('th', {scope: 'col'}, '= ', t('contribution')),
            h('th', {scope: 'col'}, t('share')))),
        h('tbody', {}, rows, restRow(teller, sum, shown)), totals(teller, sum, state)));
}

/// The largest terms when there are many, in their own order.
function shownTerms(terms) {
  if (terms.length <= termLimit) return terms;
  const largest =
      new Set([...terms].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)).slice(0, termLimit));
  return terms.filter((term) => largest.has(term));
}

function restRow(teller, sum, shown) {
  const {t} = teller;
  const row = (label, number) =>
      h('tr', {class: 'rest'}, h('th', {scope: 'row', colspan: 3}, label), h('td', {class: 'number'}, number),
        h('td', {}));
  const left = sum.terms.filter((term) => !shown.includes(term));
  const rest = left.reduce((total, term) => total + term.contribution, 0);
  return [
    left.length ? row(t('moreTerms', {n: left.length}), formatNumber(rest)) : null,
    sum.missing ? row(t('notEmbedded', {n: sum.missing}), formatNumber(sum.residual)) : null,
  ];
}

function totals(teller, sum, state) {
  const {t} = teller;
  const row = (label, number, note) =>
      h('tr', {}, h('th', {scope: 'row', colspan: 3}, label), h('td', {class: 'number strong'}, formatNumber(number)),
        h('td', {class: 'quiet'}, note || null));
  if (state === 'partial') return h('tfoot', {}, row(t('sum'), sum.sum));
  if (sum.missing) return h('tfoot', {}, row(t('recorded'), sum.gradient));
  return h(
      'tfoot', {}, row(['Σ ', t('sum')], sum.sum), row(t('recorded'), sum.gradient),
      h('tr', {class: 'residual', title: t('residualNote')}, h('th', {scope: 'row', colspan: 3}, t('residual')),
        h('td', {class: 'number', 'data-residual': sum.residual}, formatNumber(sum.residual, 2)), h('td', {})));
}

function pathsNote(teller, {tensor, index}, sum, view) {
  if (sum.gradient === 0) return h('p', {class: 'note'}, teller.t('pathsNone'));
  const oneRow = tensor.role === 'parameter' && view.row !== 'all' && teller.record.rows.length > 1;
  return h(
      'p', {class: 'note'},
      teller.math.prose(teller.t('pathsLit', {loss: teller.record.loss.name, name: tensor.elementName(index)})),
      oneRow ? ` ${teller.t('pathsOneRow', {row: view.row})}` : null);
}

/// Before anything is selected: how to use the page.
function closerHelp(teller) {
  const {t} = teller;
  const key = (names, text) => [h('dt', {}, names.map((name) => h('kbd', {}, name))), h('dd', {}, t(text))];
  return [
    h('h2', {id: 'closer-title'}, t('closer')),
    h('p', {}, t(teller.record.batchSize ? 'closerHelp' : 'closerHelpExpression')),
    h('dl', {class: 'keys', 'aria-label': t('keys')}, key(['←', '→'], 'keySteps'), key(['Home', 'End'], 'keyEnds'),
      key(['Tab'], 'keyTab'), key(['↑', '↓'], 'keyCells'), key(['Enter'], 'keyEnter'), key(['Esc'], 'keyEscape')),
  ];
}
