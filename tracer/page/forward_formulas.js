// The forward rules as lines of text (formulas.js tells how they are written).

function forwardRule(op) {
  const [a, b, c] = op.inputs.map((tensor) => tensor.name);
  const out = op.output.name;
  switch (op.kind) {
    case 'linear':
      return `${out} = ${a} · ${b}ᵀ + ${c}`;
    case 'softmax':
      return `${out}[n,j] = exp(${a}[n,j]) / Σ{k} exp(${a}[n,k])`;
    case 'cross_entropy':
      return `${out} = −(1/N) · Σ{n} log ${a}[n, ${b}[n]]`;
    case 'softmax_cross_entropy':
      return `${out} = (1/N) · Σ{n} (log Σ{k} exp(${a}[n,k]) − ${a}[n, ${b}[n]])`;
    case 'binary_logistic':
      return `${out} = (1/N) · Σ{n} (log(1 + exp(${a}[n])) − ${b}[n] · ${a}[n])`;
    case 'squared_error':
      return `${out} = (1/N) · Σ{n,k} (${a}[n,k] − ${b}[n,k])²`;
    case 'absolute_error':
      return `${out} = (1/N) · Σ{n,k} |${a}[n,k] − ${b}[n,k]|`;
    default:
      return `${out} = ${applied(op, (tensor) => (tensor.role === 'constant' ? byNumber(tensor, 0) : tensor.name), 0)}`;
  }
}

/// The right-hand side of an elementwise op or an op with two inputs.
function applied(op, show, index) {
  const [a, b] = op.inputs.map((tensor) => show(tensor, index));
  switch (op.kind) {
    case 'identity':
      return a;
    case 'relu':
      return `max(0, ${a})`;
    case 'leaky_relu':
      return `max(${a}, ${formatNumber(slopeOf(op))} · ${a})`;
    case 'neg':
      return `−${a}`;
    case 'abs':
      return `|${a}|`;
    case 'pow':
      return `${a}^{${b}}`;
    case 'max':
      return `max(${a}, ${b})`;
    default:
      return op.kind in binarySign ? `${a} ${binarySign[op.kind]} ${b}` :
                                     `${op.kind}(${a.replace(/^\((.*)\)$/, '$1')})`;
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
    case 'cross_entropy':
      return [`log ${show(a, target)}`];
    case 'softmax_cross_entropy':
      if (show !== byNumber) return [`(log Σ{k} exp(${a.name}[${n},k]) − ${show(a, target)})`];
      return [factor(-Math.log(softmaxOfRow(a, n, y.value(n))))];
    case 'binary_logistic':
      return [`(log(1 + ${exponential(show(a, n))}) − ${show(y, n)} · ${show(a, n)})`];
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
  if (op.kind !== 'linear')
    return `${out} ← ${[...new Set(op.inputs)].map((tensor) => shapeText(tensor.shape)).join(', ')}`;
  const transposed = shapeText([...op.inputs[1].shape].reverse());
  return `${out} = ${a} · ${transposed} + ${c}`;
}
