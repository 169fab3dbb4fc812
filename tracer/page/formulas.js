// Every formula as a line of text: rules in symbols, and the same line with numbers plugged in. One template serves
// both: `show(tensor, index)` writes an element by its name or by its number. mathtext.js turns the lines into
// typography: ∂L/∂W1 is a fraction, z1 a variable with a subscript, Σ{n} a sum over n, x^{2} a power, ᵀ a transpose.

const byName = (tensor, index) => (tensor.role === 'constant' ? byNumber(tensor, index) : tensor.elementName(index));
const byNumber = (tensor, index) => (tensor.has(index) ? factor(tensor.value(index)) : '⋯');
const shapeText = (shape) => `(${shape.join(', ')})`;
const partial = (loss, tensor, index) =>
    `∂${loss.name}/∂${index === undefined ? tensor.name : tensor.elementName(index)}`;

const binarySign = {
  add: '+',
  sub: '−',
  mul: '·',
  div: '/'
};

/// A long sum keeps its first terms and its last, if that one is known.
function abridged(parts, limit = 4) {
  if (parts.length <= limit) return parts;
  return [...parts.slice(0, limit - 1), '⋯', ...(parts.at(-1).includes('⋯') ? [] : [parts.at(-1)])];
}
