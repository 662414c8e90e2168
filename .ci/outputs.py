"""Helper of .ci/outputs: prepare DIR writes templates with hostile names, judge DIR reads the outputs about them with
independent parsers."""

import csv
import html.parser
import io
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

# Injection attempts for terminals, workflow commands, Markdown, HTML and XML.
EVIL = '</td>|`c`<img src=x onerror=alert(1)> [x](javascript:alert(1)) @octocat ::error::y %0A ]]> &amp; \u202e\u001b[31m'


def graph():
    """Resources with a path from anyone through two functions to all data, with hostile names in each part of it."""
    trust = {'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'lambda.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]}

    def function(role):
        return {'Type': 'AWS::Lambda::Function', 'Properties': {
            'FunctionName': EVIL + role, 'Role': {'Fn::GetAtt': [role, 'Arn']}, 'Handler': 'a.b', 'Runtime': 'python3.13', 'Code': {'ZipFile': 'x'}}}

    def role(*statements):
        return {'Type': 'AWS::IAM::Role', 'Properties': {'RoleName': EVIL, 'AssumeRolePolicyDocument': trust, 'ManagedPolicyArns': [EVIL], 'Policies': [
            {'PolicyName': EVIL, 'PolicyDocument': {'Statement': [{'Effect': 'Allow', **s} for s in statements]}}]}}

    return {
        EVIL: function('Reader'),
        'Sends' + EVIL: function('Sender'),
        'Url' + EVIL: {'Type': 'AWS::Lambda::Url', 'Properties': {'AuthType': 'NONE', 'TargetFunctionArn': {'Ref': 'Sends' + EVIL}}},
        'Allows' + EVIL: {'Type': 'AWS::Lambda::Permission', 'Properties': {'FunctionName': {'Ref': EVIL}, 'Action': EVIL, 'Principal': EVIL, 'SourceArn': EVIL}},
        'Queue' + EVIL: {'Type': 'AWS::SQS::Queue', 'Properties': {'QueueName': EVIL}},
        'Records' + EVIL: {'Type': 'AWS::Lambda::EventSourceMapping', 'Properties': {
            'FunctionName': {'Ref': EVIL}, 'EventSourceArn': {'Fn::GetAtt': ['Queue' + EVIL, 'Arn']}}},
        'Sender': role({'Action': 'sqs:SendMessage', 'Resource': {'Fn::GetAtt': ['Queue' + EVIL, 'Arn']}}),
        'Reader': role({'Action': 's3:GetObject', 'Resource': '*'},
                       {'Action': EVIL + ':*', 'Resource': EVIL, 'Condition': {'StringEquals': {EVIL: EVIL}}}),
    }


def prepare(directory):
    hcl = EVIL.replace('\u001b', '\\u001b').replace('"', '\\"')
    files = {
        'a b <img src=x>|`c` @octocat/[x](javascript:y).tf': f'''resource "aws_lambda_function_url" "u" {{
  for_each           = toset(["{hcl}", "second\\n::error::line"])
  function_name      = "f"
  authorization_type = "NONE"
}}
resource "aws_lambda_function_url" "known" {{
  function_name      = "f"
  authorization_type = "NONE" # lintel:ignore function-url-auth-none -- {EVIL}
}}
''',
        'new\nline,é😀:%.yaml': '''Resources:
  F: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.8, Handler: h, Role: r, Code: {ZipFile: x}}}
''',
        f'broken {EVIL[7:20]}.yaml': 'Resources:\n  F:\n    Type: AWS::Lambda::Function\n  G: [\n',
    }
    files['access.json'] = json.dumps({'Resources': graph()})
    for name, text in files.items():
        path = os.path.join(directory, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)


def read(directory, name):
    with open(os.path.join(directory, 'out.' + name), encoding='utf-8', newline='') as file:
        return file.read()


def plain(name, text):
    bad = re.search('[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]', text)
    assert not bad, f'{name} has {bad[0]!r}: {text[bad.start() - 40:bad.end()]!r}'


def github(text, findings, problems):
    """Decodes workflow commands like the runner; see docs/commands.md in actions/toolkit."""
    commands = []
    for line in text.split('\n'):
        if not line.startswith('::'):
            continue
        head, message = line[2:].split('::', 1)
        command, _, properties = head.partition(' ')
        values = dict(p.split('=', 1) for p in properties.split(','))
        for key, value in values.items():
            values[key] = value.replace('%2C', ',').replace('%3A', ':').replace('%0A', '\n').replace('%0D', '\r').replace('%25', '%')
        commands.append((command, values))
    assert len(commands) == findings + problems, commands
    for command, values in commands:
        assert command in ('error', 'warning', 'notice'), command
        assert int(values['line']) > 0 and not os.path.isabs(values['file']), values
    assert any('é😀:%.yaml' in values['file'] for _, values in commands), commands


