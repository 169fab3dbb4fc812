#!/usr/bin/python3
"""Reads worksheets as the course systems do, with Python's own parsers, and solves some from what a student sees.

Moodle: question/format/xml and the cloze syntax of docs.moodle.org, "Embedded Answers (Cloze) question type".
Canvas: the QTI 1.2 that it imports; each range under <or> or <and> counts there as a right answer.
"""
import base64, filecmp, html, os, re, shutil, subprocess, sys, tempfile, unittest, xml.etree.ElementTree as ET, zipfile

BIN = sys.argv.pop(1)
HERE = os.path.dirname(os.path.abspath(__file__))
LESSONS = ['%02d' % n for n in range(1, 13)]
NUMBER = r'-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)'
DRAWN = {'05': 3, '06': 4, '12': 4}  # of eight problems; elsewhere all
QTI = '{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}'
CP = '{http://www.imsglobal.org/xsd/imscp_v1p1}'


def worksheet(*arguments, status=0):
    run = subprocess.run([BIN + '/gradwalk', 'worksheet', *map(str, arguments)], capture_output=True, text=True,
                         timeout=120, env={'PATH': os.environ['PATH']})
    assert run.returncode == status, (arguments, run.stderr)
    return run.stderr


def cloze_fields(text):
    """[(text of the field, [(right, value, tolerance, feedback)])], read letter by letter as Moodle's grammar has it:

    {weight:TYPE:alternative~alternative…}, an alternative being = or %percent%, the answer, and after # its feedback;
    a backslash takes the meaning from the letter after it. Anything else is an error here.
    """
    fields, at = [], 0
    while (start := text.find('{', at)) >= 0:
        head = re.compile(r'\{([0-9]*):(NUMERICAL|NM):').match(text, start)
        assert head, text[start:start + 60]
        at, parts, escaped = head.end(), [''], False
        while escaped or text[at] != '}':
            if not escaped and text[at] == '~':
                parts.append('')
            elif escaped or text[at] != '\\':
                parts[-1] += text[at]
            escaped = not escaped and text[at] == '\\'
            at += 1
        at += 1
        known = []
        for part in parts:
            answer, hash_, feedback = part.partition('#')
            match = re.fullmatch('(=|%(-?[0-9]+)%)(' + NUMBER + '):(' + NUMBER + ')', answer)
            assert match and hash_, part
            known.append((match[1] == '=', float(match[3]), float(match[4]), html.unescape(feedback)))
        assert head[1] == '1' and [good for good, *_ in known].count(True) == 1, parts
        fields.append((text[start:at], known))
    return fields


def matrices(text):
    """name → rows of cells, from `<i>name</i> = <table>…` or a single cell."""
    found = {}
    for name, value in re.findall(r'<span[^>]*><i>([^<]*)</i> = (.*?)</span>', text, re.S):
        rows = re.findall(r'<tr>(.*?)</tr>', value, re.S)
        cells = [re.findall(r'<td[^>]*>(.*?)</td>', row, re.S) for row in rows]
        found[html.unescape(name)] = cells or [[value]]
    return found


def number(cell):
    return float(html.unescape(cell).replace('−', '-'))


def right(cell):
    [(whole, known)] = cloze_fields(cell)
    assert whole == cell
    return known[0][1]


