// The rules of the ops, element by element: what lib/include/gradwalk/nn/rules.hpp tells, told once more for the
// browser. tests/tracer/page holds the two against each other. Nothing else in the page knows a derivative.

const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));

const slopeOf = (op) => op.attributes.slope ?? 0.01;

/// ∂a/∂z of elementwise ops, from the input z and the output a.
const elementwiseLocal = {
  tanh: (z, a) => 1 - a * a,
  sigmoid: (z, a) => a * (1 - a),
  relu: (z) => (z > 0 ? 1 : 0),
  leaky_relu: (z, a, op) => (z > 0 ? 1 : slopeOf(op)),
  identity: () => 1,
  neg: () => -1,
  exp: (z, a) => a,
  log: (z) => 1 / z,
  abs: (z) => Math.sign(z),
  sin: (z) => Math.cos(z),
  cos: (z) => -Math.sin(z),
};

/// ∂f/∂a and ∂f/∂b of the ops of an expression with two inputs.
const binaryLocal = {
  add: [() => 1, () => 1],
  sub: [() => 1, () => -1],
  mul: [(a, b) => b, (a) => a],
  div: [(a, b) => 1 / b, (a, b) => -a / (b * b)],
  pow: [(a, b) => (b === 0 ? 0 : b * a ** (b - 1)), (a, b, f) => (a === 0 && b > 0 ? 0 : f * Math.log(a))],
  max:
      [(a, b, f) =>
           (Number.isNaN(f) ? f :
                a >= b      ? 1 :
                              0),
       (a, b, f) =>
           (Number.isNaN(f) ? f :
                a >= b      ? 0 :
                              1)],
};

/// ∂L/∂(element) of the losses, from the element v of row n and column c, the targets y, and the batch size N.
const lossLocal = {
  cross_entropy: (v, y, n, c, N) => (c === y.value(n) ? -1 / (N * v) : 0),
  softmax_cross_entropy: (v, y, n, c, N, input) => (softmaxOfRow(input, n, c) - (c === y.value(n) ? 1 : 0)) / N,
  binary_logistic: (v, y, n, c, N) => (sigmoid(v) - y.value(n)) / N,
  squared_error: (v, y, n, c, N, input, index) => (2 * (v - y.value(index))) / N,
  absolute_error: (v, y, n, c, N, input, index) => Math.sign(v - y.value(index)) / N,
};

const isElementwise = (kind) => kind in elementwiseLocal;
const isBinary = (kind) => kind in binaryLocal;
const isLoss = (kind) => kind in lossLocal;

/// softmax(z)[n,c] of a row of logits, its largest taken off first.
function softmaxOfRow(z, n, c) {
  const row = z.along(1).map((k) => z.value(n * z.shape[1] + k));
  if (row.length < z.shape[1]) return undefined;
  const largest = Math.max(...row);
  const sum = row.reduce((total, v) => total + Math.exp(v - largest), 0);
  return Math.exp(z.value(n * z.shape[1] + c) - largest) / sum;
}

/// ∂output[out]/∂input[slot][index]; undefined where a number that it takes is not embedded.
function localDerivative(op, slot, index, out) {
  const input = op.inputs[slot];
  const [first, second] = op.inputs;
  if (isElementwise(op.kind)) return elementwiseLocal[op.kind](input.value(index), op.output.value(out), op);
  if (isBinary(op.kind)) return binaryLocal[op.kind][slot](first.value(0), second.value(0), op.output.value(0));
  if (isLoss(op.kind)) {
    const columns = input.shape[1] ?? 1;
    const [n, c] = [Math.floor(index / columns), index % columns];
    const target = op.inputs[1];
    return input.has(index) ? lossLocal[op.kind](input.value(index), target, n, c, input.shape[0], input, index) :
                              undefined;
  }
  if (op.kind === 'softmax') {
    const [pk, pj] = [op.output.value(out), op.output.value(index)];
    return pk * ((out === index ? 1 : 0) - pj);
  }
  const [n, j] = op.output.coordinates(out);
  const features = first.shape[1];
  if (slot === 0) return second.value(j * features + (index % features));
  if (slot === 1) return first.value(n * features + (index % features));
  return 1;
}

/// Every output element that depends on element `index` of input `slot`: [{out, local}].
function outputsOf(op, slot, index) {
  return outputIndices(op, slot, index).map((out) => ({out, local: localDerivative(op, slot, index, out)}));
}

function outputIndices(op, slot, index) {
  if (isElementwise(op.kind)) return [index];
  if (isBinary(op.kind) || isLoss(op.kind)) return [0];
  const [rows, columns] = op.output.shape;
  const range = (count, at) => Array.from({length: count}, (_, i) => at(i));
  const n = Math.floor(index / op.inputs[slot].shape[1]);
  if (op.kind === 'softmax' || slot === 0) return range(columns, (k) => n * columns + k);
  return range(rows, (row) => row * columns + (slot === 1 ? n : index));  // of W1[j,i] and b1[j]: z1[·,j]
}