def gitlab(text, findings, problems):
    issues = json.loads(text)
    assert len(issues) == findings + problems
    assert len({i['fingerprint'] for i in issues}) == len(issues)
    for issue in issues:
        assert issue['description'] and issue['check_name']
        assert issue['severity'] in ('info', 'minor', 'major', 'critical', 'blocker')
        assert issue['location']['lines']['begin'] > 0 and not issue['location']['path'].startswith(('.', '/'))


def junit(directory, findings, problems):
    from junitparser import Error, Failure, JUnitXml, Skipped
    suites = JUnitXml.fromfile(os.path.join(directory, 'out.junit'))
    results = [type(r) for suite in suites for case in suite for r in case.result]
    assert results.count(Failure) == findings and results.count(Error) == problems and results.count(Skipped) == 1, results
    assert (suites.failures, suites.errors, suites.tests) == (findings, problems, findings + problems + 1)


def checkstyle(text, findings, problems):
    root = ElementTree.fromstring(text.encode())
    errors = root.findall('file/error')
    assert root.tag == 'checkstyle' and len(errors) == findings + problems
    assert all(int(e.get('line')) > 0 and e.get('severity') in ('error', 'warning', 'info') for e in errors)


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def markdown(text, findings, problems):
    import cmarkgfm
    from cmarkgfm.cmark import Options
    rendered = cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    tags = Tags()
    tags.feed(rendered)
    assert tags.tags <= {'h3', 'p', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'br', 'details', 'summary', 'strong', 'code', 'pre', 'ul', 'li'}, tags.tags
    assert tags.attributes <= {'lang'}, tags.attributes  # of a code block
    assert rendered.count('<tr>') == findings + problems + 2, rendered
    assert rendered.count('<details>') == rendered.count('<summary>') == rendered.count('</details>') >= min(findings, 20), rendered
    assert '@octocat' not in re.sub(r'<pre.*?</pre>', '', rendered, flags=re.S), 'a user is mentioned'


def sonar(text, findings, problems):
    report = json.loads(text)
    assert len(report['issues']) == findings + problems
    rules = {rule['id'] for rule in report['rules']}
    assert {issue['ruleId'] for issue in report['issues']} == rules, rules
    for issue in report['issues']:
        location = issue['primaryLocation']
        assert location['message'] and location['textRange']['startLine'] > 0 and not location['filePath'].startswith(('.', '/')), location


def sast(text, findings, problems):
    """The rules of the schema of GitLab for reports of static application security testing, version 15.0.4."""
    report = json.loads(text)
    assert re.fullmatch(r'15\.\d+\.\d+', report['version'])
    scan = report['scan']
    for tool in (scan['analyzer'], scan['scanner']):
        assert all(tool[key] for key in ('id', 'name', 'version')) and tool['vendor']['name'], tool
    assert scan['type'] == 'sast' and scan['status'] in ('success', 'failure'), scan
    assert all(re.fullmatch(r'\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}', scan[key]) for key in ('start_time', 'end_time')), scan
    assert len(scan['messages']) == problems and all(m['level'] in ('info', 'warn', 'fatal') and m['value'] for m in scan['messages']), scan
    found = report['vulnerabilities']
    assert len(found) == findings and len({v['id'] for v in found}) == findings, found
    for v in found:
        assert v['id'] and v['name'] and len(v['name']) <= 255 and len(v['description']) <= 1048576 and len(v.get('solution', '')) <= 7000, v
        assert v['severity'] in ('Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical'), v
        assert v['identifiers'] and all(i['type'] and i['name'] and i['value'] for i in v['identifiers']), v
        assert all(re.match('https?://.', i['url']) for i in v['identifiers'] + v.get('links', []) if 'url' in i), v
        assert v['location']['start_line'] > 0 and not v['location']['file'].startswith(('.', '/')), v
        assert '@octocat' not in v['description'] and '<img' not in v['description'], v


