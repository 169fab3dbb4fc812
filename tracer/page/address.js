// The page's state in its address (#step=3&row=1&at=W1[2,0]&lang=ru), so that a lecturer can link to a moment of the
// walk.

class Address {
  /// What an address asks for, written into the state; what it does not name stays, but for the selection.
  read(hash, {state, record, steps}) {
    clearTimeout(this.writing);
    const asked = new URLSearchParams(hash.slice(1));
    const at = Number(asked.get('step'));
    if (Number.isInteger(at)) state.at = Math.min(Math.max(at, 0), steps.length - 1);
    if (['en', 'ru'].includes(asked.get('lang'))) state.language = asked.get('lang');
    if (['light', 'dark'].includes(asked.get('theme'))) state.theme = asked.get('theme');
    state.predicts = asked.get('predict') === '1';
    state.selected = asked.get('at') ? record.element(asked.get('at')) : null;
    if (state.selected?.tensor.isBatched && state.row !== 'all') {
      state.row = state.selected.tensor.coordinates(state.selected.index)[0];
    }
    if (asked.get('row') === 'all' && record.rows.length > 1) state.row = 'all';
    if (record.rows.includes(Number(asked.get('row') ?? NaN))) state.row = Number(asked.get('row'));
  }

  /// Not at every step of a drag: browsers allow only so many changes of the address.
  writeSoon(state) {
    clearTimeout(this.writing);
    this.writing = setTimeout(() => this.write(state), 150);
  }

  write({at, row, selected, language, theme, predicts}) {
    const asked = new URLSearchParams({step: at, lang: language, theme});
    if (row !== null) asked.set('row', row);
    if (selected) asked.set('at', selected.tensor.elementName(selected.index));
    if (predicts) asked.set('predict', 1);
    history.replaceState(null, '', `#${decodeURIComponent(asked.toString())}`);
  }
}
