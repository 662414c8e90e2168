// Compares what lintel reads from JavaScript and TypeScript with the syntax trees of the package typescript.
//
//   node handler-ecmascript.js list TYPESCRIPT CORPUS >files    a choice of the files of the corpus
//   node handler-ecmascript.js compare TYPESCRIPT files dump    those that typescript parses without errors; dump is the output
//                                                               of parsers/handler/ecmascript/dump.go
'use strict';
const fs = require('fs');
const path = require('path');

const [command, typescript, ...args] = process.argv.slice(2);
const ts = require(typescript);
const { SyntaxKind } = ts;

function parse(file) {
  const text = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return source;
}

const isTypeScript = (file) => /\.[cm]?tsx?$/.test(file);
const isDeclaration = (file) => /\.d\.[cm]?ts$/.test(file);

// Files is every source file of a directory in a stable order.
function files(dir, found = []) {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(dir, entry.name);
    if (entry.isDirectory()) files(file, found);
    else if (/\.([cm]?[jt]s|[jt]sx)$/.test(entry.name) && fs.statSync(file).size <= 1 << 20) found.push(file);
  }
  return found;
}

// At most LIMITS files of a kind are taken from a package, spread evenly.
const LIMITS = { declaration: 15, typescript: 300, javascript: 150 };

function list(corpus) {
  for (const pkg of fs.readdirSync(corpus).sort()) {
    const kinds = { declaration: [], typescript: [], javascript: [] };
    for (const file of files(path.join(corpus, pkg))) {
      kinds[isDeclaration(file) ? 'declaration' : isTypeScript(file) ? 'typescript' : 'javascript'].push(file);
    }
    for (const [kind, all] of Object.entries(kinds)) {
      const step = Math.max(1, all.length / LIMITS[kind]);
      for (let i = 0; i < all.length; i += step) {
        console.log(all[Math.floor(i)]);
      }
    }
  }
}

// Inner is an expression without parentheses and types.
function inner(node) {
  while (node && (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) || ts.isTypeAssertionExpression(node) || ts.isExpressionWithTypeArguments(node))) {
    node = node.expression;
  }
  return node;
}

// Value is what an expression evaluates to: the last operand of a comma, the target of an assignment.
function value(node) {
  node = inner(node);
  if (node && ts.isBinaryExpression(node)) {
    if (node.operatorToken.kind === SyntaxKind.CommaToken) return value(node.right);
    if (isAssignment(node)) return value(node.left);
  }
  if (node && (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    (node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken)) return value(node.operand);
  return node;
}

const isAssignment = (node) => ts.isBinaryExpression(node) &&
  node.operatorToken.kind >= SyntaxKind.FirstAssignment && node.operatorToken.kind <= SyntaxKind.LastAssignment;

// Assigned is the value at the end of a chain of assignments.
function assigned(node) {
  node = inner(node);
  while (node && ts.isBinaryExpression(node)) {
    if (node.operatorToken.kind === SyntaxKind.CommaToken || isAssignment(node)) node = inner(node.right);
    else break;
  }
  return node;
}

function dotted(node) {
  node = value(node);
  switch (node.kind) {
    case SyntaxKind.Identifier: return node.text === 'undefined' ? '?' : node.text;
    case SyntaxKind.ThisKeyword: return 'this';
    case SyntaxKind.SuperKeyword: return 'super';
    case SyntaxKind.ImportKeyword: return 'import';
    case SyntaxKind.MetaProperty: return `${node.keywordToken === SyntaxKind.NewKeyword ? 'new' : 'import'}.${node.name.text}`;
    case SyntaxKind.PropertyAccessExpression: return `${dotted(node.expression)}.${node.name.text}`;
    default: return '?';
  }
}

function propertyName(name) {
  if (!name) return '';
  if (ts.isComputedPropertyName(name)) return ts.isStringLiteralLike(inner(name.expression)) ? inner(name.expression).text : '';
  if (ts.isNumericLiteral(name) || ts.isBigIntLiteral?.(name)) return name.getText();
  return name.text ?? '';
}

// TargetName is the name of a variable or property that is assigned to.
function targetName(node) {
  node = value(node);
  if (dotted(node) === 'module.exports') return '';
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) return (node.name ?? node).text;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(value(node.argumentExpression))) return value(node.argumentExpression).text;
  return '';
}

