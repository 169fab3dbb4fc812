// What is worth a remark at one element of a step: kinks, saturation, reuse, the collapse of softmax and cross-entropy.

/// Kinks, saturation, reuse, the collapse of softmax and cross-entropy: what is worth a remark at this element.
function stepNotes(teller, step, focus) {
  const {record, t} = teller;
  const notes = [];
  const {op, tensor} = step;
  if (step.phase === 'backward') {
    if (slotsOf(op, tensor).length + record.consumers(tensor).length > 2)
      notes.push(teller.prose('noteReuse', {name: tensor.name}));
    if (!isLastContribution(teller, step)) notes.push(teller.prose('notePartial'));
    notes.push(...derivativeNotes(teller, op, focus));
    if (op.kind === 'softmax') notes.push(collapseNote(teller, op, focus));
  }
  if (step.phase === 'update' && record.provenance.loss_after !== null && record.provenance.loss_after !== undefined) {
    notes.push(
        h('p', {},
          t('lossAfter',
            {before: formatNumber(record.loss.value(0)), after: formatNumber(Number(record.provenance.loss_after))})));
  }
  const result = step.phase === 'forward' ? tensor.value(focus.index) :
      step.phase === 'backward'           ? tensor.gradient(focus.index) :
                                            0;
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
  return teller.prose('noteCollapse', {
    p: op.output.name,
    probability: formatNumber(op.output.value(index)),
    target: loss.inputs[1].value(n) === c ? 1 : 0,
    N: tensor.shape[0],
    result: formatNumber(tensor.gradient(index))
  });
}

/// Why a forward step is the first that is not finite; null where the trouble came from before.
function troubleOf({phase, op}) {
  const inputsAreFinite = phase === 'forward' && op.inputs.every((input) => input.values.every(Number.isFinite));
  if (!inputsAreFinite) return null;
  const [a, b] = op.inputs.map((input) => input.values[0]);
  if (op.kind === 'log') return a < 0 ? 'noteLogarithm' : 'noteLogarithmOfZero';
  return op.kind === 'div' && b === 0 ? 'noteDivision' : 'noteOverflow';
}
