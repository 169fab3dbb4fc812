// The page's state, and what the learner does to it. The state is in the address (#step=3&row=1&at=W1[2,0]&lang=ru), so that
// a lecturer can link to a moment of the walk.

class Page {
  constructor(record) {
    this.record = record;
    this.steps = stepsOf(record);
    this.state = {at: 0, row: record.rows.length ? record.rows[0] : null, selected: null, predicts: false, whole: false,
      language: document.documentElement.lang, theme: 'auto'};
    this.revealed = new Map();  // step → what was said when its number was revealed
    this.readAddress();
    this.listen();
    this.speak();
  }

  // ---- state

  readAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const {state, record} = this;
    const at = Number(asked.get('step'));
    if (Number.isInteger(at)) state.at = Math.min(Math.max(at, 0), this.steps.length - 1);
    if (['en', 'ru'].includes(asked.get('lang'))) state.language = asked.get('lang');
    if (['light', 'dark'].includes(asked.get('theme'))) state.theme = asked.get('theme');
    if (asked.get('row') === 'all' && record.rows.length > 1) state.row = 'all';
    if (record.rows.includes(Number(asked.get('row') ?? NaN))) state.row = Number(asked.get('row'));
    state.selected = asked.get('at') ? record.element(asked.get('at')) : null;
    state.predicts = asked.get('predict') === '1';
  }

  /// Not at every step of a drag: browsers allow only so many changes of the address.
  writeAddressSoon() {
    clearTimeout(this.writing);
    this.writing = setTimeout(() => this.writeAddress(), 150);
  }

  writeAddress() {
    const {at, row, selected, language, theme, predicts} = this.state;
    const asked = new URLSearchParams({step: at, lang: language, theme});
    if (row !== null) asked.set('row', row);
    if (selected) asked.set('at', selected.tensor.elementName(selected.index));
    if (predicts) asked.set('predict', 1);
    history.replaceState(null, '', `#${decodeURIComponent(asked.toString())}`);
  }

  get step() {
    return this.steps[this.state.at];
  }

  /// Whether the numbers of this step still wait for the learner's prediction.
  get hides() {
    return this.state.predicts && !this.revealed.has(this.step) && !['given', 'seed', 'update'].includes(this.step.phase);
  }

  go(at) {
    this.state.at = Math.min(Math.max(at, 0), this.steps.length - 1);
    this.show();
    this.announce();
    this.scrollTo(this.step.tensor);
  }

  select(element) {
    this.state.selected = element;
    if (element && element.tensor.isBatched && this.state.row !== 'all' && this.state.row !== null) {
      const [row] = element.tensor.coordinates(element.index);
      if (row !== this.state.row) return this.chooseRow(row);
    }
    this.show();
    byId('live').textContent = element ? byId('graph').querySelector('[aria-pressed=true][data-element]')?.getAttribute('aria-label') || '' : '';
  }

  /// A selected cell of one row becomes the same cell of the other.
  chooseRow(row) {
    const {selected} = this.state;
    this.state.row = row;
    if (selected && selected.tensor.isBatched && row !== 'all') {
      const at = selected.tensor.coordinates(selected.index);
      this.state.selected = {tensor: selected.tensor, index: selected.tensor.indexOf([row, ...at.slice(1)])};
    }
    this.draw();
  }

  // ---- drawing, from the whole to the part

  /// Everything that depends on the language.
  speak() {
    const {language, theme} = this.state;
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = theme;
    this.teller = new Teller(this.record, this.steps, language);
    const {t} = this.teller;
    for (const node of document.querySelectorAll('[data-text]')) node.textContent = t(node.dataset.text);
    for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', t(node.dataset.label));
    document.title = `${t(this.record.batchSize ? 'titleNet' : 'titleExpression')} · gradwalk`;
    byId('title').textContent = t(this.record.batchSize ? 'titleNet' : 'titleExpression');
    const roles = new Set(this.record.tensors.map(roleClass));
    for (const item of document.querySelectorAll('.legend [data-role]')) item.hidden = !roles.has(item.dataset.role);
    byId('legend-loss').textContent = t(this.record.batchSize ? 'legendLoss' : 'legendResult');
    byId('about').textContent = aboutLine(this.teller);
    byId('left-out').replaceChildren(...leftOutLine(this.teller));
    byId('ticks').replaceChildren(...this.ticks());
    this.draw();
  }

  /// Everything that depends on the choice of rows.
  draw() {
    const {record, teller, state} = this;
    byId('rows').hidden = record.rows.length < 2;
    byId('row-choice').replaceChildren(...rowChoice(teller, state.row));
    byId('units').hidden = !isShortened(record, state.row);
    byId('whole').checked = state.whole;
    this.graph = new Graph(record, teller.t, state, true);
    byId('graph').replaceChildren(this.graph.node);
    byId('handout').replaceChildren(...handout(teller, {row: state.row, whole: false}));
    this.show();
    this.scrollTo(this.step.tensor);
  }

  /// Everything that depends on the step and the selection.
  show() {
    const {record, steps, teller, state, step, hides} = this;
    const {t} = teller;
    const knowledge = new Knowledge(record, steps, state.at);
    this.graph.update(knowledge, step, hides);
    const lights = state.selected && !this.hidesSelected('gradient') && knowledge.gradientState(state.selected.tensor) === 'computed';
    this.graph.select(state.selected, lights ? edgesToLoss(record, state.selected) : []);

    const slider = byId('slider');
    slider.max = steps.length - 1;
    slider.value = state.at;
    slider.setAttribute('aria-valuetext', `${t('stepOf', {at: state.at, last: steps.length - 1})}: ${stepTitle(teller, step)}`);
    slider.style.setProperty('--progress', `${(100 * state.at) / Math.max(1, steps.length - 1)}%`);
    document.body.dataset.phase = step.phase;
    byId('back').disabled = state.at === 0;
    byId('next').disabled = state.at === steps.length - 1;
    [...byId('ticks').children].forEach((tick, at) => tick.classList.toggle('current', at === state.at));
    for (const button of document.querySelectorAll('[data-language]')) button.setAttribute('aria-pressed', String(button.dataset.language === state.language));
    for (const button of document.querySelectorAll('[data-theme-choice]')) button.setAttribute('aria-pressed', String(button.dataset.themeChoice === state.theme));
    byId('predict').checked = state.predicts;

    byId('step').replaceChildren(...this.stepPane().flat(Infinity).filter(Boolean));
    const view = {row: state.row, hidesValue: this.hidesSelected('value'), hidesGradient: this.hidesSelected('gradient')};
    byId('closer').replaceChildren(...(state.selected ? closerLook(teller, state.selected, knowledge, view) : closerHelp(teller)));
    this.writeAddressSoon();
  }

  hidesSelected(kind) {
    const asked = this.step.phase === 'forward' ? 'value' : 'gradient';
    return Boolean(this.hides && asked === kind && this.state.selected?.tensor === this.step.tensor);
  }

  stepPane() {
    const {teller, step, steps, state, hides} = this;
    const {t} = teller;
    const focus = focusOf(teller, step, state.row, state.selected);
    const eyebrow = `${t('stepOf', {at: state.at, last: steps.length - 1})} · ${t('phase' + capital(step.phase))}`;
    return [
      h('p', {class: 'eyebrow'}, eyebrow), h('h2', {id: 'step-title'}, stepHeading(teller, step)), stepProse(teller, step),
      step.phase === 'given' ? h('p', {class: 'press'}, t('pressNext')) : null,
      stepFormulas(teller, step, focus, hides),
      hides ? predictForm(teller, workedOut(teller, step, focus), (said) => this.reveal(said)) : null,
      this.revealed.get(step) && state.predicts ? h('p', {class: 'answer', role: 'status'}, this.revealed.get(step)) : null,
      focus && !hides ? h('div', {class: 'notes'}, stepNotes(teller, step, focus)) : null,
    ];
  }

  reveal(said) {
    this.revealed.set(this.step, said);
    this.show();
    byId('live').textContent = said;
    byId('next').focus({preventScroll: true});
  }

  announce() {
    const {teller, step, steps, state, hides} = this;
    const focus = focusOf(teller, step, state.row, state.selected);
    const worked = focus && !hides ? workedOut(teller, step, focus) : null;
    const result = worked ? ` ${worked.name} = ${formatNumber(worked.result)}.` : '';
    byId('live').textContent = `${teller.t('stepOf', {at: state.at, last: steps.length - 1})}, ${teller.t('phase' + capital(step.phase))}. ${stepTitle(teller, step)}.${result}`;
  }

  /// The slider's ticks: what each step computes. The slider itself is what the keyboard and a screen reader use.
  ticks() {
    const {teller, steps} = this;
    const every = Math.ceil(steps.length / 30);
    return steps.map((step, at) => {
      const label = step.phase === 'given' ? teller.t('tickGiven') : step.phase === 'update' ? [teller.math.variable(step.tensor.name), '←']
        : [step.phase === 'forward' ? null : '∂', teller.math.variable(step.tensor.name)];
      return h('span', {class: `tick phase-${step.phase} ${at % every ? 'skipped' : ''}`, 'data-go': at}, h('span', {}, label));
    });
  }

  /// On a narrow screen the graph scrolls to what the step computes.
  scrollTo(tensor) {
    const frame = byId('graph');
    const node = tensor && this.graph.layout.blocks.get(tensor)?.node;
    if (!node || frame.scrollWidth <= frame.clientWidth) return;
    const [box, outer] = [node.getBoundingClientRect(), frame.getBoundingClientRect()];
    frame.scrollBy({left: box.left + box.width / 2 - outer.left - outer.width / 2});
  }

  // ---- the learner's hand

  listen() {
    byId('slider').addEventListener('input', (event) => this.go(Number(event.target.value)));
    byId('back').addEventListener('click', () => this.go(this.state.at - 1));
    byId('next').addEventListener('click', () => this.go(this.state.at + 1));
    byId('predict').addEventListener('change', (event) => {
      this.state.predicts = event.target.checked;
      this.revealed.clear();
      this.show();
    });
    byId('whole').addEventListener('change', (event) => {
      this.state.whole = event.target.checked;
      this.draw();
    });
    byId('rows').addEventListener('change', (event) => this.chooseRow(rowNamed(event.target.value)));
    document.addEventListener('click', (event) => this.click(event.target));
    document.addEventListener('keydown', (event) => this.key(event));
    addEventListener('hashchange', () => {
      this.readAddress();
      this.speak();
    });
  }

  click(target) {
    const at = (name) => target.closest?.(`[${name}]`)?.getAttribute(name);
    const element = byId('graph').contains(target) && at('data-element');
    if (element) return this.select(this.record.element(element));
    if (at('data-op')) return this.goToOp(Number(at('data-op')));
    if (at('data-go')) return this.go(Number(at('data-go')));
    if (at('data-row')) return this.chooseRow(rowNamed(at('data-row')));
    if (target.closest?.('#let-go')) return this.select(null);
    if (at('data-language')) this.state.language = at('data-language');
    else if (at('data-theme-choice')) this.state.theme = at('data-theme-choice');
    else return undefined;
    return this.speak();
  }

  /// The step of an operation: forward, or backward once the walk is there; another click goes on through its steps.
  goToOp(id) {
    const phase = this.steps.slice(0, this.state.at + 1).some((step) => step.phase === 'seed') ? 'backward' : 'forward';
    const mine = this.steps.flatMap((step, at) => (step.phase === phase && step.op.id === id ? [at] : []));
    const next = mine[(mine.indexOf(this.state.at) + 1) % mine.length];
    if (next !== undefined) this.go(next);
  }

  key(event) {
    const {target, key} = event;
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches('input[type=text], select')) return;
    const cellNode = target.closest?.('[data-element]');
    const moves = {ArrowLeft: this.state.at - 1, ArrowRight: this.state.at + 1, Home: 0, End: this.steps.length - 1};
    if (cellNode && (key === 'Enter' || key === ' ')) this.select(this.record.element(cellNode.dataset.element));
    else if (cellNode && (key === 'ArrowUp' || key === 'ArrowDown')) this.moveFocus(cellNode, key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Escape' && this.state.selected) this.select(null);
    else if (key in moves) this.go(moves[key]);
    else return;
    event.preventDefault();
  }

  /// One cell of each tensor is in the tab order; up and down move through the others.
  moveFocus(from, by) {
    const cells = [...from.parentNode.querySelectorAll('[role=button]')];
    const to = cells[(cells.indexOf(from) + by + cells.length) % cells.length];
    from.setAttribute('tabindex', -1);
    to.setAttribute('tabindex', 0);
    to.focus();
  }
}

