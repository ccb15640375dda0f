import ts from "typescript";

/** One small change to a source file that a test should notice. */
export interface Mutant {
  /** Below schema/law. */
  readonly file: string;
  /** Names it: file, line of code, what becomes what. Stays the same while the line does. */
  readonly id: string;
  readonly line: number;
  /** The whole changed file, as JavaScript. */
  source(): string;
}

interface Change {
  readonly node: ts.Node;
  readonly to: string;
}

/** Every mutant of a file: operators, conditions, literals, calls and statements changed one by one; types and imports left alone. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const changes: Change[] = [];
  visit(source, changes);
  const seen = new Map<string, number>();
  return changes.map(({ node, to }) => {
    const [start, end] = [node.getStart(source), node.getEnd()];
    const line = source.getLineAndCharacterOfPosition(start).line;
    const code = (text.split("\n")[line] ?? "").trim();
    const name = `${file} | ${code} | ${short(text.slice(start, end))} → ${short(to)}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return {
      file,
      id: times === 1 ? name : `${name} (${times})`,
      line: line + 1,
      source: () => transpiled(text.slice(0, start) + to + text.slice(end)),
    };
  });
}

function transpiled(text: string): string {
  return ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  }).outputText;
}

function visit(node: ts.Node, changes: Change[]): void {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
  if (ts.isTypeAliasDeclaration(node)) return;
  for (const to of replacementsOf(node)) changes.push({ node, to });
  ts.forEachChild(node, (child) => visit(child, changes));
}

const operators: Readonly<Partial<Record<ts.SyntaxKind, readonly string[]>>> = {
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: ["!=="],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: ["==="],
  [ts.SyntaxKind.EqualsEqualsToken]: ["!="],
  [ts.SyntaxKind.ExclamationEqualsToken]: ["=="],
  [ts.SyntaxKind.LessThanToken]: ["<=", ">"],
  [ts.SyntaxKind.LessThanEqualsToken]: ["<", ">"],
  [ts.SyntaxKind.GreaterThanToken]: [">=", "<"],
  [ts.SyntaxKind.GreaterThanEqualsToken]: [">", "<"],
  [ts.SyntaxKind.AmpersandAmpersandToken]: ["||"],
  [ts.SyntaxKind.BarBarToken]: ["&&"],
  [ts.SyntaxKind.PlusToken]: ["-"],
  [ts.SyntaxKind.MinusToken]: ["+"],
  [ts.SyntaxKind.AsteriskToken]: ["/"],
  [ts.SyntaxKind.SlashToken]: ["*"],
};

const otherMethods: Readonly<Record<string, string>> = {
  some: "every",
  every: "some",
  startsWith: "endsWith",
  find: "findLast",
  min: "max",
  max: "min",
};
/** Methods that only choose, order or repeat: the call gives way to what it is called on. */
const passing = ["filter", "sort", "slice", "reverse", "trim", "toSorted", "padStart"];

function replacementsOf(node: ts.Node): readonly string[] {
  if (ts.isBinaryExpression(node)) return binary(node);
  if (ts.isConditionalExpression(node)) {
    return [`(${node.whenTrue.getText()})`, `(${node.whenFalse.getText()})`];
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return [node.operand.getText()];
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) return [node.operand.getText()];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return ["false"];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return ["true"];
  if (ts.isNumericLiteral(node)) return [String(Number(node.text) + 1)];
  if (ts.isStringLiteral(node))
    return ts.isExportDeclaration(node.parent) ? [] : [node.text === "" ? '"mutant"' : '""'];
  if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) return ['""'];
  if (ts.isRegularExpressionLiteral(node)) return anchors(node.text);
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0 ? ["[]"] : [];
  if (ts.isPropertyAccessExpression(node) && node.questionDotToken !== undefined)
    return [`${node.expression.getText()}.${node.name.getText()}`];
  if (ts.isCallExpression(node)) return call(node);
  if (ts.isIfStatement(node)) return condition(node);
  if (ts.isReturnStatement(node) && node.expression !== undefined && !isLiteral(node.expression))
    return ["return undefined;"];
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body) && !isLiteral(node.body))
    return [`${node.getText().slice(0, node.body.getStart() - node.getStart())}undefined`];
  if (ts.isExpressionStatement(node) || ts.isThrowStatement(node) || ts.isContinueStatement(node)) return [";"];
  return [];
}

function binary({ left, operatorToken, right }: ts.BinaryExpression): readonly string[] {
  const [one, other] = [left.getText(), right.getText()];
  if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) return [`(${one})`, `(${other})`];
  return (operators[operatorToken.kind] ?? []).map((operator) => `(${one}) ${operator} (${other})`);
}

function call({ expression, arguments: given }: ts.CallExpression): readonly string[] {
  if (!ts.isPropertyAccessExpression(expression)) return [];
  const [target, method] = [expression.expression.getText(), expression.name.text];
  const args = given.map((argument) => argument.getText()).join(", ");
  const other = otherMethods[method];
  return [
    ...(other === undefined ? [] : [`${target}.${other}(${args})`]),
    ...(passing.includes(method) ? [`(${target})`] : []),
  ];
}

function condition(node: ts.IfStatement): readonly string[] {
  const [before, after] = node.getText().split(node.expression.getText(), 1).concat("");
  const rest = node.getText().slice((before ?? "").length + node.expression.getText().length);
  return ["true", "false"].map((fixed) => `${before}${fixed}${rest}${after}`);
}

function anchors(pattern: string): readonly string[] {
  return [
    ...(pattern.startsWith("/^") ? [`/${pattern.slice(2)}`] : []),
    ...(/\$\/[a-z]*$/.test(pattern) ? [pattern.replace(/\$(\/[a-z]*)$/, "$1")] : []),
  ];
}

/** Literals have mutants of their own. */
function isLiteral(node: ts.Expression): boolean {
  return (
    ts.isLiteralExpression(node) ||
    [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind)
  );
}

function short(code: string): string {
  const line = code.replace(/\s+/g, " ");
  return line.length > 70 ? `${line.slice(0, 45)} … ${line.slice(-20)}` : line;
}
