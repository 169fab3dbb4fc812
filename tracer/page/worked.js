// A step worked out for one element: the line in symbols, the line with numbers plugged in, the result.

/// The element that a step is worked out for: the selected one if the step computes it, else the first that says
/// something.
function focusOf(teller, step, row, selected) {
  const {tensor} = step;
  if (!tensor) return null;
  if (selected && (selected.tensor === tensor || (step.phase === 'update' && selected.tensor.role === 'parameter')))
    return selected;
  const n = row === 'all' ? teller.record.rows[0] : row;
  const candidates = tensor.embedded().filter((index) => !tensor.isBatched || tensor.coordinates(index)[0] === n);
  const speaks = (index) =>
      step.phase === 'forward' || (tensor.gradient(index) !== 0 && !Number.isNaN(tensor.gradient(index)));
  return {tensor, index: candidates.find(speaks) ?? candidates[0] ?? 0};
}

/// {tensor, index} → what the step gives it, and the lines that lead there.
function workedOut(teller, step, focus) {
  const {record} = teller;
  const {tensor, index} = focus;
  const name = tensor.elementName(index);
  switch (step.phase) {
    case 'forward':
      return {
        name,
        symbols: forwardElement(step.op, index, byName),
        numbers: forwardElement(step.op, index, byNumber),
        result: tensor.value(index)
      };
    case 'seed':
      return {name: partial(record.loss, tensor), symbols: null, numbers: null, result: 1};
    case 'backward': {
      const {terms, sum, missing} = termsOf(record, focus, [step.op]);
      const before = contributionsBefore(teller, step, focus);
      const own = partial(record.loss, tensor, index);
      const lead = (text) => (before === null ? '' : `${text} + `);
      return {
        name: own,
        assigns: before !== null,
        symbols: lead(own) + termsText(record, terms, missing, false),
        numbers: lead(formatNumber(before)) + termsText(record, terms, missing, true),
        terms,
        result: isLastContribution(teller, step) ? tensor.gradient(index) : sum + (before || 0)
      };
    }
    case 'update': {
      const rate = record.provenance.learning_rate;
      const [w, g] = [tensor.value(index), tensor.gradient(index)];
      return {
        name,
        assigns: true,
        symbols: `${name} − η · ${partial(record.loss, tensor, index)}`,
        numbers: `${factor(w)} − ${formatNumber(rate)} · ${factor(g)}`,
        result: w - rate * g
      };
    }
    default:
      return null;
  }
}

/// What earlier steps have added to the gradient that this step adds to; null where it is the first.
function contributionsBefore(teller, step, focus) {
  const earlier = teller.steps.slice(0, teller.steps.indexOf(step))
                      .filter((other) => other.phase === 'backward' && other.tensor === step.tensor);
  return earlier.length ? termsOf(teller.record, focus, earlier.map((other) => other.op)).sum : null;
}

function isLastContribution(teller, step) {
  const later = teller.steps.slice(teller.steps.indexOf(step) + 1);
  return !later.some((other) => other.phase === 'backward' && other.tensor === step.tensor);
}
