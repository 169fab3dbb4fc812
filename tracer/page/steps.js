// The walk: what is given, every operation forward, the seed ∂L/∂L = 1, every gradient backward, the update.

/// [{phase: 'given' | 'forward' | 'seed' | 'backward' | 'update', op, tensor}]; `tensor` is what the step computes.
function stepsOf(record) {
  const steps = [{phase: 'given', tensor: null}];
  for (const op of record.ops) steps.push({phase: 'forward', op, tensor: op.output});
  if (record.loss?.gradientState === 'computed') steps.push(...backwardSteps(record));
  return steps;
}

function backwardSteps(record) {
  const steps = [{phase: 'seed', tensor: record.loss}];
  for (const op of [...record.ops].reverse()) {
    if (op.output.gradientState !== 'computed') continue;
    const inputs = [...new Set(op.inputs)].filter((tensor) => tensor.gradientState === 'computed');
    const parametersFirst = (tensor) => (op.kind === 'linear' && tensor.role !== 'parameter' ? 1 : 0);
    inputs.sort((a, b) => parametersFirst(a) - parametersFirst(b));
    for (const tensor of inputs) steps.push({phase: 'backward', op, tensor});
  }
  const weights = record.tensors.filter((tensor) => tensor.role === 'parameter' && tensor.shape.length === 2);
  if (record.provenance.learning_rate && weights.length) steps.push({phase: 'update', tensor: weights.at(-1)});
  return steps;
}

/// What is known once step `at` is done.
class Knowledge {
  constructor(record, steps, at) {
    this.record = record;
    this.done = steps.slice(0, at + 1);
    this.valueKnown = new Set(record.tensors.filter((tensor) => !record.producer(tensor)));
    this.contributed = new Map();  // tensor → the ops whose terms have arrived
    for (const step of this.done) {
      if (step.phase === 'forward') this.valueKnown.add(step.tensor);
      if (step.phase === 'seed') this.contributed.set(step.tensor, []);
      if (step.phase === 'backward')
        this.contributed.set(step.tensor, [...(this.contributed.get(step.tensor) || []), step.op]);
    }
    this.backwardBegun = this.done.some((step) => step.phase === 'seed');
  }

  value(tensor, index) { return this.valueKnown.has(tensor) ? tensor.value(index) : undefined; }

  /// 'none' (there is no such gradient), 'pending', 'partial' (more terms are to come) or 'computed'.
  gradientState(tensor) {
    if (tensor.gradientState === 'none') return 'none';
    if (!this.contributed.has(tensor)) {
      const unreached = tensor.gradientState === 'computed' && this.backwardBegun && tensor !== this.record.loss &&
          !this.record.consumers(tensor).some((op) => op.output.gradientState === 'computed');
      return unreached ? 'computed' : 'pending';
    }
    const ops = this.contributed.get(tensor);
    const all = this.record.consumers(tensor).filter((op) => op.output.gradientState === 'computed');
    return ops.length < all.length ? 'partial' : 'computed';
  }

  gradient(tensor, index) {
    const state = this.gradientState(tensor);
    if (state === 'computed') return tensor.gradient(index);
    return state === 'partial' ? termsOf(this.record, {tensor, index}, this.contributed.get(tensor)).sum : undefined;
  }
}
