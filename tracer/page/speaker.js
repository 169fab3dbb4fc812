// Speaks one of the two languages of texts.js.

/// The texts of one language: t(key, {name: …}) and, where there are plural forms, t(key, {n: …}).
function speaker(language) {
  const column = language === 'ru' ? 1 : 0;
  return (key, values = {}) => {
    const entry = texts[key][column];
    const text = Array.isArray(entry) ? entry[pluralForm(language, values.n)] : entry;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  };
}

function pluralForm(language, n) {
  if (language !== 'ru') return n === 1 ? 0 : 1;
  const [ten, hundred] = [n % 10, n % 100];
  if (ten === 1 && hundred !== 11) return 0;
  return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? 1 : 2;
}

/// The name of an operation in the graph.
function opLabel(t, kind) { return kind in texts ? t(kind) : kind.replace(/_/g, ' '); }