def ocsf(text, findings, problems):
    import jsonschema
    from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
    events = json.loads(text)
    assert len(events) == findings + problems
    schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(version=events[0]['metadata']['version'])).get_class_schema(class_name='compliance_finding', profiles=[])
    validator = jsonschema.Draft202012Validator(schema)
    for event in events:
        errors = [f'{e.json_path}: {e.message}' for e in validator.iter_errors(event)]
        assert not errors, errors
    assert list(validator.iter_errors({**events[0], 'class_uid': 'x'})), 'the schema accepts everything'


def table(text, findings, problems):
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == findings + problems, lines
    assert all(line['rule'] and int(line['line']) > 0 and None not in line for line in lines), lines
    assert not any(cell.startswith(('=', '+', '-', '@')) for line in lines for cell in line.values()), lines


def page(text, findings, problems):
    tags = Tags()
    tags.feed(text)
    assert text.count('<article>') == findings + problems
    assert not tags.tags & {'img', 'link', 'iframe', 'object'} and not any(a.startswith('on') or a == 'src' for a in tags.attributes), tags.attributes


def access(directory):
    import jsonschema
    texts = {name: read(directory, 'access.' + name) for name in ('text', 'mermaid', 'dot', 'html', 'from', 'against')}
    for name, text in texts.items():
        plain(name, text)
        assert 'Sends' in text, f'access {name} lacks a function: {text}'
        assert not re.search('^::', text, re.MULTILINE), f'access {name} has a workflow command'
    schema = json.loads(read(directory, 'access.schema'))
    for name in ('json', 'from.json', 'against.json'):
        jsonschema.validate(json.loads(read(directory, 'access.' + name)), schema)
    node, text = r'u\d+n\d+', r'"[^"<>]*"'
    line_of = re.compile(rf'  {node} (?:-->|-\.->)\|{text}\| {node}|  +{node}(?:\[{text}\]|\(\[{text}\]\))(?::::\w+)?|  subgraph u\d+\[{text}\]|  end|  classDef .*|flowchart LR')
    for line in texts['mermaid'].splitlines():
        assert line_of.fullmatch(line), f'access mermaid has the line {line!r}'
    drawing = ElementTree.fromstring(read(directory, 'access.svg').encode())  # Graphviz drew it
    tags = {e.tag.rpartition('}')[2] for e in drawing.iter()}
    assert tags <= {'svg', 'g', 'title', 'polygon', 'path', 'text', 'ellipse'}, tags
    page = Tags()
    page.feed(texts['html'])
    assert texts['html'].count('<script>') == 1 and not page.tags & {'img', 'link', 'iframe', 'object', 'b'}, page.tags
    assert not any(a.startswith('on') or a == 'src' for a in page.attributes), page.attributes
    assert len(list(ElementTree.fromstring(texts['html'].partition('\n')[2].encode()).iter('script'))) == 1
    print('outputs: access in every format')


def judge(directory):
    report = json.loads(read(directory, 'json'))
    findings, problems = len(report['findings']), len(report['problems'])
    assert findings >= 2 and problems == 1 and len(report['suppressed']) == 1, report
    for name in ('text', 'concise', 'full', 'sarif', 'github', 'gitlab', 'gitlab-sast', 'junit', 'markdown', 'checkstyle', 'rdjson', 'sonar', 'ocsf', 'csv', 'html'):
        plain(name, read(directory, name))
    github(read(directory, 'github'), findings, problems)
    gitlab(read(directory, 'gitlab'), findings, problems)
    junit(directory, findings, problems)
    checkstyle(read(directory, 'checkstyle'), findings, problems)
    markdown(read(directory, 'markdown'), findings, problems)
    sonar(read(directory, 'sonar'), findings, problems)
    sast(read(directory, 'gitlab-sast'), findings, problems)
    ocsf(read(directory, 'ocsf'), findings, problems)
    table(read(directory, 'csv'), findings, problems)
    page(read(directory, 'html'), findings, problems)
    print(f'outputs: {findings} findings and {problems} problem in every format')


def validated(directory):
    with open(os.path.join(directory, 'validated.sarif'), encoding='utf-8-sig') as file:
        results = json.load(file)['runs'][0]['results']
    errors = [r for r in results if r.get('level', 'warning') == 'error']
    assert not errors, errors
    print(f'outputs: SARIF is valid, {len(results)} hints')


def reviewdog(directory):
    with open(os.path.join(directory, 'reviewdog.txt'), encoding='utf-8') as file:
        text = file.read()
    assert 'function-url-auth-none' in text and 'runtime-deprecated' in text, text


if __name__ == '__main__':
    globals()[sys.argv[1]](sys.argv[2])