def text_of(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def valid(path, schema):
    if not shutil.which('xmllint'):
        print('xmllint is not installed: not validated against', schema, file=sys.stderr)
        return
    run = subprocess.run(['xmllint', '--noout', '--schema', os.path.join(HERE, schema), path], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


class Formats(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def moodle(self, lesson, seed=7, count=8):
        worksheet('--lesson', lesson, '--seed', seed, '--count', count, '-o', self.path('m.xml'))
        return ET.parse(self.path('m.xml')).getroot()

    def test_moodle(self):
        for lesson in LESSONS:
            root = self.moodle(lesson)
            valid(self.path('m.xml'), 'moodle.xsd')
            questions = root.findall('question')
            self.assertEqual([q.get('type') for q in questions], ['category'] + ['cloze'] * 8)
            names = [q.findtext('name/text') for q in questions[1:]]
            drawn = 0
            self.assertEqual(len(set(names)), 8)
            for question in questions[1:]:
                text = question.findtext('questiontext/text')
                fields = cloze_fields(text)
                self.assertTrue(fields)
                for field, known in fields:
                    text = text.replace(field, '', 1)
                    self.assertEqual([good for good, *_ in known], [True] + [False] * (len(known) - 1))
                    for _, value, tolerance, feedback in known[1:]:
                        self.assertGreater(abs(value - known[0][1]), known[0][2] + tolerance - 1e-12)
                        self.assertTrue(feedback)
                self.assertNotRegex(text, '[{}]')
                files = {f.get('name'): f for f in question.findall('questiontext/file')}
                self.assertEqual(set(re.findall(r'@@PLUGINFILE@@/([^"]*)', text)), set(files))
                drawn += len(files)
                for file in files.values():
                    self.assertEqual(file.get('encoding'), 'base64')
                    self.assertTrue(ET.fromstring(base64.b64decode(file.text, validate=True)).tag.endswith('svg'))

            # Where the numbers of a lesson are the whole problem, or the graph would tell the shapes asked for, there is none.
            self.assertEqual(drawn, DRAWN.get(lesson, 8), lesson)

    def test_a_picture_tells_no_answer_and_nothing_unshown(self):
        for lesson in ('04', '06', '08', '12'):
            for question in self.moodle(lesson).findall('question')[1:]:
                text = question.findtext('questiontext/text')
                for field, _ in cloze_fields(text):
                    text = text.replace(field, '', 1)
                told = re.sub('<[^>]*>', ' ', text).replace('−', '-')
                for file in question.findall('questiontext/file'):
                    words = ' '.join(ET.fromstring(base64.b64decode(file.text)).itertext()).replace('−', '-')
                    for value in re.findall(r'-?[0-9]+\.[0-9]+', words):
                        self.assertIn(value, told, (lesson, file.get('name')))

    def test_linear_layers_solved_from_what_is_shown(self):
        solved = 0
        for question in self.moodle('04', seed=11, count=20).findall('question')[1:]:
            shown = matrices(question.findtext('questiontext/text'))
            x, W, b, dz = ([[number(c) for c in row] for row in shown[name]] for name in ('x', 'W', 'b', 'dz'))
            rows, outs, ins = range(len(x)), range(len(W)), range(len(W[0]))
            answers = {
                'dW': [[sum(dz[n][j] * x[n][i] for n in rows) for i in ins] for j in outs],
                'db': [[sum(dz[n][j] for n in rows) for j in outs]],
                'dx': [[sum(dz[n][j] * W[j][i] for j in outs) for i in ins] for n in rows],
                'z': [[sum(x[n][i] * W[j][i] for i in ins) + b[0][j] for j in outs] for n in rows],
            }
            for name, wanted in answers.items():
                if name in shown:
                    self.assertEqual([[right(c) for c in row] for row in shown[name]], wanted, name)
                    solved += 1
        self.assertEqual(solved, 40)

    def test_softmax_gradients_solved_from_what_is_shown(self):
        for question in self.moodle('05', seed=5, count=9).findall('question')[1::3]:
            shown = matrices(question.findtext('questiontext/text'))
            p, y = ([[number(c) for c in row] for row in shown[name]] for name in 'py')
            for n, row in enumerate(shown['dz']):
                for k, cell in enumerate(row):
                    self.assertAlmostEqual(right(cell), (p[n][k] - (k == y[0][n])) / 2)

    def test_qti(self):
        for lesson in LESSONS:
            worksheet('--lesson', lesson, '--seed', 7, '--count', 4, '-o', self.path('q.zip'))
            with zipfile.ZipFile(self.path('q.zip')) as package:
                self.assertIsNone(package.testzip())
                members = set(package.namelist())
                manifest = ET.fromstring(package.read('imsmanifest.xml'))
                resources = manifest.findall(f'{CP}resources/{CP}resource')
                files = [f.get('href') for r in resources for f in r.findall(CP + 'file')]
                self.assertEqual(set(files) | {'imsmanifest.xml'}, members)
                self.assertEqual([r.get('type') for r in resources][0], 'imsqti_xmlv1p2')
                package.extractall(self.folder.name)
            assessment = os.path.join(self.folder.name, resources[0].get('href'))
            valid(assessment, 'qti.xsd')
            root = ET.parse(assessment).getroot()
            self.assertEqual(len(root.findall(f'.//{QTI}selection_number')), 4)
            items = root.findall(f'.//{QTI}item')
            self.assertEqual(len({i.get('ident') for i in items}), len(items))
            for item in items:
                meta = {f[0].text: f[1].text for f in item.iter(QTI + 'qtimetadatafield')}
                self.assertEqual(meta['question_type'], 'numerical_question')
                conditions = item.findall(f'{QTI}resprocessing/{QTI}respcondition')
                ranges = [c for c in conditions if c.find(f'.//{QTI}vargte') is not None]
                self.assertEqual([c.findtext(QTI + 'setvar') for c in ranges], ['100'])
                exact, low, high = (float(ranges[0].findtext(f'.//{QTI}{tag}')) for tag in ('varequal', 'vargte', 'varlte'))
                self.assertTrue(low < exact < high)
                for condition in conditions[1:]:
                    self.assertIsNone(condition.find(QTI + 'setvar'))
                    for wrong in condition.iter(QTI + 'varequal'):
                        self.assertFalse(low <= float(wrong.text) <= high)
                linked = {d.get('linkrefid') for d in item.iter(QTI + 'displayfeedback')}
                self.assertEqual(linked, {f.get('ident') for f in item.findall(QTI + 'itemfeedback')})
                for image in re.findall(r'%24IMS-CC-FILEBASE%24/([^"]*)', item.findtext(f'.//{QTI}mattext')):
                    self.assertIn(image, members)

    def test_the_same_seed_gives_the_same_bytes(self):
        for ending in ('tex', 'html', 'xml', 'zip'):
            for name in 'ab':
                worksheet('--lesson', '08', '--seed', 7, '--count', 3, '-o', self.path(name + '.' + ending))
            names = ['%s.' + ending] + (['%s-key.' + ending] if ending in ('tex', 'html') else [])
            for one in names:
                self.assertTrue(filecmp.cmp(*(self.path(one % name) for name in 'ab'), shallow=False), one)

    def test_the_student_sees_no_answer_and_the_key_has_all(self):
        worksheet('--lesson', '04', '--seed', 7, '--count', 6, '-o', self.path('s.html'))
        student, key = text_of(self.path('s.html')), text_of(self.path('s-key.html'))
        self.assertNotIn('class="right"', student)
        self.assertEqual(student.count('class="blank"'), key.count('class="right"'))
        self.assertNotIn('http', re.sub(r'base64,[^"]*', '', student))

    def test_russian(self):
        worksheet('--lesson', '08', '--lang', 'ru', '--seed', 7, '--count', 2, '-o', self.path('r.html'))
        text = re.sub(r'<[^>]*>', ' ', re.sub(r'<style>.*?</style>|base64,[^"]*', '', text_of(self.path('r-key.html')), flags=re.S))
        self.assertNotRegex(text, r'\b[A-Za-z]{5,}\b(?<!softmax)')

    def test_latex_compiles(self):
        if not shutil.which('lualatex'):
            self.skipTest('lualatex is not installed')
        if subprocess.run(['kpsewhich', 'luaotfload-main.lua'], capture_output=True).returncode:
            self.skipTest('lualatex is there without luaotfload (Debian: texlive-luatex)')
        for lesson in ('06', '08', '12'):
            worksheet('--lesson', lesson, '--seed', 7, '--count', 4, '-o', self.path(lesson + '.tex'))
            for name in (lesson, lesson + '-key'):
                run = subprocess.run(['lualatex', '-interaction=nonstopmode', '-halt-on-error', name + '.tex'],
                                     cwd=self.folder.name, capture_output=True, text=True, errors='replace', timeout=240)
                self.assertEqual(run.returncode, 0, run.stdout[-2000:])
                self.assertNotIn('Missing character', run.stdout)

    def test_bad_calls(self):
        out = self.path('x.html')
        for arguments, part in [
                (['--lesson', '13', '-o', out], 'did you mean 12'),
                (['--lesson', '08', '--count', '0', '-o', out], '1 to 500'),
                (['--lesson', '08', '--count', '9999', '-o', out], '1 to 500'),
                (['--lesson', '08', '-o', self.path('x.doc')], '.tex, .html, .xml'),
                (['--lesson', '08', '--format', 'word', '-o', out], 'latex, html, moodle, qti'),
                (['--lesson', '08', '--count', '-1', '-o', out], '-1'),
                (['--lesson', '08', '--count', 'many', '-o', out], 'many'),
                (['-o', out], '--lesson'),
                (['--lesson', '08', '--lang', 'fr', '-o', out], 'fr'),
                (['--lesson', '08', '-o', '/no/such/folder/x.html'], '/no/such/folder'),
        ]:
            message = worksheet(*arguments, status=2)
            self.assertIn(part, message)
            self.assertEqual(message.count('\n'), 1, message)
            self.assertFalse(os.path.exists(out))


unittest.main()