// IsTransparent reports whether a node has the value of its part: parentheses, types, commas and assignments.
const isTransparent = (node, part) => inner(node) !== node || ts.isBinaryExpression(node) && node.right === part &&
  (node.operatorToken.kind === SyntaxKind.CommaToken || isAssignment(node));

function functionName(node) {
  if (node.kind === SyntaxKind.Constructor) return 'constructor';
  if (node.name) return propertyName(node.name);
  let child = node;
  let parent = node.parent;
  for (; isTransparent(parent, child); child = parent, parent = parent.parent) {
    if (isAssignment(parent) && targetName(parent.left)) return targetName(parent.left);
  }
  if ((ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)) && parent.initializer === child) {
    return ts.isIdentifier(parent.name) ? parent.name.text : '';
  }
  if ((ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) && parent.initializer === child) return propertyName(parent.name);
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name.text;
  return '';
}

const has = (node, kind) => ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((m) => m.kind === kind);

// Contents is what is compared.
class Contents {
  constructor(source) {
    this.source = source;
    this.functions = [];
    this.imports = [];
    this.exports = new Set();
    this.calls = [];
    this.strings = [];
    this.namespaces = 0;
    this.within = 0; // the line of the enclosing function
    source.statements.forEach((s) => this.visit(s));
  }

  line(pos) { return this.source.getLineAndCharacterOfPosition(pos).line + 1; }

