// What of the graph changes from step to step: the numbers in its cells, what is active, which edges have been walked.

/// Writes what is known into the cells; `hidden` is the tensor whose new numbers are to be predicted.
function showStep(graph, knowledge, step, hidden) {
  graph.largest = new Map();
  for (const [name, pair] of graph.cells) {
    const {tensor, index} = pair;
    const hidesValue = hidden && step.phase === 'forward' && tensor === step.tensor;
    const hidesGradient = hidden && step.phase !== 'forward' && tensor === step.tensor;
    const value = knowledge.value(tensor, index);
    const gradient = knowledge.gradient(tensor, index);
    writeCell(pair.value, value, hidesValue, shareOf(graph, tensor, 'value', value));
    if (pair.gradient) writeCell(pair.gradient, gradient, hidesGradient, shareOf(graph, tensor, 'gradient', gradient));
    if (graph.interactive)
      describeCell(graph, name, pair, hidesValue ? undefined : value, hidesGradient ? undefined : gradient);
  }
  markStep(graph, knowledge, step);
}

function writeCell({node, text, rect, title}, number, hides, share) {
  const state = hides ? 'asked' : stateOfNumber(number);
  node.dataset.state = state;
  text.textContent = hides ? '?' : number === undefined ? '' : formatCell(number);
  title.textContent = hides || number === undefined ?
      '' :
      `${node.dataset.element}${node.classList.contains('gradient') ? ' ∂' : ''}: ${number}`;
  rect.style.setProperty('--share', state === 'number' ? share : 0);
}

/// Four states that never look alike, and a fifth for NaN and the infinities.
function stateOfNumber(number) {
  if (number === undefined) return 'pending';
  if (!Number.isFinite(number)) return 'broken';
  if (number === 0) return 'zero';
  return isTiny(number) ? 'tiny' : 'number';
}

/// |number| against the largest that is drawn of its tensor: how strongly its cell is tinted.
function shareOf(graph, tensor, kind, number) {
  const key = `${tensor.id} ${kind}`;
  if (!graph.largest.has(key)) {
    const numbers = (kind === 'value' ? tensor.values : tensor.gradients || []).filter(Number.isFinite);
    graph.largest.set(key, numbers.reduce((largest, v) => Math.max(largest, Math.abs(v)), 0));
  }
  return number === undefined ? 0 : (Math.abs(number) / (graph.largest.get(key) || 1)).toFixed(3);
}

function describeCell(graph, name, pair, value, gradient) {
  const parts =
      [value === undefined ? `${name}, ${graph.t('cellBlank')}` :
                             graph.t('cellValue', {name, value: formatCell(value)})];
  if (pair.gradient) {
    parts.push(
        graph.t('cellGradient', {gradient: gradient === undefined ? graph.t('cellBlank') : formatNumber(gradient)}));
  }
  pair.value.node.setAttribute('aria-label', parts.join(', '));
}

/// What this step takes and what it makes.
function markStep(graph, knowledge, step) {
  const forwardIs = step.phase === 'forward';
  const backwardIs = step.phase === 'backward';
  for (const {op, node} of graph.layout.ops) node.classList.toggle('active', op === step.op);
  for (const [tensor, block] of graph.layout.blocks) {
    block.node.classList.toggle('makes', tensor === step.tensor);
    block.node.dataset.phase = step.phase;
  }
  for (const {op, tensor, forward, backward} of graph.edges) {
    const reaches = (tensor ? knowledge.valueKnown.has(tensor) : knowledge.valueKnown.has(op.output));
    forward.classList.toggle('known', reaches && (tensor === null || knowledge.valueKnown.has(op.output)));
    forward.classList.toggle('active', forwardIs && op === step.op);
    if (!backward) continue;
    const arrived = tensor ? knowledge.contributed.get(tensor)?.includes(op) :
                             op.inputs.some((input) => knowledge.contributed.get(input)?.includes(op));
    backward.classList.toggle('known', Boolean(arrived));
    backward.classList.toggle('active', backwardIs && op === step.op && (tensor === null || tensor === step.tensor));
  }
}
