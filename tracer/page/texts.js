// Everything the page says, English and Russian side by side: a page carries both. {name} is filled in, `…` is a
// formula for mathtext.js, and a list holds plural forms (English: 1, other; Russian: 1, 2–4, 5–20).

const texts = {
  // ---- frame
  titleNet: ['One step of backpropagation', 'Один шаг обратного распространения'],
  titleExpression: ['Backpropagation through an expression', 'Обратное распространение по выражению'],
  aboutNet: [
    'Net {widths}, {activation}, {loss}. {rows}, step {step} of training.',
    'Сеть {widths}, {activation}, {loss}. {rows}, шаг спуска {step}.'
  ],
  aboutExpression: ['{expression}', '{expression}'],
  rowsOfBatch: [
    ['A mini-batch of {n} row', 'A mini-batch of {n} rows'],
    ['Мини-пакет из {n} строки', 'Мини-пакет из {n} строк', 'Мини-пакет из {n} строк']
  ],
  skip: ['Skip to the explanation', 'Перейти к объяснению'],
  language: ['Language', 'Язык'],
  theme: ['Theme', 'Тема'],
  themeAuto: ['Auto', 'Авто'],
  themeLight: ['Light', 'Светлая'],
  themeDark: ['Dark', 'Тёмная'],
  graph: ['Compute graph', 'Граф вычислений'],
  graphSummary: ['Compute graph from left to right: {spine}.', 'Граф вычислений слева направо: {spine}.'],
  row: ['Row of the batch', 'Строка пакета'],
  allRows: ['all rows', 'все строки'],
  allUnits: ['show every unit', 'показать все нейроны'],
  legend: ['Legend', 'Обозначения'],
  legendInput: ['input', 'вход'],
  legendParameter: ['parameter', 'параметр'],
  legendProbability: ['probability', 'вероятность'],
  legendLoss: ['loss', 'потеря'],
  legendResult: ['result', 'результат'],
  legendForward: ['forward', 'вперёд'],
  legendBackward: ['backward', 'назад'],
  legendPending: ['not computed yet', 'не вычислено'],
  legendZero: ['exactly 0', 'ровно 0'],
  legendTiny: ['tiny', 'мало'],
  walk: ['Walk through the steps', 'Проход по шагам'],
  back: ['Back', 'Назад'],
  next: ['Next', 'Вперёд'],
  slider: ['Step', 'Шаг'],
  stepOf: ['Step {at} of {last}', 'Шаг {at} из {last}'],
  predictFirst: ['Predict first', 'Сначала угадать'],
  explanation: ['This step', 'Этот шаг'],
  leftOut: [
    'This page holds part of a large record: {what}. Sums and gradients are those of the whole.',
    'На странице — часть большой записи: {what}. Суммы и градиенты взяты из всей записи.'
  ],
  leftOutUnits: ['{kept} of {all} units of {names}', '{kept} из {all} компонент {names}'],
  leftOutRows: ['{kept} of {all} rows of the batch', '{kept} из {all} строк пакета'],
  more: ['{n} more', 'ещё {n}'],

  source: [
    'Every number on this page comes from one recorded run of gradwalk.',
    'Все числа на этой странице взяты из одного записанного прогона gradwalk.'
  ],

  // ---- phases
  phaseGiven: ['before the forward pass', 'перед прямым проходом'],
  phaseForward: ['forward pass', 'прямой проход'],
  phaseSeed: ['backward pass', 'обратный проход'],
  phaseBackward: ['backward pass', 'обратный проход'],
  phaseUpdate: ['update', 'обновление'],
  tickGiven: ['start', 'начало'],

  // ---- headings and prose of the steps
  headGiven: ['What is given', 'Что дано'],
  headForward: ['Compute {name}', 'Вычисляем {name}'],
  headSeed: ['The seed: {gradient} = 1', 'Начало: {gradient} = 1'],
  headBackward: ['The gradient {gradient}', 'Градиент {gradient}'],
  headUpdate: ['Update the parameters', 'Обновляем параметры'],
  sayGivenNet: [
    'The inputs `{inputs}` and the parameters `{parameters}` are known; everything else is blank. The forward pass fills in the values from left to right, up to the loss `{loss}`. The backward pass then returns from the loss and finds, for every number, how much the loss changes when that number does: its gradient.',
    'Известны входы `{inputs}` и параметры `{parameters}`; всё остальное пусто. Прямой проход заполняет значения слева направо, до потери `{loss}`. Затем обратный проход возвращается от потери и для каждого числа находит, насколько изменится потеря, если изменить это число, — его градиент.'
  ],
  sayGivenExpression: [
    'What is given, `{inputs}`, is known; everything else is blank. The forward pass fills in the values from left to right, up to `{loss}`. The backward pass then returns and finds, for every number, how much `{loss}` changes when that number does: its gradient.',
    'Дано и известно: `{inputs}`; всё остальное пусто. Прямой проход заполняет значения слева направо, до `{loss}`. Затем обратный проход возвращается и для каждого числа находит, насколько изменится `{loss}`, если изменить это число, — его градиент.'
  ],
  pressNext: ['Press → to take the first step.', 'Нажмите →, чтобы сделать первый шаг.'],
  saySeed: [
    'The backward pass begins at the end. If `{loss}` grows by a little, `{loss}` grows by exactly as much, so its gradient with respect to itself is 1. Every other gradient is this 1, multiplied by local derivatives.',
    'Обратный проход начинается с конца. Если `{loss}` немного вырастет, то `{loss}` вырастет ровно на столько же, поэтому производная `{loss}` по самой себе равна 1. Любой другой градиент — это единица, умноженная на локальные производные.'
  ],
  sayUpdate: [
    'Every parameter takes a small step against its gradient; the learning rate η = {rate} sets its length.',
    'Каждый параметр делает небольшой шаг против своего градиента; длину шага задаёт скорость обучения η = {rate}.'
  ],
  sayMomentum: [
    'With momentum {momentum}, the velocity of earlier steps is added to this.',
    'С моментом {momentum} к этому добавляется скорость предыдущих шагов.'
  ],
  lossAfter: [
    'Loss of the same rows: {before} before, {after} after.',
    'Потеря на тех же строках: {before} до обновления, {after} после.'
  ],

  'forward.linear': [
    'Each neuron multiplies every input by its own weight, adds the products up and adds its bias. One matrix product does this for all rows and all neurons.',
    'Каждый нейрон умножает каждый вход на свой вес, складывает произведения и прибавляет смещение. Одно произведение матриц делает это сразу для всех строк и всех нейронов.'
  ],
  'forward.elementwise': [
    'The function is applied to every number by itself, so the shape stays the same.',
    'Функция применяется к каждому числу отдельно, поэтому форма не меняется.'
  ],
  'forward.softmax': [
    'Softmax turns the numbers of a row into probabilities: all positive, with the sum 1.',
    'Softmax превращает числа строки в вероятности: все они положительны, а их сумма равна 1.'
  ],
  'forward.cross_entropy': [
    'The loss looks only at the probability of the right class: the smaller it is, the larger −log. The mean over the batch is one number.',
    'Потеря смотрит только на вероятность верного класса: чем она меньше, тем больше −log. Среднее по пакету — одно число.'
  ],
  'forward.softmax_cross_entropy': [
    'Softmax and cross-entropy in one operation on the logits; together they need no logarithm of a tiny probability.',
    'Softmax и перекрёстная энтропия одной операцией над логитами: так не приходится брать логарифм ничтожной вероятности.'
  ],
  'forward.binary_logistic': [
    'The logistic loss compares one logit per row with a label 0 or 1.',
    'Логистическая потеря сравнивает один логит на строку с меткой 0 или 1.'
  ],
  'forward.squared_error': [
    'The squares of the errors, summed over the outputs and averaged over the rows.',
    'Квадраты ошибок, просуммированные по выходам и усреднённые по строкам.'
  ],
  'forward.absolute_error': [
    'The sizes of the errors, summed over the outputs and averaged over the rows.',
    'Модули ошибок, просуммированные по выходам и усреднённые по строкам.'
  ],
  'forward.scalar': ['One operation on numbers that are already known.', 'Одна операция над уже известными числами.'],

  'backward.linear.weight': [
    'A weight works in every row of the batch, and every row has its say: the contributions of the rows are added up. That is the sum over the batch, `Σ{n}`.',
    'Один и тот же вес работает в каждой строке пакета, и каждая строка вносит свой вклад: вклады складываются. Это и есть сумма по пакету, `Σ{n}`.'
  ],
  'backward.linear.bias': [
    'The local derivative of a sum by its bias is 1, so the upstream gradients of all rows are simply added up.',
    'Локальная производная суммы по смещению равна 1, поэтому вышестоящие градиенты всех строк просто складываются.'
  ],
  'backward.linear.input': [
    'One input feeds every neuron of the layer, so its gradient collects a contribution from each of them.',
    'Один вход питает все нейроны слоя, поэтому его градиент собирает вклад каждого из них.'
  ],
  'backward.elementwise': [
    'Each number goes one way only: upstream gradient times local derivative, element by element (⊙).',
    'У каждого числа только один путь: вышестоящий градиент умножается на локальную производную, поэлементно (⊙).'
  ],
  'backward.softmax': [
    'Raising one logit raises its own probability and lowers all the others in the row, so every probability contributes a term.',
    'Рост одного логита увеличивает его вероятность и уменьшает все остальные в строке, поэтому слагаемое даёт каждая вероятность.'
  ],
  'backward.cross_entropy': [
    'Only the probability of the right class enters the loss; for all others the gradient is exactly 0. The mean over the batch leaves a factor 1/N.',
    'В потерю входит только вероятность верного класса; для остальных градиент ровно 0. Среднее по пакету даёт множитель 1/N.'
  ],
  'backward.softmax_cross_entropy': [
    'Probability minus target, divided by the batch size: two hard derivatives collapse into one easy difference.',
    'Вероятность минус цель, делённая на размер пакета: две сложные производные сворачиваются в простую разность.'
  ],
  'backward.binary_logistic': [
    'Predicted probability minus label, divided by the batch size.',
    'Предсказанная вероятность минус метка, делённая на размер пакета.'
  ],
  'backward.squared_error': [
    'The derivative of a square is twice the error; the mean over the batch leaves 1/N.',
    'Производная квадрата — удвоенная ошибка; среднее по пакету даёт 1/N.'
  ],
  'backward.absolute_error': [
    'The derivative of a modulus is the sign of the error; at an error of exactly 0 there is a kink, and 0 is taken.',
    'Производная модуля — знак ошибки; при ошибке ровно 0 там излом, и берётся 0.'
  ],
  'backward.scalar':
      ['Upstream gradient times local derivative.', 'Вышестоящий градиент умножается на локальную производную.'],
  noteReuse: [
    '`{name}` is used more than once, so its gradient is a sum: one term for each use.',
    '`{name}` используется несколько раз, поэтому градиент — сумма: по слагаемому на каждое использование.'
  ],
  notePartial: [
    'So far: more terms come from other operations in later steps.',
    'Пока не всё: слагаемые от других операций придут на следующих шагах.'
  ],
  noteKink: [
    '`{name}` is exactly 0: the function has a kink there. The derivative is taken as {value}.',
    '`{name}` в точности равно 0: здесь у функции излом. Производная принята равной {value}.'
  ],
  noteSaturated: [
    'The local derivative is nearly 0: the function is saturated here, and little gradient gets through.',
    'Локальная производная почти 0: функция здесь насыщена, и градиент почти не проходит.'
  ],
  noteCollapse: [
    'With cross-entropy all of this collapses to (`{p}` − target)/N: here ({probability} − {target})/{N} = {result}.',
    'Вместе с перекрёстной энтропией всё это сворачивается в (`{p}` − цель)/N: здесь ({probability} − {target})/{N} = {result}.'
  ],
  noteOff: [
    '`{name}` is negative: the unit is off, its local derivative is exactly 0, and nothing gets through.',
    '`{name}` отрицательно: нейрон выключен, локальная производная ровно 0, и дальше ничего не проходит.'
  ],
  noteLogarithm: [
    'A negative number has no logarithm: the trouble begins here.',
    'У отрицательного числа нет логарифма — здесь и появляется NaN.'
  ],
  noteLogarithmOfZero: [
    'The logarithm of 0 is −∞: the trouble begins here.', 'Логарифм нуля равен −∞ — здесь и появляется бесконечность.'
  ],
  noteDivision:
      ['This divides by 0: the trouble begins here.', 'Здесь происходит деление на 0 — отсюда всё и началось.'],
  noteOverflow: [
    'All that went in is finite, the result is not: the trouble begins here.',
    'Все исходные числа конечны, а результат уже нет — отсюда всё и началось.'
  ],
  noteNotFinite: [
    'This is not a finite number; everything that depends on it is lost too.',
    'Это не конечное число; всё, что от него зависит, тоже потеряно.'
  ],
  shapes: ['Shapes', 'Формы'],

  // ---- predict, then reveal
  predictAsk: ['What is {name}?', 'Чему равно {name}?'],
  check: ['Check', 'Проверить'],
  reveal: ['Show me', 'Показать'],
  predictUnreadable: [
    'That does not read as a number. Try −0.25, 1/4 or 2.5e−3.',
    'Это не похоже на число. Попробуйте −0.25, 1/4 или 2.5e−3.'
  ],
  predictRight: ['Yes. The exact number is {exact}.', 'Верно. Точное значение: {exact}.'],
  predictClose: [
    'Close: you are within {percent} %. The exact number is {exact}.',
    'Близко: расхождение в пределах {percent} %. Точное значение: {exact}.'
  ],
  predictSign:
      ['The size is right, but the sign is not. Try again.', 'Величина верна, а знак нет. Попробуйте ещё раз.'],
  predictTimesN: [
    'This is {N} times too large: the loss is a mean over {N} rows. Try again.',
    'В {N} раз больше, чем нужно: потеря — среднее по {N} строкам. Попробуйте ещё раз.'
  ],
  predictOverN: [
    'This is {N} times too small: the factor 1/{N} is already in the upstream gradient. Try again.',
    'В {N} раз меньше, чем нужно: множитель 1/{N} уже есть в вышестоящем градиенте. Попробуйте ещё раз.'
  ],
  predictUpstream: [
    'This is the upstream gradient alone; multiply it by the local derivative. Try again.',
    'Это только вышестоящий градиент; умножьте его на локальную производную. Попробуйте ещё раз.'
  ],
  predictLocal: [
    'This is the local derivative alone; multiply it by the upstream gradient. Try again.',
    'Это только локальная производная; умножьте её на вышестоящий градиент. Попробуйте ещё раз.'
  ],
  predictOneTerm: [
    'This is one of the {n} terms; add up all of them. Try again.',
    'Это одно слагаемое из {n}; сложите их все. Попробуйте ещё раз.'
  ],
  predictNotYet: [
    'Not yet. Look at the line with numbers and try again, or have it shown.',
    'Пока нет. Посмотрите на строку с числами и попробуйте ещё раз или попросите показать.'
  ],
  predictRevealed: ['It is {exact}.', 'Ответ: {exact}.'],

  // ---- closer look
  closer: ['Closer look', 'Крупным планом'],
  closerHelp: [
    'Click a weight, a neuron or any cell of a matrix: its terms appear here with numbers plugged in, and its paths to the loss light up in the graph.',
    'Щёлкните по весу, нейрону или любой клетке матрицы: здесь появятся его слагаемые с подставленными числами, а в графе загорятся его пути к потере.'
  ],
  closerHelpExpression: [
    'Click any number: the terms of its gradient appear here, and its paths to the result light up in the graph.',
    'Щёлкните по любому числу: здесь появятся слагаемые его градиента, а в графе загорятся его пути к результату.'
  ],
  keys: ['Keys', 'Клавиши'],
  keySteps: ['step back and forward', 'шаг назад и вперёд'],
  keyEnds: ['first and last step', 'первый и последний шаг'],
  keyTab: ['from tensor to tensor', 'от тензора к тензору'],
  keyCells: ['from cell to cell of a tensor', 'по клеткам тензора'],
  keyEnter: ['look closer', 'рассмотреть ближе'],
  keyEscape: ['let go', 'снять выделение'],
  close: ['Close', 'Закрыть'],
  value: ['Value', 'Значение'],
  gradient: ['Gradient', 'Градиент'],
  givenValue: ['given', 'дано'],
  valueLater: ['Not computed yet.', 'Ещё не вычислено.'],
  gradientLater: ['Not computed yet.', 'Ещё не вычислен.'],
  gradientHidden: ['Predict it first.', 'Сначала угадайте.'],
  gradientPending: ['This record ends before the backward pass.', 'Эта запись заканчивается до обратного прохода.'],
  gradientNone: [
    'A target or a constant has no gradient: it is not differentiated.',
    'У цели и у константы градиента нет: по ним не дифференцируют.'
  ],
  goToStep: ['Go to step {at}', 'К шагу {at}'],
  seedTerm: ['The seed of the backward pass, 1 by definition.', 'Начало обратного прохода, 1 по определению.'],
  noTerms: [
    'Nothing that leads to the loss uses it: its gradient is exactly 0.',
    'Ничто на пути к потере его не использует: градиент ровно 0.'
  ],
  termsCaption: ['Terms of {gradient}', 'Слагаемые {gradient}'],
  through: ['through', 'через'],
  upstream: ['upstream', 'вышестоящий'],
  local: ['local', 'локальная'],
  contribution: ['contribution', 'вклад'],
  share: ['share', 'доля'],
  moreTerms: [
    ['and {n} more term', 'and {n} more terms'], ['и ещё {n} слагаемое', 'и ещё {n} слагаемых', 'и ещё {n} слагаемых']
  ],
  notEmbedded: [
    ['{n} term not on this page', '{n} terms not on this page'],
    ['{n} слагаемого нет на странице', '{n} слагаемых нет на странице', '{n} слагаемых нет на странице']
  ],
  sum: ['sum', 'сумма'],
  recorded: ['recorded gradient', 'градиент из записи'],
  residual: ['residual', 'невязка'],
  residualNote: ['rounding, in another order of addition', 'округление: складывали в другом порядке'],
  thisRow: ['this row', 'эта строка'],
  pathsLit: [
    'Lit in the graph: every way from `{loss}` back to `{name}`. A wider line carries more of the gradient.',
    'В графе подсвечены все пути от `{loss}` назад к `{name}`. Чем толще линия, тем больше градиента она несёт.'
  ],
  pathsNone: [
    'Nothing is lit in the graph: no part of the gradient comes this way.',
    'В графе ничего не подсвечено: градиент сюда не доходит.'
  ],
  pathsOneRow: [
    'Only row {row} is drawn; choose “all rows” to see the whole sum over the batch.',
    'Показана только строка {row}; выберите «все строки», чтобы увидеть всю сумму по пакету.'
  ],
  sumOverRows: [['Σ over {n} row', 'Σ over {n} rows'], ['Σ по {n} строке', 'Σ по {n} строкам', 'Σ по {n} строкам']],

  // ---- for a screen reader
  cellValue: ['{name}, value {value}', '{name}, значение {value}'],
  cellGradient: ['gradient {gradient}', 'градиент {gradient}'],
  cellBlank: ['not computed yet', 'ещё не вычислено'],
  tensorLabel: ['{name}, {role}, shape {shape}', '{name}, {role}, форма {shape}'],
  roleInput: ['input', 'вход'],
  roleParameter: ['parameter', 'параметр'],
  roleTarget: ['target', 'цель'],
  roleConstant: ['constant', 'константа'],
  roleIntermediate: ['intermediate', 'промежуточное'],
  roleProbability: ['probabilities', 'вероятности'],
  roleLoss: ['loss', 'потеря'],

  // ---- operations, losses, print
  linear: ['linear', 'линейный'],
  cross_entropy: ['cross-entropy', 'перекрёстная энтропия'],
  softmax_cross_entropy: ['softmax + cross-entropy', 'softmax + перекрёстная энтропия'],
  binary_logistic: ['logistic loss', 'логистическая потеря'],
  squared_error: ['squared error', 'квадратичная ошибка'],
  absolute_error: ['absolute error', 'абсолютная ошибка'],
  handout: ['All steps', 'Все шаги'],
  handoutGraph: ['The graph after the last step', 'Граф после последнего шага'],
};
