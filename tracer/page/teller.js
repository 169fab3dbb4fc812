// Speaks one language and sets formulas: what everything that explains a record is handed.

/// What the functions below read: the record, its steps, and how to speak and to write formulas.
class Teller {
  constructor(record, steps, language) {
    Object.assign(this, {record, steps, language, t: speaker(language), math: new MathText(record)});
  }

  formula(text, kind = 'math') { return h('span', {class: kind}, this.math.line(text)); }

  prose(key, values) { return h('p', {}, this.math.prose(this.t(key, values))); }

  /// A heading or sentence with formulas in the place of its {name}s.
  withFormulas(key, values) {
    const quoted = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, `\`${text}\``]));
    return this.math.prose(this.t(key, quoted));
  }
}

function stepHeading(teller, step) {
  const gradient = step.tensor && partial(teller.record.loss, step.tensor);
  switch (step.phase) {
    case 'given':
      return teller.t('headGiven');
    case 'forward':
      return teller.withFormulas('headForward', {name: step.tensor.name});
    case 'seed':
      return teller.withFormulas('headSeed', {gradient});
    case 'backward':
      return teller.withFormulas('headBackward', {gradient});
    default:
      return teller.t('headUpdate');
  }
}

/// The heading as plain text, for the slider and the screen reader.
function stepTitle(teller, step) { return h('span', {}, stepHeading(teller, step)).textContent; }
