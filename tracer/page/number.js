// Numbers as people see them: the same rules as tracer/number.hpp, with U+2212 for the minus sign.

const isTiny = (x) => x !== 0 && Math.abs(x) < 1e-3;

/// Exactly 0; the exact short form where there is one (0.25, −4); else `digits` significant digits, scientific with one
/// less for |x| < 1e-3 and ≥ 1e6; NaN, inf, −inf.
function formatNumber(x, digits = 4) { return plainNumber(x, digits).replace(/-/g, '−'); }

function plainNumber(x, digits) {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x < 0 ? '-inf' : 'inf';
  if (x === 0) return '0';
  const size = Math.abs(x);
  if (size >= 1e6 || isTiny(x)) {
    const short = x.toFixed(digits);
    if (size < 1e6 && Number(short) === x) return withoutTrailingZeros(short);
    return scientific(x, Math.max(1, digits - 1)).replace(/e([+-])(\d)$/, 'e$10$2');
  }
  const exponent = Number(scientific(x, digits).split('e')[1]);
  const whole = Math.max(digits, exponent + 1);  // 123457 keeps the digits before its point
  const fixed = Number(scientific(x, whole)).toFixed(whole - 1 - exponent);
  const short = withoutTrailingZeros(fixed);
  return Number(short) === x ? short : fixed;
}

/// 1.062e+0 for 1.0625: a tie goes to the even digit, as in C; JavaScript alone would take the larger.
function scientific(x, digits) {
  const text = x.toExponential(digits - 1);
  const beyond = x.toExponential(100).replace(/e.*$/, '').replace(/[-.]/g, '').slice(digits);
  if (!/^50*$/.test(beyond)) return text;
  return text.replace(/(\d)e/, (whole, last) => `${last % 2 ? last - 1 : last}e`);
}

const withoutTrailingZeros = (text) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

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

/// What a learner types: either minus sign, a decimal point or comma, an exponent. NaN and inf in words; null
/// otherwise.
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
