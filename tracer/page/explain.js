// One step in words, in symbols, with numbers plugged in, and its result. The page shows one of them, the handout all.

/// What the functions below read: the record, its steps, and how to speak and to write formulas.
class Teller {
  constructor(record, steps, language) {
    Object.assign(this, {record, steps, language, t: speaker(language), math: new MathText(record)});
  }

  formula(text, kind = 'math') {
    return h('span', {class: kind}, this.math.line(text));
  }

  prose(key, values) {
    return h('p', {}, this.math.prose(this.t(key, values)));
  }

  /// A heading or sentence with formulas in the place of its {name}s.
  withFormulas(key, values) {
    const quoted = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, `\`${text}\``]));
    return this.math.prose(this.t(key, quoted));
  }
}

/// The element that a step is worked out for: the selected one if the step computes it, else the first that says something.
function focusOf(teller, step, row, selected) {
  const {tensor} = step;
  if (!tensor) return null;
  if (selected && (selected.tensor === tensor || (step.phase === 'update' && selected.tensor.role === 'parameter'))) return selected;
  const n = row === 'all' ? teller.record.rows[0] : row;
  const candidates = tensor.embedded().filter((index) => !tensor.isBatched || tensor.coordinates(index)[0] === n);
  const speaks = (index) => step.phase === 'forward' || (tensor.gradient(index) !== 0 && !Number.isNaN(tensor.gradient(index)));
  return {tensor, index: candidates.find(speaks) ?? candidates[0] ?? 0};
}

/// {tensor, index} → what the step gives it, and the lines that lead there.
function workedOut(teller, step, focus) {
  const {record} = teller;
  const {tensor, index} = focus;
  const name = tensor.elementName(index);
  switch (step.phase) {
    case 'forward':
      return {name, symbols: forwardElement(step.op, index, byName), numbers: forwardElement(step.op, index, byNumber), result: tensor.value(index)};
    case 'seed':
      return {name: partial(record.loss, tensor), symbols: null, numbers: null, result: 1};
    case 'backward': {
      const {terms, sum, missing} = termsOf(record, focus, [step.op]);
      const before = contributionsBefore(teller, step, focus);
      const own = partial(record.loss, tensor, index);
      const lead = (text) => (before === null ? '' : `${text} + `);
      return {name: own, assigns: before !== null, symbols: lead(own) + termsText(record, terms, missing, false),
        numbers: lead(formatNumber(before)) + termsText(record, terms, missing, true), terms,
        result: isLastContribution(teller, step) ? tensor.gradient(index) : sum + (before || 0)};
    }
    case 'update': {
      const rate = record.provenance.learning_rate;
      const [w, g] = [tensor.value(index), tensor.gradient(index)];
      return {name, assigns: true, symbols: `${name} − η · ${partial(record.loss, tensor, index)}`,
        numbers: `${factor(w)} − ${formatNumber(rate)} · ${factor(g)}`, result: w - rate * g};
    }
    default:
      return null;
  }
}

/// Why a forward step is the first that is not finite; null where the trouble came from before.
function troubleOf({phase, op}) {
  const inputsAreFinite = phase === 'forward' && op.inputs.every((input) => input.values.every(Number.isFinite));
  if (!inputsAreFinite) return null;
  const [a, b] = op.inputs.map((input) => input.values[0]);
  if (op.kind === 'log') return a < 0 ? 'noteLogarithm' : 'noteLogarithmOfZero';
  return op.kind === 'div' && b === 0 ? 'noteDivision' : 'noteOverflow';
}

/// What earlier steps have added to the gradient that this step adds to; null where it is the first.
function contributionsBefore(teller, step, focus) {
  const earlier = teller.steps.slice(0, teller.steps.indexOf(step)).filter((other) => other.phase === 'backward' && other.tensor === step.tensor);
  return earlier.length ? termsOf(teller.record, focus, earlier.map((other) => other.op)).sum : null;
}

function isLastContribution(teller, step) {
  const later = teller.steps.slice(teller.steps.indexOf(step) + 1);
  return !later.some((other) => other.phase === 'backward' && other.tensor === step.tensor);
}

function stepHeading(teller, step) {
  const gradient = step.tensor && partial(teller.record.loss, step.tensor);
  switch (step.phase) {
    case 'given': return teller.t('headGiven');
    case 'forward': return teller.withFormulas('headForward', {name: step.tensor.name});
    case 'seed': return teller.withFormulas('headSeed', {gradient});
    case 'backward': return teller.withFormulas('headBackward', {gradient});
    default: return teller.t('headUpdate');
  }
}

/// The heading as plain text, for the slider and the screen reader.
function stepTitle(teller, step) {
  return h('span', {}, stepHeading(teller, step)).textContent;
}

function stepProse(teller, step) {
  const {record} = teller;
  const names = (role) => record.tensors.filter((tensor) => tensor.role === role).map((tensor) => tensor.name).join('`, `');
  switch (step.phase) {
    case 'given': {
      const key = record.batchSize ? 'sayGivenNet' : 'sayGivenExpression';
      const inputs = names('input') || names('constant');
      return [teller.prose(key, {inputs, parameters: names('parameter'), loss: record.loss.name})];
    }
    case 'forward': return [teller.prose(forwardSaying(step.op))];
    case 'seed': return [teller.prose('saySeed', {loss: record.loss.name})];
    case 'backward': return [teller.prose(backwardSaying(step))];
    default: {
      const {learning_rate: rate, momentum} = record.provenance;
      return [teller.prose('sayUpdate', {rate: formatNumber(rate)}), momentum ? teller.prose('sayMomentum', {momentum: formatNumber(momentum)}) : null];
    }
  }
}

