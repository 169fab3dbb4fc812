// One step in words, in symbols, with numbers plugged in, and its result. The page shows one of them, the handout all.

function stepProse(teller, step) {
  const {record} = teller;
  const names = (role) =>
      record.tensors.filter((tensor) => tensor.role === role).map((tensor) => tensor.name).join('`, `');
  switch (step.phase) {
    case 'given': {
      const key = record.batchSize ? 'sayGivenNet' : 'sayGivenExpression';
      const inputs = names('input') || names('constant');
      return [teller.prose(key, {inputs, parameters: names('parameter'), loss: record.loss.name})];
    }
    case 'forward':
      return [teller.prose(forwardSaying(step.op))];
    case 'seed':
      return [teller.prose('saySeed', {loss: record.loss.name})];
    case 'backward':
      return [teller.prose(backwardSaying(step))];
    default: {
      const {learning_rate: rate, momentum} = record.provenance;
      return [
        teller.prose('sayUpdate', {rate: formatNumber(rate)}),
        momentum ? teller.prose('sayMomentum', {momentum: formatNumber(momentum)}) : null
      ];
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
    case 'forward':
      return {rule: forwardRule(step.op), shapes: forwardShapes(step.op)};
    case 'seed':
      return {rule: `${partial(record.loss, step.tensor)} = 1`};
    case 'backward':
      return {rule: backwardRule(record, step.op, step.tensor), shapes: backwardShapes(step.op, step.tensor)};
    case 'update':
      return {
        rule: `${tensor.name} ← ${tensor.name} − η · ${partial(record.loss, tensor)}`,
        shapes: shapeText(tensor.shape)
      };
    default:
      return {};
  }
}

/// The rule, the shapes, and the lines of one element: symbols, numbers, result. `hides` blanks the result.
function stepFormulas(teller, step, focus, hides) {
  const {t} = teller;
  const {rule, shapes} = stepRule(teller, step, focus?.tensor);
  if (!rule) return [];
  const worked = workedOut(teller, step, focus);
  const adds = step.phase === 'backward' && worked.assigns;
  const line = (sign, body, kind) => [h('span', {class: 'sign'}, sign), h('span', {class: `math ${kind || ''}`}, body)];
  const result =
      h('output', {class: 'result', 'data-result': hides ? null : worked.result},
        hides ? '?' : formatNumber(worked.result));
  const lines = worked.symbols === null ? [line('=', result, 'final')] : [
    line(worked.assigns ? '←' : '=', teller.math.sum(worked.symbols)),
    worked.numbers === worked.symbols ? [] : line('=', teller.math.sum(worked.numbers), 'numbers'),
    line('=', result, 'final')
  ];
  const plain = worked.symbols === null;
  return [
    h('p', {class: 'rule'}, teller.formula(adds ? rule.replace(' = ', ' += ') : rule)),
    shapes ? h('p', {class: 'shapes'}, h('span', {}, t('shapes')), ' ', teller.formula(shapes)) : null,
    plain ? null :
            h('div', {class: 'worked'}, h('span', {class: 'math subject'}, teller.math.line(worked.name)),
              h('div', {class: 'lines'}, lines)),
  ];
}

/// A whole step, for the handout.
function stepArticle(teller, step, at, row) {
  const focus = focusOf(teller, step, row, null);
  return h(
      'article', {class: `step phase-${step.phase}`},
      h('p', {class: 'eyebrow'}, `${at} · ${teller.t('phase' + capital(step.phase))}`),
      h('h3', {}, stepHeading(teller, step)), stepProse(teller, step), stepFormulas(teller, step, focus, false),
      focus ? stepNotes(teller, step, focus) : null);
}
