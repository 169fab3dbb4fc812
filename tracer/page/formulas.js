// Every formula as a line of text: rules in symbols, and the same line with numbers plugged in. One template serves both:
// `show(tensor, index)` writes an element by its name or by its number. mathtext.js turns the lines into typography:
// ∂L/∂W1 is a fraction, z1 a variable with a subscript, Σ{n} a sum over n, x^{2} a power, ᵀ a transpose.

const byName = (tensor, index) => (tensor.role === 'constant' ? byNumber(tensor, index) : tensor.elementName(index));
const byNumber = (tensor, index) => (tensor.has(index) ? factor(tensor.value(index)) : '⋯');
const shapeText = (shape) => `(${shape.join(', ')})`;
const partial = (loss, tensor, index) => `∂${loss.name}/∂${index === undefined ? tensor.name : tensor.elementName(index)}`;

const binarySign = {add: '+', sub: '−', mul: '·', div: '/'};

/// A long sum keeps its first terms and its last, if that one is known.
function abridged(parts, limit = 4) {
  if (parts.length <= limit) return parts;
  return [...parts.slice(0, limit - 1), '⋯', ...(parts.at(-1).includes('⋯') ? [] : [parts.at(-1)])];
}

// ---- forward

function forwardRule(op) {
  const [a, b, c] = op.inputs.map((tensor) => tensor.name);
  const out = op.output.name;
  switch (op.kind) {
    case 'linear': return `${out} = ${a} · ${b}ᵀ + ${c}`;
    case 'softmax': return `${out}[n,j] = exp(${a}[n,j]) / Σ{k} exp(${a}[n,k])`;
    case 'cross_entropy': return `${out} = −(1/N) · Σ{n} log ${a}[n, ${b}[n]]`;
    case 'softmax_cross_entropy': return `${out} = (1/N) · Σ{n} (log Σ{k} exp(${a}[n,k]) − ${a}[n, ${b}[n]])`;
    case 'binary_logistic': return `${out} = (1/N) · Σ{n} (log(1 + exp(${a}[n])) − ${b}[n] · ${a}[n])`;
    case 'squared_error': return `${out} = (1/N) · Σ{n,k} (${a}[n,k] − ${b}[n,k])²`;
    case 'absolute_error': return `${out} = (1/N) · Σ{n,k} |${a}[n,k] − ${b}[n,k]|`;
    default: return `${out} = ${applied(op, (tensor) => (tensor.role === 'constant' ? byNumber(tensor, 0) : tensor.name), 0)}`;
  }
}

/// The right-hand side of an elementwise op or an op with two inputs.
function applied(op, show, index) {
  const [a, b] = op.inputs.map((tensor) => show(tensor, index));
  switch (op.kind) {
    case 'identity': return a;
    case 'relu': return `max(0, ${a})`;
    case 'leaky_relu': return `max(${a}, ${formatNumber(slopeOf(op))} · ${a})`;
    case 'neg': return `−${a}`;
    case 'abs': return `|${a}|`;
    case 'pow': return `${a}^{${b}}`;
    case 'max': return `max(${a}, ${b})`;
    default: return op.kind in binarySign ? `${a} ${binarySign[op.kind]} ${b}` : `${op.kind}(${a.replace(/^\((.*)\)$/, '$1')})`;
  }
}

/// The right-hand side of one output element.
function forwardElement(op, index, show) {
  const [a, b, c] = op.inputs;
  if (isElementwise(op.kind) || isBinary(op.kind)) return applied(op, show, index);
  if (op.kind === 'linear') {
    const [n, j] = op.output.coordinates(index);
    const features = a.shape[1];
    const products = a.along(1).map((i) => `${show(a, n * features + i)} · ${show(b, j * features + i)}`);
    const whole = a.along(1).length === features ? products : [...products, '⋯'];
    return `${abridged(whole).join(' + ')} + ${show(c, j)}`;
  }
  const columns = a.shape[1] ?? 1;
  if (op.kind === 'softmax') {
    const row = Math.floor(index / columns) * columns;
    const all = a.along(1).map((k) => exponential(show(a, row + k)));
    return `${exponential(show(a, index))} / (${abridged(all).join(' + ')})`;
  }
  const rows = a.along(0);
  return `${lossSign(op)}(${abridged(rows.flatMap((n) => lossTerms(op, n, show))).join(' + ')}) / ${a.shape[0]}`;
}

const exponential = (text) => `exp(${text.replace(/^\((.*)\)$/, '$1')})`;
const lossSign = (op) => (op.kind === 'cross_entropy' ? '−' : '');

/// What row n of the batch adds to the loss, before the mean.
function lossTerms(op, n, show) {
  const [a, y] = op.inputs;
  const columns = a.shape[1] ?? 1;
  const target = n * columns + y.value(n);
  switch (op.kind) {
    case 'cross_entropy': return [`log ${show(a, target)}`];
    case 'softmax_cross_entropy':
      if (show !== byNumber) return [`(log Σ{k} exp(${a.name}[${n},k]) − ${show(a, target)})`];
      return [factor(-Math.log(softmaxOfRow(a, n, y.value(n))))];
    case 'binary_logistic': return [`(log(1 + ${exponential(show(a, n))}) − ${show(y, n)} · ${show(a, n)})`];
    default: {
      const [open, close] = op.kind === 'squared_error' ? ['(', ')²'] : ['|', '|'];
      return a.along(1).map((k) => `${open}${show(a, n * columns + k)} − ${show(y, n * columns + k)}${close}`);
    }
  }
}