const rowNamed = (name) => (name === 'all' ? 'all' : Number(name));

/// A button for each row of a small batch, a list for a large one.
function rowChoice({record, t}, chosen) {
  const rows = record.rows.length > 1 ? [...record.rows, 'all'] : record.rows;
  const label = (row) => (row === 'all' ? t('allRows') : String(row));
  if (rows.length > 9) {
    return [h('select', {'aria-labelledby': 'rows-label'}, rows.map((row) => h('option', {value: row, selected: row === chosen}, label(row))))];
  }
  return [h('div', {class: 'choice', role: 'group', 'aria-labelledby': 'rows-label'}, rows.map((row) =>
    h('button', {type: 'button', 'data-row': row, 'aria-pressed': String(row === chosen)}, label(row))))];
}

function aboutLine({record, t}) {
  const {widths, activation, loss, step, expression} = record.provenance;
  if (!record.batchSize) return t('aboutExpression', {expression: expression || record.loss.name});
  const lossName = {'cross-entropy': 'cross_entropy', 'softmax-cross-entropy': 'softmax_cross_entropy', logistic: 'binary_logistic',
    squared: 'squared_error', absolute: 'absolute_error'}[loss];
  return t('aboutNet', {widths: widths.join('–'), activation, loss: lossName ? t(lossName) : loss,
    rows: t('rowsOfBatch', {n: record.batchSize}), step});
}

/// What of a large record is not on the page: "8 of 784 in x, 8 of 128 in z1, a1".
function leftOutLine(teller) {
  const {record, t} = teller;
  const groups = new Map();
  for (const tensor of record.tensors.filter((one) => one.kept && one.isBatched)) {
    tensor.kept.forEach((axis, at) => {
      if (axis.length === tensor.shape[at]) return;
      const key = at === 0 ? 'leftOutRows' : `${axis} of ${tensor.shape[at]}`;
      if (!groups.has(key)) groups.set(key, {kept: axis.length, all: tensor.shape[at], names: []});
      groups.get(key).names.push(tensor.name);
    });
  }
  const parts = [...groups].map(([key, {kept, all, names}]) =>
    t(key === 'leftOutRows' ? key : 'leftOutUnits', {kept, all, names: names.map((name) => `\`${name}\``).join(', ')}));
  return parts.length ? teller.math.prose(t('leftOut', {what: parts.join('; ')})) : [];
}

new Page(readRecord(JSON.parse(byId('record').textContent)));
