// Numbers as people see them: the same rules as tracer/number.hpp, with U+2212 for the minus sign.

const isTiny = (x) => x !== 0 && Math.abs(x) < 1e-3;

/// 0 only for an exact zero; the exact short form where there is one (0.25, −4); `digits` significant digits in fixed
/// notation for 1e-3 ≤ |x| < 1e6; scientific with one digit less elsewhere; NaN, inf, −inf.
function formatNumber(x, digits = 4) {
  return plainNumber(x, digits).replace(/-/g, '−');
}

function plainNumber(x, digits) {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x < 0 ? '-inf' : 'inf';
  if (x === 0) return '0';
  const size = Math.abs(x);
  const fixed = size >= 1e-3 && size < 1e6;
  if (Number(x.toPrecision(digits)) === x) return fixed ? String(x) : shortExponent(x.toExponential());
  if (!fixed) return shortExponent(x.toExponential(Math.max(0, digits - 2)));
  const rounded = Number(x.toPrecision(digits));  // 9.9999 has one digit before the point, its rounding has two
  return rounded.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded)))));
}

/// JavaScript writes 1.2e-7 where C writes 1.2e-07.
const shortExponent = (text) => text.replace(/e([+-])(\d)$/, 'e$10$2');

/// The longest form, of four digits at most, that fits a cell of the graph; tiny numbers are set smaller.
function formatCell(x, width = isTiny(x) ? 8 : 7) {
  for (const digits of [4, 3, 2]) {
    const text = formatNumber(x, digits);
    if (text.length <= width) return text;
  }
  return formatNumber(x, 2);
}

/// A factor in a product or a sum: negative numbers stand in parentheses.
function factor(x, digits = 4) {
  const text = formatNumber(x, digits);
  return text.startsWith('−') ? `(${text})` : text;
}

/// What a learner types: either minus sign, a decimal point or comma, an exponent. NaN and inf in words; null otherwise.
function parseTyped(text) {
  const plain = text.trim().replace(/[−–]/g, '-').replace(',', '.').replace(/\s+/g, '');
  if (/^nan$/i.test(plain)) return NaN;
  if (/^[+-]?(inf|infinity|∞)$/i.test(plain)) return plain.startsWith('-') ? -Infinity : Infinity;
  const quotient = plain.match(/^([^/]+)\/([^/]+)$/);
  if (quotient) {
    const [above, below] = [parseTyped(quotient[1]), parseTyped(quotient[2])];
    return above === null || below === null ? null : above / below;
  }
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/// How many significant digits were typed: "0.49" has two.
function typedDigits(text) {
  const mantissa = text.trim().replace(',', '.').replace(/e.*$/i, '').replace(/[^\d.]/g, '');
  return mantissa.replace('.', '').replace(/^0+/, '').length;
}