function forwardShapes(op) {
  if (op.inputs.every((tensor) => !tensor.shape.length)) return null;
  const [a, b, c] = op.inputs.map((tensor) => shapeText(tensor.shape));
  const out = shapeText(op.output.shape);
  if (op.kind !== 'linear') return `${out} ← ${[...new Set(op.inputs)].map((tensor) => shapeText(tensor.shape)).join(', ')}`;
  const transposed = shapeText([...op.inputs[1].shape].reverse());
  return `${out} = ${a} · ${transposed} + ${c}`;
}

// ---- backward

function backwardRule(record, op, tensor) {
  const d = (of) => partial(record.loss, of);
  const [a, b] = op.inputs;
  const up = d(op.output);
  const [z, out] = [a.name, op.output.name];
  switch (op.kind) {
    case 'linear':
      if (tensor === a) return `${d(a)} = ${up} · ${b.name}`;
      return tensor === b ? `${d(b)} = (${up})ᵀ · ${a.name}` : `${d(tensor)} = Σ{n} ${up}[n]`;
    case 'tanh': return `${d(a)} = ${up} ⊙ (1 − ${out}²)`;
    case 'sigmoid': return `${d(a)} = ${up} ⊙ ${out} ⊙ (1 − ${out})`;
    case 'relu': return `${d(a)} = ${up} ⊙ 1[${z} > 0]`;
    case 'leaky_relu': return `${d(a)} = ${up} ⊙ (1[${z} > 0] + ${formatNumber(slopeOf(op))} · 1[${z} ≤ 0])`;
    case 'identity': return `${d(a)} = ${up}`;
    case 'softmax': return `${d(a)}[n,j] = Σ{k} ${up}[n,k] · ${out}[n,k] · (1[k = j] − ${out}[n,j])`;
    case 'cross_entropy': return `${d(a)}[n,c] = −1 / (N · ${z}[n,c]) · 1[c = ${b.name}[n]]`;
    case 'softmax_cross_entropy': return `${d(a)}[n,c] = (softmax(${z})[n,c] − 1[c = ${b.name}[n]]) / N`;
    case 'binary_logistic': return `${d(a)}[n] = (sigmoid(${z}[n]) − ${b.name}[n]) / N`;
    case 'squared_error': return `${d(a)} = 2 · (${z} − ${b.name}) / N`;
    case 'absolute_error': return `${d(a)} = sign(${z} − ${b.name}) / N`;
    default: return `${d(tensor)} = ${slotsOf(op, tensor).map(() => `${up} · ∂${op.output.name}/∂${tensor.name}`).join(' + ')}`;
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
      return slot === 0 ? show(b, j * features + (index % features)) : slot === 1 ? show(a, n * features + (index % features)) : '1';
    }
    case 'tanh': return `(1 − ${show(f, out)}²)`;
    case 'sigmoid': return `${show(f, out)} · (1 − ${show(f, out)})`;
    case 'relu': return `1[${show(a, index)} > 0]`;
    case 'leaky_relu': return a.value(index) > 0 ? '1' : formatNumber(slopeOf(op));
    case 'exp': return show(f, out);
    case 'log': return `1 / ${show(a, index)}`;
    case 'abs': return `sign(${show(a, index)})`;
    case 'sin': return `cos(${show(a, index)})`;
    case 'cos': return `(−sin(${show(a, index)}))`;
    case 'neg': return '(−1)';
    case 'sub': return slot === 0 ? '1' : '(−1)';
    case 'mul': return show(op.inputs[1 - slot], 0);
    case 'div': return slot === 0 ? `1 / ${show(b, 0)}` : `(−${show(a, 0)} / ${show(b, 0)}²)`;
    case 'pow': return slot === 0 ? `${show(b, 0)} · ${show(a, 0)}^{${show(b, 0)} − 1}` : `${show(f, 0)} · log(${show(a, 0)})`;
    case 'max': return slot === 0 ? `1[${show(a, 0)} ≥ ${show(b, 0)}]` : `1[${show(a, 0)} < ${show(b, 0)}]`;
    case 'softmax': return `${show(f, out)} · (${out === index ? 1 : 0} − ${show(f, index)})`;
    default: return isLoss(op.kind) ? lossLocalText(op, index, show) : '1';  // identity, add
  }
}

function lossLocalText(op, index, show) {
  const [a, y] = op.inputs;
  const columns = a.shape[1] ?? 1;
  const [n, c] = [Math.floor(index / columns), index % columns];
  const N = a.shape[0];
  switch (op.kind) {
    case 'cross_entropy': return c === y.value(n) ? `(−1 / (${N} · ${show(a, index)}))` : '0';
    case 'softmax_cross_entropy': {
      const p = show === byNumber ? factor(softmaxOfRow(a, n, c)) : `softmax(${a.name})[${n},${c}]`;
      return `(${p} − ${c === y.value(n) ? 1 : 0}) / ${N}`;
    }
    case 'binary_logistic': return `(sigmoid(${show(a, index)}) − ${show(y, n)}) / ${N}`;
    case 'squared_error': return `2 · (${show(a, index)} − ${show(y, index)}) / ${N}`;
    default: return `sign(${show(a, index)} − ${show(y, index)}) / ${N}`;
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