function sayingOf(direction, op) {
  if (`${direction}.${op.kind}` in texts) return `${direction}.${op.kind}`;
  return `${direction}.${op.output.shape.length ? 'elementwise' : 'scalar'}`;
}

const forwardSaying = (op) => sayingOf('forward', op);

function backwardSaying({op, tensor}) {
  if (op.kind !== 'linear') return sayingOf('backward', op);
  return `backward.linear.${tensor === op.inputs[0] ? 'input' : tensor === op.inputs[1] ? 'weight' : 'bias'}`;
}

function stepRule(teller, step, tensor) {
  const {record} = teller;
  switch (step.phase) {
    case 'forward': return {rule: forwardRule(step.op), shapes: forwardShapes(step.op)};
    case 'seed': return {rule: `${partial(record.loss, step.tensor)} = 1`};
    case 'backward': return {rule: backwardRule(record, step.op, step.tensor), shapes: backwardShapes(step.op, step.tensor)};
    case 'update': return {rule: `${tensor.name} ← ${tensor.name} − η · ${partial(record.loss, tensor)}`, shapes: shapeText(tensor.shape)};
    default: return {};
  }
}

/// Kinks, saturation, reuse, the collapse of softmax and cross-entropy: what is worth a remark at this element.
function stepNotes(teller, step, focus) {
  const {record, t} = teller;
  const notes = [];
  const {op, tensor} = step;
  if (step.phase === 'backward') {
    if (slotsOf(op, tensor).length + record.consumers(tensor).length > 2) notes.push(teller.prose('noteReuse', {name: tensor.name}));
    if (!isLastContribution(teller, step)) notes.push(teller.prose('notePartial'));
    notes.push(...derivativeNotes(teller, op, focus));
    if (op.kind === 'softmax') notes.push(collapseNote(teller, op, focus));
  }
  if (step.phase === 'update' && record.provenance.loss_after !== null && record.provenance.loss_after !== undefined) {
    notes.push(h('p', {}, t('lossAfter', {before: formatNumber(record.loss.value(0)), after: formatNumber(Number(record.provenance.loss_after))})));
  }
  const result = step.phase === 'forward' ? tensor.value(focus.index) : step.phase === 'backward' ? tensor.gradient(focus.index) : 0;
  if (result !== undefined && !Number.isFinite(result)) notes.push(teller.prose(troubleOf(step) || 'noteNotFinite'));
  return notes;
}

function derivativeNotes(teller, op, {tensor, index}) {
  const value = tensor.value(index);
  const local = op.output.shape.length || isElementwise(op.kind) ? localDerivative(op, 0, index, index) : undefined;
  if (['relu', 'leaky_relu', 'abs'].includes(op.kind) && value === 0) {
    return [teller.prose('noteKink', {name: tensor.elementName(index), value: formatNumber(local)})];
  }
  if (op.kind === 'relu' && value < 0) return [teller.prose('noteOff', {name: tensor.elementName(index)})];
  return ['tanh', 'sigmoid'].includes(op.kind) && Math.abs(local) < 0.01 ? [teller.prose('noteSaturated')] : [];
}

function collapseNote(teller, op, {tensor, index}) {
  const loss = teller.record.consumers(op.output).find((next) => next.kind === 'cross_entropy');
  if (!loss) return null;
  const [n, c] = tensor.coordinates(index);
  return teller.prose('noteCollapse', {p: op.output.name, probability: formatNumber(op.output.value(index)),
    target: loss.inputs[1].value(n) === c ? 1 : 0, N: tensor.shape[0], result: formatNumber(tensor.gradient(index))});
}

/// The rule, the shapes, and the lines of one element: symbols, numbers, result. `hides` blanks the result.
function stepFormulas(teller, step, focus, hides) {
  const {t} = teller;
  const {rule, shapes} = stepRule(teller, step, focus?.tensor);
  if (!rule) return [];
  const worked = workedOut(teller, step, focus);
  const adds = step.phase === 'backward' && worked.assigns;
  const line = (sign, body, kind) => [h('span', {class: 'sign'}, sign), h('span', {class: `math ${kind || ''}`}, body)];
  const result = h('output', {class: 'result', 'data-result': hides ? null : worked.result}, hides ? '?' : formatNumber(worked.result));
  const lines = worked.symbols === null ? [line('=', result, 'final')] : [
    line(worked.assigns ? '←' : '=', teller.math.sum(worked.symbols)),
    worked.numbers === worked.symbols ? [] : line('=', teller.math.sum(worked.numbers), 'numbers'),
    line('=', result, 'final')];
  const plain = worked.symbols === null;
  return [
    h('p', {class: 'rule'}, teller.formula(adds ? rule.replace(' = ', ' += ') : rule)),
    shapes ? h('p', {class: 'shapes'}, h('span', {}, t('shapes')), ' ', teller.formula(shapes)) : null,
    plain ? null : h('div', {class: 'worked'}, h('span', {class: 'math subject'}, teller.math.line(worked.name)), h('div', {class: 'lines'}, lines)),
  ];
}

/// A whole step, for the handout.
function stepArticle(teller, step, at, row) {
  const focus = focusOf(teller, step, row, null);
  return h('article', {class: `step phase-${step.phase}`},
    h('p', {class: 'eyebrow'}, `${at} · ${teller.t('phase' + capital(step.phase))}`),
    h('h3', {}, stepHeading(teller, step)), stepProse(teller, step), stepFormulas(teller, step, focus, false),
    focus ? stepNotes(teller, step, focus) : null);
}
