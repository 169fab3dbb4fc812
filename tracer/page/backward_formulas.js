// The backward rules and the local derivatives as lines of text (formulas.js tells how they are written).

function backwardRule(record, op, tensor) {
  const d = (of) => partial(record.loss, of);
  const [a, b] = op.inputs;
  const up = d(op.output);
  const [z, out] = [a.name, op.output.name];
  switch (op.kind) {
    case 'linear':
      if (tensor === a) return `${d(a)} = ${up} · ${b.name}`;
      return tensor === b ? `${d(b)} = (${up})ᵀ · ${a.name}` : `${d(tensor)} = Σ{n} ${up}[n]`;
    case 'tanh':
      return `${d(a)} = ${up} ⊙ (1 − ${out}²)`;
    case 'sigmoid':
      return `${d(a)} = ${up} ⊙ ${out} ⊙ (1 − ${out})`;
    case 'relu':
      return `${d(a)} = ${up} ⊙ 1[${z} > 0]`;
    case 'leaky_relu':
      return `${d(a)} = ${up} ⊙ (1[${z} > 0] + ${formatNumber(slopeOf(op))} · 1[${z} ≤ 0])`;
    case 'identity':
      return `${d(a)} = ${up}`;
    case 'softmax':
      return `${d(a)}[n,j] = Σ{k} ${up}[n,k] · ${out}[n,k] · (1[k = j] − ${out}[n,j])`;
    case 'cross_entropy':
      return `${d(a)}[n,c] = −1 / (N · ${z}[n,c]) · 1[c = ${b.name}[n]]`;
    case 'softmax_cross_entropy':
      return `${d(a)}[n,c] = (softmax(${z})[n,c] − 1[c = ${b.name}[n]]) / N`;
    case 'binary_logistic':
      return `${d(a)}[n] = (sigmoid(${z}[n]) − ${b.name}[n]) / N`;
    case 'squared_error':
      return `${d(a)} = 2 · (${z} − ${b.name}) / N`;
    case 'absolute_error':
      return `${d(a)} = sign(${z} − ${b.name}) / N`;
    default:
      return `${d(tensor)} = ${
          slotsOf(op, tensor).map(() => `${up} · ∂${op.output.name}/∂${tensor.name}`).join(' + ')}`;
  }
}

const slotsOf = (op, tensor) => op.inputs.flatMap((input, slot) => (input === tensor ? [slot] : []));

function backwardShapes(op, tensor) {
  if (!tensor.shape.length) return null;
  const [a, b] = op.inputs;
  const own = shapeText(tensor.shape);
  const up = shapeText(op.output.shape);
  if (op.kind !== 'linear') return `${own} ← ${up}`;
  if (tensor === a) return `${own} = ${up} · ${shapeText(b.shape)}`;
  if (tensor === b) return `${own} = ${shapeText([...op.output.shape].reverse())} · ${shapeText(a.shape)}`;
  return `${own} = Σ{n} ${up}`;
}

/// ∂output[out]/∂input[slot][index] in symbols or in numbers.
function localText(op, slot, index, out, show) {
  const [a, b] = op.inputs;
  const f = op.output;
  switch (op.kind) {
    case 'linear': {
      const [n, j] = f.coordinates(out);
      const features = a.shape[1];
      return slot === 0 ? show(b, j * features + (index % features)) :
          slot === 1    ? show(a, n * features + (index % features)) :
                          '1';
    }
    case 'tanh':
      return `(1 − ${show(f, out)}²)`;
    case 'sigmoid':
      return `${show(f, out)} · (1 − ${show(f, out)})`;
    case 'relu':
      return `1[${show(a, index)} > 0]`;
    case 'leaky_relu':
      return a.value(index) > 0 ? '1' : formatNumber(slopeOf(op));
    case 'exp':
      return show(f, out);
    case 'log':
      return `1 / ${show(a, index)}`;
    case 'abs':
      return `sign(${show(a, index)})`;
    case 'sin':
      return `cos(${show(a, index)})`;
    case 'cos':
      return `(−sin(${show(a, index)}))`;
    case 'neg':
      return '(−1)';
    case 'sub':
      return slot === 0 ? '1' : '(−1)';
    case 'mul':
      return show(op.inputs[1 - slot], 0);
    case 'div':
      return slot === 0 ? `1 / ${show(b, 0)}` : `(−${show(a, 0)} / ${show(b, 0)}²)`;
    case 'pow':
      return slot === 0 ? `${show(b, 0)} · ${show(a, 0)}^{${show(b, 0)} − 1}` : `${show(f, 0)} · log(${show(a, 0)})`;
    case 'max':
      return slot === 0 ? `1[${show(a, 0)} ≥ ${show(b, 0)}]` : `1[${show(a, 0)} < ${show(b, 0)}]`;
    case 'softmax':
      return `${show(f, out)} · (${out === index ? 1 : 0} − ${show(f, index)})`;
    default:
      return isLoss(op.kind) ? lossLocalText(op, index, show) : '1';  // identity, add
  }
}

function lossLocalText(op, index, show) {
  const [a, y] = op.inputs;
  const columns = a.shape[1] ?? 1;
  const [n, c] = [Math.floor(index / columns), index % columns];
  const N = a.shape[0];
  switch (op.kind) {
    case 'cross_entropy':
      return c === y.value(n) ? `(−1 / (${N} · ${show(a, index)}))` : '0';
    case 'softmax_cross_entropy': {
      const p = show === byNumber ? factor(softmaxOfRow(a, n, c)) : `softmax(${a.name})[${n},${c}]`;
      return `(${p} − ${c === y.value(n) ? 1 : 0}) / ${N}`;
    }
    case 'binary_logistic':
      return `(sigmoid(${show(a, index)}) − ${show(y, n)}) / ${N}`;
    case 'squared_error':
      return `2 · (${show(a, index)} − ${show(y, index)}) / ${N}`;
    default:
      return `sign(${show(a, index)} − ${show(y, index)}) / ${N}`;
  }
}

/// The sum of the terms of a gradient element, in symbols and in numbers.
function termsText(record, terms, missing, plugged) {
  const product = ({op, slot, source, upstream, index}) => {
    const up = plugged ? factor(upstream) : partial(record.loss, source.tensor, source.index);
    return `${up} · ${localText(op, slot, index, source.index, plugged ? byNumber : byName)}`;
  };
  const products = terms.map(product);
  return abridged(missing ? [...products, '⋯'] : products).join(' + ');
}
