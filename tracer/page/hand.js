// What the learner does: slider, buttons, clicks and keys.

class Hand {
  constructor(page) {
    this.page = page;
    this.listen();
  }

  listen() {
    byId('slider').addEventListener('input', (event) => this.page.go(Number(event.target.value)));
    byId('back').addEventListener('click', () => this.page.go(this.page.state.at - 1));
    byId('next').addEventListener('click', () => this.page.go(this.page.state.at + 1));
    byId('predict').addEventListener('change', (event) => {
      this.page.state.predicts = event.target.checked;
      this.page.revealed.clear();
      this.page.show();
    });
    byId('whole').addEventListener('change', (event) => {
      this.page.state.whole = event.target.checked;
      this.page.draw();
    });
    byId('rows').addEventListener('change', (event) => this.page.chooseRow(rowNamed(event.target.value)));
    document.addEventListener('click', (event) => this.click(event.target));
    document.addEventListener('keydown', (event) => this.key(event));
    addEventListener('hashchange', (event) => this.page.follow(new URL(event.newURL).hash));
  }

  click(target) {
    const {page} = this;
    const at = (name) => target.closest?.(`[${name}]`)?.getAttribute(name);
    const element = byId('graph').contains(target) && at('data-element');
    if (element) return page.select(page.record.element(element));
    if (at('data-op')) return this.goToOp(Number(at('data-op')));
    if (at('data-go')) return page.go(Number(at('data-go')));
    if (at('data-row')) return page.chooseRow(rowNamed(at('data-row')));
    if (target.closest?.('#let-go')) return page.select(null);
    if (at('data-language'))
      page.state.language = at('data-language');
    else if (at('data-theme-choice'))
      page.state.theme = at('data-theme-choice');
    else
      return undefined;
    return page.speak();
  }

  /// The step of an operation: forward, or backward once the walk is there; another click goes on through its steps.
  goToOp(id) {
    const {steps, state} = this.page;
    const phase = steps.slice(0, state.at + 1).some((step) => step.phase === 'seed') ? 'backward' : 'forward';
    const mine = steps.flatMap((step, at) => (step.phase === phase && step.op.id === id ? [at] : []));
    const next = mine[(mine.indexOf(state.at) + 1) % mine.length];
    if (next !== undefined) this.page.go(next);
  }

  key(event) {
    const {target, key} = event;
    const {page} = this;
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches('input[type=text], select')) return;
    const cellNode = target.closest?.('[data-element]');
    const moves = {ArrowLeft: page.state.at - 1, ArrowRight: page.state.at + 1, Home: 0, End: page.steps.length - 1};
    if (cellNode && (key === 'Enter' || key === ' '))
      page.select(page.record.element(cellNode.dataset.element));
    else if (cellNode && (key === 'ArrowUp' || key === 'ArrowDown'))
      this.moveFocus(cellNode, key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Escape' && page.state.selected)
      page.select(null);
    else if (key in moves)
      page.go(moves[key]);
    else
      return;
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