  visit(node) {
    if (has(node, SyntaxKind.ExportKeyword) && !this.namespaces) this.exportDeclaration(node);
    if (has(node, SyntaxKind.DeclareKeyword) && !ts.isPropertyDeclaration(node) || ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    const visitor = this[SyntaxKind[node.kind]] ?? this[names[node.kind]];
    if (visitor) visitor.call(this, node);
    else this.children(node);
  }

  children(node) { node.forEachChild((child) => this.visit(child)); }

  addFunction(node) {
    if (!node.body) return;
    this.enter(node, () => this.children(node));
  }

  enter(node, visit) {
    const outer = this.within;
    this.within = this.line(node.getStart());
    this.functions.push(`${functionName(node)}:${this.within}`);
    visit();
    this.within = outer;
  }

  addImport(module, name, as, isType = false) { this.imports.push(`${module}|${name}|${as}|${isType}`); }

  addExport(name, from = '') { if (!this.namespaces) this.exports.add(`${name}|${from}`); }

  addString(text) { this.strings.push(Buffer.from(text, 'utf8').toString()); }

  exportDeclaration(node) {
    const isDefault = has(node, SyntaxKind.DefaultKeyword);
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (isDefault) return this.addExport('default');
    if (ts.isVariableStatement(node)) node.declarationList.declarations.forEach((d) => this.exportBinding(d.name));
    else if (ts.isModuleDeclaration(node)) this.addExport(node.name.text);
    else if (node.name) this.addExport(node.name.text);
  }

  exportBinding(name) {
    if (ts.isIdentifier(name)) this.addExport(name.text);
    else name.elements.forEach((e) => e.name && this.exportBinding(e.name));
  }

  call(node, name, count) {
    const last = ts.isTaggedTemplateExpression(node) || node.arguments || !node.typeArguments ? node.getEnd() : node.expression.getEnd();
    this.calls.push(`${name}/${count}:${this.line(node.getStart())}-${this.line(last - 1)} in ${this.within}`);
    this.children(node);
  }

  StringLiteral(node) { this.addString(node.text); }

  CallExpression(node) {
    const name = dotted(node.expression);
    if (name === 'require' || name === 'import') this.required(node);
    this.exportsOfCall(node, name);
    this.call(node, name, node.arguments.length);
  }

  NewExpression(node) { this.call(node, `new ${dotted(node.expression)}`, node.arguments?.length ?? 0); }

  TaggedTemplateExpression(node) {
    const t = node.template;
    const spans = t.templateSpans ?? [];
    this.tagged(node, spans.length);
    (t.head ? [t.head, ...spans.map((s) => s.literal)] : [t]).forEach((part) => this.addString(part.text));
    this.visit(node.tag);
    spans.forEach((s) => this.visit(s.expression));
  }

  tagged(node, spans) {
    this.calls.push(`${dotted(node.tag)}/${spans + 1}:${this.line(node.getStart())}-${this.line(node.getEnd() - 1)} in ${this.within}`);
  }

  TemplateExpression(node) {
    if (node.head.text) this.addString(node.head.text);
    node.templateSpans.forEach((s) => {
      this.visit(s.expression);
      if (s.literal.text) this.addString(s.literal.text);
    });
  }

  // Names of properties are no strings; computed ones are expressions.
  name(name) {
    if (name && ts.isComputedPropertyName(name) && !ts.isStringLiteralLike(inner(name.expression))) this.visit(name.expression);
  }

  member(node) {
    this.name(node.name);
    node.forEachChild((child) => child !== node.name && this.visit(child));
  }

  ClassLike(node) {
    (node.modifiers ?? []).forEach((m) => this.visit(m));
    (node.heritageClauses ?? []).forEach((h) => h.token === SyntaxKind.ExtendsKeyword && h.types.forEach((t) => this.visit(t.expression)));
    node.members.forEach((m) => this.visit(m));
  }

  PropertyDeclaration(node) {
    if (!has(node, SyntaxKind.DeclareKeyword)) this.member(node);
  }

  method(node) {
    if (!node.body) return;
    (node.modifiers ?? []).forEach((m) => this.visit(m));
    this.name(node.name);
    this.enter(node, () => node.forEachChild((child) => child !== node.name && !node.modifiers?.includes(child) && this.visit(child)));
  }

  ModuleDeclaration(node) {
    if (node.name.kind === SyntaxKind.StringLiteral || !node.body) return;
    this.namespaces++;
    this.children(node);
    this.namespaces--;
  }

  skip() {}

  ImportDeclaration(node) {
    const module = node.moduleSpecifier.text;
    const clause = node.importClause;
    if (!clause) return this.addImport(module, '', '');
    const isType = clause.isTypeOnly;
    if (clause.name) this.addImport(module, 'default', clause.name.text, isType);
    const bindings = clause.namedBindings;
    if (!bindings) return;
    if (ts.isNamespaceImport(bindings)) return this.addImport(module, '*', bindings.name.text, isType);
    bindings.elements.forEach((e) => this.addImport(module, (e.propertyName ?? e.name).text, e.name.text, isType || e.isTypeOnly));
  }

  ImportEqualsDeclaration(node) {
    if (ts.isExternalModuleReference(node.moduleReference)) {
      this.addImport(node.moduleReference.expression.text, '', node.name.text, node.isTypeOnly);
    }
  }

  ExportDeclaration(node) {
    if (node.isTypeOnly) return;
    const from = node.moduleSpecifier?.text ?? '';
    const clause = node.exportClause;
    if (!clause) this.addExport('*', from);
    else if (ts.isNamespaceExport(clause)) this.addExport(clause.name.text, from);
    else clause.elements.forEach((e) => e.isTypeOnly || this.addExport(e.name.text, from));
  }

  ExportAssignment(node) {
    if (node.isExportEquals) this.exportValue(node.expression);
    else this.addExport('default');
    this.visit(node.expression);
  }

  BinaryExpression(node) {
    if (node.operatorToken.kind === SyntaxKind.EqualsToken) {
      const name = exportedName(node.left);
      const assignedValue = assigned(node.right);
      if (name) {
        const empty = assignedValue.kind === SyntaxKind.NullKeyword || ts.isVoidExpression(assignedValue) && ts.isNumericLiteral(assignedValue.expression) ||
          ts.isIdentifier(assignedValue) && assignedValue.text === 'undefined';
        if (!empty && name !== '__esModule') this.addExport(name);
      } else if (name === '' && !ts.isIdentifier(inner(node.left))) this.exportValue(assignedValue);
    }
    this.children(node);
  }

  exportValue(node) {
    node = value(node);
    const required = requiredModule(node);
    if (required !== undefined) this.addExport('*', required);
    else if (ts.isObjectLiteralExpression(node)) node.properties.forEach((p) => this.exportProperty(p));
    else if (ts.isFunctionLike(node) || ts.isClassExpression(node)) this.addExport('default');
    else this.addExport('*');
  }

  exportProperty(node) {
    if (ts.isSpreadAssignment(node)) this.exportValue(node.expression);
    else this.addExport(propertyName(node.name) || '*');
  }

  exportsOfCall(node, name) {
    const [first, second] = node.arguments;
    if (/^(.*\._*|)_*(__exportStar|__export)$/.test(name) && first && requiredModule(inner(first)) !== undefined) this.addExport('*', requiredModule(inner(first)));
    if (!first || exportedName(first) === undefined) return;
    if (name === 'Object.assign') node.arguments.slice(1).forEach((a) => this.exportValue(a));
    const key = second && value(second);
    if (name === 'Object.defineProperty' && node.arguments.length > 2 && ts.isStringLiteralLike(key) && key.text !== '__esModule') this.addExport(key.text);
  }

  // Required adds the imports of require("x") and import("x") with the names that they are assigned to.
  required(node) {
    if (node.arguments.length === 0) return;
    const argument = value(node.arguments[0]);
    const module = ts.isStringLiteralLike(argument) ? argument.text : '';
    const isImport = node.expression.kind === SyntaxKind.ImportKeyword;
    let child = node;
    let helped = false;
    let member;
    let members = 0;
    for (let parent = node.parent; ; child = parent, parent = parent.parent) {
      if (inner(parent) !== parent) continue;
      if (ts.isAwaitExpression(parent) && members < 2) continue;
      if (ts.isCallExpression(parent) && parent.arguments[0] === child && !helped && members === 0 && helpers.test(dotted(parent.expression))) {
        helped = true;
        continue;
      }
      if (ts.isPropertyAccessExpression(parent) && parent.expression === child) {
        member = member ?? parent.name.text;
        members++;
        continue;
      }
      if (isAssignment(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken && parent.right === child) {
        return this.requiredInto(module, isImport && !helped, member, members, inner(parent.left));
      }
      if (ts.isVariableDeclaration(parent) && parent.initializer === child) {
        return this.requiredInto(module, isImport && !helped, member, members, parent.name);
      }
      return this.addImport(module, '', '');
    }
  }

  requiredInto(module, isImport, member, members, target) {
    const name = ts.isIdentifier(target) ? target.text : '';
    if (member) return this.addImport(module, member, members === 1 ? name : '');
    if (name) return this.addImport(module, isImport ? '*' : '', name);
    const elements = target.elements ?? target.properties ?? [];
    if (elements.length === 0 || ts.isArrayBindingPattern(target)) return this.addImport(module, '', '');
    for (const e of elements) {
      if (e.dotDotDotToken) this.addImport(module, '*', e.name.text ?? '');
      else if (ts.isSpreadAssignment(e)) this.addImport(module, '*', e.expression.text ?? '');
      else if (ts.isPropertyAssignment(e)) this.addImport(module, propertyName(e.name) || '*', value(e.initializer).text ?? '');
      else this.addImport(module, propertyName(e.propertyName ?? e.name) || '*', e.name.text ?? '');
    }
  }
}

const helpers = /(^|\.)(__importStar|__importDefault|__toESM|_interopRequireDefault|_interopRequireWildcard)$/;

function requiredModule(node) {
  if (node && ts.isCallExpression(node) && dotted(node.expression) === 'require' && node.arguments.length > 0) {
    const argument = value(node.arguments[0]);
    if (ts.isStringLiteralLike(argument)) return argument.text;
  }
  return undefined;
}

// ExportedName is the name that an assignment exports: '' for module.exports and exports themselves.
function exportedName(node) {
  node = value(node);
  if (ts.isIdentifier(node)) return node.text === 'exports' ? '' : undefined;
  if (ts.isPropertyAccessExpression(node)) {
    const base = value(node.expression);
    if (ts.isIdentifier(base) && base.text === 'module') return node.name.text === 'exports' ? '' : undefined;
    return exportedName(base) === '' ? node.name.text : undefined;
  }
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(value(node.argumentExpression))) {
    return exportedName(node.expression) === '' ? value(node.argumentExpression).text : undefined;
  }
  return undefined;
}

// Names maps kinds of nodes to the methods of Contents that visit them.
const names = {
  [SyntaxKind.StringLiteral]: 'StringLiteral',
  [SyntaxKind.NoSubstitutionTemplateLiteral]: 'StringLiteral',
  [SyntaxKind.FunctionDeclaration]: 'addFunction',
  [SyntaxKind.FunctionExpression]: 'addFunction',
  [SyntaxKind.ArrowFunction]: 'addFunction',
  [SyntaxKind.MethodDeclaration]: 'method',
  [SyntaxKind.Constructor]: 'method',
  [SyntaxKind.GetAccessor]: 'method',
  [SyntaxKind.SetAccessor]: 'method',
  [SyntaxKind.ClassDeclaration]: 'ClassLike',
  [SyntaxKind.ClassExpression]: 'ClassLike',
  [SyntaxKind.PropertyAssignment]: 'member',
  [SyntaxKind.EnumMember]: 'member',
  [SyntaxKind.BindingElement]: 'binding',
  [SyntaxKind.InterfaceDeclaration]: 'skip',
  [SyntaxKind.TypeAliasDeclaration]: 'skip',
  [SyntaxKind.TypeParameter]: 'skip',
  [SyntaxKind.IndexSignature]: 'skip',
};

Contents.prototype.binding = function (node) {
  this.name(node.propertyName);
  this.visit(node.name);
  if (node.initializer) this.visit(node.initializer);
};

function compare(listed, dumped) {
  const paths = fs.readFileSync(listed, 'utf8').trim().split('\n');
  const dumps = fs.readFileSync(dumped, 'utf8').trim().split('\n');
  if (paths.length !== dumps.length) throw new Error(`${paths.length} files, ${dumps.length} dumps`);
  const totals = { functions: [0, 0], imports: [0, 0], exports: [0, 0], calls: [0, 0], strings: [0, 0] };
  const kinds = { javascript: [0, 0], typescript: [0, 0], declaration: [0, 0] };
  let compared = 0;
  let equal = 0;
  paths.forEach((file, i) => {
    const source = parse(file);
    if (source.parseDiagnostics.length > 0) return;
    compared++;
    const want = new Contents(source);
    const got = JSON.parse(dumps[i]);
    let same = got.unread === 0;
    const why = same ? [] : ['unread'];
    for (const list of Object.keys(totals)) {
      const expected = [...want[list]].sort();
      const [missing, extra] = difference(expected, got[list] ?? []);
      totals[list][1] += expected.length;
      totals[list][0] += expected.length - missing.length;
      if (missing.length + extra.length > 0) {
        same = false;
        const shown = (items) => JSON.stringify(items.slice(0, 3).map((item) => item.slice(0, 80)));
        why.push(`${list} -${shown(missing)} +${shown(extra)}`);
      }
    }
    const kind = kinds[isDeclaration(file) ? 'declaration' : isTypeScript(file) ? 'typescript' : 'javascript'];
    kind[1]++;
    if (same) {
      equal++;
      kind[0]++;
    } else console.log(`differs: ${file}\n  ${why.join('\n  ')}`);
  });
  console.log('files that are equal:', Object.entries(kinds).map(([k, [n, all]]) => `${k} ${n} of ${all}`).join(', '));
  console.log('agreement:', Object.entries(totals).map(([k, [n, all]]) => `${k} ${n} of ${all}`).join(', '));
  console.log(`${equal} of ${compared} files are equal: ${((100 * equal) / compared).toFixed(2)} %`);
  if (compared < 2000 || kinds.typescript[1] < 700 || equal < 0.995 * compared) {
    console.log('at least 99.5 % of 2,000 files, 700 of TypeScript, must be equal');
    process.exit(1);
  }
}

// Difference returns what is only in one of two multisets.
function difference(a, b) {
  const count = new Map();
  a.forEach((x) => count.set(x, (count.get(x) ?? 0) + 1));
  const extra = b.filter((x) => {
    const n = count.get(x) ?? 0;
    count.set(x, n - 1);
    return n <= 0;
  });
  const missing = [...count].flatMap(([x, n]) => Array(Math.max(n, 0)).fill(x));
  return [missing, extra];
}

if (command === 'list') list(args[0]);
else compare(args[0], args[1]);
