// Lines of formulas.js as typography. Text in `backticks` inside prose is such a line too.

const mathFunctions = new Set(
    ['exp', 'log', 'max', 'tanh', 'sigmoid', 'softmax', 'relu', 'sign', 'sin', 'cos', 'identity', 'NaN', 'inf']);

class MathText {
  constructor(record) {
    this.record = record;
    this.tokens = /∂([\p{L}_]\w*)\/∂([\p{L}_]\w*)|Σ\{([^}]*)\}|\^\{|[\p{L}_]\w*|ᵀ/gu;
  }

  /// A list of nodes for one line.
  line(text) {
    const nodes = [];
    let at = 0;
    for (let match; (match = this.next(text, at));) {
      if (match.index > at) nodes.push(text.slice(at, match.index));
      at = match.index + match[0].length;
      if (match[0] === '^{') {
        const end = closingBrace(text, at);
        nodes.push(h('sup', {}, this.line(text.slice(at, end))));
        at = end + 1;
        continue;
      }
      const indices = text.slice(at).match(/^\[[^[\]]*\]/)?.[0] || '';
      at += indices.length;
      if (match[1])
        nodes.push(this.fraction(match[1], match[2], indices));
      else
        nodes.push(this.token(match), indices && h('span', {class: 'indices'}, indices));
    }
    return [...nodes, text.slice(at)];
  }

  /// A line that may break only between the terms of its sum.
  sum(text) { return termsOfLine(text).map((term) => [h('span', {class: 'term'}, this.line(term)), ' ']); }

  next(text, from) {
    this.tokens.lastIndex = from;
    return this.tokens.exec(text);
  }

  token(match) {
    if (match[3] !== undefined) return h('span', {class: 'sum'}, 'Σ', h('sub', {}, match[3]));
    if (match[0] === 'ᵀ') return h('sup', {}, 'T');
    if (this.record.named(match[0])) return this.variable(match[0]);
    return mathFunctions.has(match[0]) ? h('span', {class: 'function'}, match[0]) : h('i', {}, match[0]);
  }

  variable(name) {
    const {stem, digits} = stemOf(name);
    const tensor = this.record.named(name);
    const role = tensor ? `role-${roleClass(tensor)}` : null;
    return h('var', {class: role}, stem, digits ? h('sub', {}, digits) : null);
  }

  fraction(above, below, indices) {
    return h(
        'span', {class: 'fraction'}, h('span', {}, '∂', this.variable(above)), h('span', {class: 'hidden'}, '/'),
        h('span', {}, '∂', this.variable(below), indices ? h('span', {class: 'indices'}, indices) : null));
  }

  /// Prose with formulas in backticks.
  prose(text) { return text.split('`').map((part, i) => (i % 2 ? h('span', {class: 'math'}, this.line(part)) : part)); }
}

/// "a · b + (c + d) · e" as ["a · b +", "(c + d) · e"].
function termsOfLine(text) {
  const terms = [''];
  let depth = 0;
  for (const part of text.split(/(?<= \+) /)) {
    terms[terms.length - 1] += (depth ? ' ' : '') + part;
    depth += (part.match(/[([{]/g) || []).length - (part.match(/[)\]}]/g) || []).length;
    if (depth === 0) terms.push('');
  }
  return terms.filter((term) => term);
}

/// "W1" and "x_1" are a letter with a subscript; a constant's name is a number and stays whole.
function stemOf(name) {
  const [, stem, digits] = name.match(/^(.*?)_?(\d*)$/);
  return /\p{L}/u.test(stem) ? {stem, digits} : {stem: name, digits: ''};
}

function closingBrace(text, from) {
  let depth = 1;
  for (let at = from; at < text.length; ++at) {
    if (text[at] === '{') ++depth;
    if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}

/// Probabilities have a colour of their own; everything else goes by its role.
function roleClass(tensor) {
  return tensor.role === 'intermediate' && /^p\d*$/.test(tensor.name) ? 'probability' : tensor.role;
}
