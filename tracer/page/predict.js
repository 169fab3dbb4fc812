// Predict, then reveal: the learner types the number before it is shown, and is told what kind of mistake it was.

/// {verdict: a key of texts, values, reveals}. `worked` is what explain.js works out: its result and its terms.
function judgePrediction(typed, worked, batchSize) {
  const guess = parseTyped(typed);
  const exact = worked.result;
  const values = {exact: formatNumber(exact, 6)};
  if (guess === null) return {verdict: 'predictUnreadable', values, reveals: false};
  if (agrees(guess, exact, typed)) return {verdict: 'predictRight', values, reveals: true};
  const error = Math.abs(guess - exact) / Math.abs(exact);
  if (error <= 0.05)
    return {verdict: 'predictClose', values: {...values, percent: Math.max(1, Math.ceil(100 * error))}, reveals: true};
  return {...mistakeOf(guess, worked, batchSize, typed), reveals: false};
}

/// Right to 1 % or to the digits that were typed, of which one is too few to tell unless the number has but one.
function agrees(guess, exact, typed) {
  if (!Number.isFinite(exact)) return Object.is(guess, exact);
  if (exact === 0) return guess === 0;
  if (Math.abs(guess - exact) <= 0.01 * Math.abs(exact)) return true;
  const digits = typedDigits(typed);
  return digits >= 2 && Number(exact.toPrecision(digits)) === guess;
}

function mistakeOf(guess, worked, N, typed) {
  const is = (number) => Number.isFinite(number) && number !== 0 && agrees(guess, number, typed);
  const {result, terms = []} = worked;
  if (is(-result)) return {verdict: 'predictSign', values: {}};
  if (terms.length === 1 && is(terms[0].upstream)) return {verdict: 'predictUpstream', values: {}};
  if (terms.length === 1 && is(terms[0].local)) return {verdict: 'predictLocal', values: {}};
  if (terms.length > 1 && terms.some((term) => is(term.contribution)))
    return {verdict: 'predictOneTerm', values: {n: terms.length}};
  if (N > 1 && is(result * N)) return {verdict: 'predictTimesN', values: {N}};
  if (N > 1 && is(result / N)) return {verdict: 'predictOverN', values: {N}};
  return {verdict: 'predictNotYet', values: {}};
}

/// The form under a step; `onReveal` is called when the number may be seen.
function predictForm(teller, worked, onReveal) {
  const {t, record} = teller;
  const answer = h('p', {class: 'answer', role: 'status'});
  const input =
      h('input', {id: 'prediction', type: 'text', inputmode: 'text', autocomplete: 'off', spellcheck: 'false'});
  const submit = (event) => {
    event.preventDefault();
    const {verdict, values, reveals} = judgePrediction(input.value, worked, record.batchSize);
    if (reveals)
      onReveal(t(verdict, values));
    else
      answer.textContent = t(verdict, values);
  };
  return h(
      'form', {class: 'predict', onsubmit: submit},
      h('label',
        {for: 'prediction'
        },
        teller.withFormulas('predictAsk', {name: worked.name})),
      ' ', input, h('button', {type: 'submit'}, t('check')),
      h('button', {
        type: 'button',
        class: 'plain',
        id: 'reveal',
        onclick: () => onReveal(t('predictRevealed', {exact: formatNumber(worked.result, 6)}))
      },
        t('reveal')),
      answer);
}
