// The page's state, and how the whole is drawn from it.

class Page {
  constructor(record) {
    this.record = record;
    this.steps = stepsOf(record);
    this.state = {
      at: 0,
      row: record.rows.length ? record.rows[0] : null,
      selected: null,
      predicts: false,
      whole: false,
      language: document.documentElement.lang,
      theme: 'auto'
    };
    this.revealed = new Map();  // step → what was said when its number was revealed
    this.address = new Address();
    this.follow(location.hash);
    new Hand(this);
  }

  // ---- state

  /// Goes where an address says.
  follow(hash) {
    this.address.read(hash, this);
    this.speak();
  }

  get step() { return this.steps[this.state.at]; }

  /// Whether the numbers of this step still wait for the learner's prediction.
  get hides() {
    return this.state.predicts && !this.revealed.has(this.step) &&
        !['given', 'seed', 'update'].includes(this.step.phase);
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
    byId('live').textContent = element ?
        byId('graph').querySelector('[aria-pressed=true][data-element]')?.getAttribute('aria-label') || '' :
        '';
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
    for (const node of document.querySelectorAll('[data-label]'))
      node.setAttribute('aria-label', t(node.dataset.label));
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
    showStep(this.graph, knowledge, step, hides);
    const lights = state.selected && !this.hidesSelected('gradient') &&
        knowledge.gradientState(state.selected.tensor) === 'computed';
    this.graph.select(state.selected, lights ? edgesToLoss(record, state.selected) : []);

    const slider = byId('slider');
    slider.max = steps.length - 1;
    slider.value = state.at;
    slider.setAttribute(
        'aria-valuetext', `${t('stepOf', {at: state.at, last: steps.length - 1})}: ${stepTitle(teller, step)}`);
    slider.style.setProperty('--progress', `${(100 * state.at) / Math.max(1, steps.length - 1)}%`);
    document.body.dataset.phase = step.phase;
    byId('back').disabled = state.at === 0;
    byId('next').disabled = state.at === steps.length - 1;
    [...byId('ticks').children].forEach((tick, at) => tick.classList.toggle('current', at === state.at));
    for (const button of document.querySelectorAll('[data-language]'))
      button.setAttribute('aria-pressed', String(button.dataset.language === state.language));
    for (const button of document.querySelectorAll('[data-theme-choice]'))
      button.setAttribute('aria-pressed', String(button.dataset.themeChoice === state.theme));
    byId('predict').checked = state.predicts;

    byId('step').replaceChildren(...this.stepPane().flat(Infinity).filter(Boolean));
    const view = {
      row: state.row,
      hidesValue: this.hidesSelected('value'),
      hidesGradient: this.hidesSelected('gradient')
    };
    byId('closer').replaceChildren(
        ...(state.selected ? closerLook(teller, state.selected, knowledge, view) : closerHelp(teller)));
    this.address.writeSoon(this.state);
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
      h('p', {class: 'eyebrow'}, eyebrow),
      h('h2', {id: 'step-title'}, stepHeading(teller, step)),
      stepProse(teller, step),
      step.phase === 'given' ? h('p', {class: 'press'}, t('pressNext')) : null,
      stepFormulas(teller, step, focus, hides),
      hides ? predictForm(teller, workedOut(teller, step, focus), (said) => this.reveal(said)) : null,
      this.revealed.get(step) && state.predicts ? h('p', {class: 'answer', role: 'status'}, this.revealed.get(step)) :
                                                  null,
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
    byId('live').textContent = `${teller.t('stepOf', {at: state.at, last: steps.length - 1})}, ${
        teller.t('phase' + capital(step.phase))}. ${stepTitle(teller, step)}.${result}`;
  }

  /// The slider's ticks: what each step computes. The slider itself is what the keyboard and a screen reader use.
  ticks() {
    const {teller, steps} = this;
    const every = Math.ceil(steps.length / 30);
    return steps.map((step, at) => {
      const label = step.phase === 'given' ? teller.t('tickGiven') :
          step.phase === 'update'          ? [teller.math.variable(step.tensor.name), '←'] :
                                    [step.phase === 'forward' ? null : '∂', teller.math.variable(step.tensor.name)];
      return h(
          'span', {class: `tick phase-${step.phase} ${at % every ? 'skipped' : ''}`, 'data-go': at},
          h('span', {}, label));
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
}

new Page(readRecord(JSON.parse(byId('record').textContent)));
