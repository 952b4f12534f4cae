// SPDX-License-Identifier: MIT
//
// Compiles with TypeScript, file by file: nothing is bundled, so what a migration imports must be
// built to the same relative place by the member's own build.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { TsConfigs } = require("./tsconfig.cjs");
const { SOURCE_MAP_COMMENT, withPlainExports } = require("./plain_exports.cjs");

/** The options of a tsconfig.json that change what a single file means. */
const KEPT_OPTIONS = [
  "emitDecoratorMetadata",
  "esModuleInterop",
  "experimentalDecorators",
  "importsNotUsedAsValues",
  "jsx",
  "preserveValueImports",
  "target",
  "useDefineForClassFields",
  "verbatimModuleSyntax",
];

function compilerOptions(ts, options, module) {
  const kept = Object.fromEntries(
    KEPT_OPTIONS.filter((name) => name in options).map((name) => [name, options[name]]),
  );
  const { options: converted } = ts.convertCompilerOptionsFromJson(kept, ".");
  return {
    esModuleInterop: true,
    ...converted,
    // Node 18 runs ES2022; without a target in tsconfig.json the newest is the least surprising.
    target: Math.min(converted.target ?? ts.ScriptTarget.ES2022, ts.ScriptTarget.ES2022),
    isolatedModules: true,
    module,
    sourceMap: true,
  };
}

/** TypeScript would take .mjs and .mts for a wish to stay an ES module. */
function neutralName(file) {
  return file.replace(/\.[cm]([jt]s)$/, ".$1");
}

/** A file with decorators as JavaScript with its source map inside, for esbuild to go on with. */
function transpileDecorated(ts, file, options) {
  const { outputText } = ts.transpileModule(fs.readFileSync(file, "utf8"), {
    fileName: neutralName(file),
    compilerOptions: {
      ...compilerOptions(ts, options, ts.ModuleKind.ESNext),
      sourceMap: false,
      inlineSourceMap: true,
    },
  });
  return outputText;
}

class TypescriptCompiler {
  constructor(ts) {
    this.ts = ts;
    this.label = `typescript ${ts.version}`;
    this.tsconfigs = new TsConfigs();
  }

  async compile(build) {
    const built = new Set(build.member.files.map((file) => build.sourceOf(file)));
    for (const file of build.member.files) {
      const source = build.sourceOf(file);
      const text = fs.readFileSync(source, "utf8");
      const parsed = this.ts.createSourceFile(source, text, this.ts.ScriptTarget.ES2022, true);
      const { code, map } = this.transpile(build, file, parsed);
      this.warnOfImports(build, parsed, built);
      const output = build.write(file, code, map);
      const configs = this.tsconfigs.for(source).files;
      build.outputs.push({ source: file, output, inputs: [source, ...configs, ...build.commonInputs] });
    }
  }

  transpile(build, file, parsed) {
    const { ts } = this;
    const source = parsed.fileName;
    const target = path.join(build.final, build.outputOf(file));
    const { options } = this.tsconfigs.for(source);
    const result = ts.transpileModule(parsed.text, {
      fileName: neutralName(source),
      reportDiagnostics: true,
      compilerOptions: compilerOptions(ts, options, ts.ModuleKind.CommonJS),
    });
    for (const each of result.diagnostics || []) {
      const isError = each.category === ts.DiagnosticCategory.Error;
      (isError ? build.errors : build.warnings).push(this.toDiagnostic(each, parsed));
    }
    const map = JSON.parse(result.sourceMapText);
    map.file = path.basename(target);
    map.sourceRoot = "";
    map.sources = [path.relative(path.dirname(target), source)];
    const isScript = /\.[cm]?js$/.test(source) && !ts.isExternalModule(parsed);
    const code = this.isPlainModule(parsed)
      ? withPlainExports(result.outputText)
      : // CommonJS stays as it was written, down to its not being strict.
        isScript ? parsed.text : result.outputText;
    const mapped = isScript ? { ...map, mappings: identityMappings(parsed.text) } : map;
    return { code: withMapComment(code, `${map.file}.map`), map: JSON.stringify(mapped) };
  }

  /** An ES module, unless it says what `module.exports` is. */
  isPlainModule(parsed) {
    const assigns = parsed.statements.some(
      (each) => this.ts.isExportAssignment(each) && each.isExportEquals,
    );
    return this.ts.isExternalModule(parsed) && !assigns;
  }

  warnOfImports(build, parsed, built) {
    const { importedFiles } = this.ts.preProcessFile(parsed.text, true, true);
    for (const { fileName, pos } of importedFiles) {
      if (!fileName.startsWith(".")) {
        continue;
      }
      const base = path.resolve(path.dirname(parsed.fileName), fileName).replace(/\.[cm]?js$/, "");
      const endings = ["", ".ts", ".js", ".mts", ".cts", ".mjs", ".cjs", "/index.ts", "/index.js"];
      if (!endings.some((ending) => built.has(base + ending))) {
        const text = `'${fileName}' is not built with the migrations; esbuild would include it`;
        build.warnings.push(this.at(parsed, pos, fileName.length + 2, text));
      }
    }
  }

  toDiagnostic({ start = 0, length = 0, messageText }, parsed) {
    return this.at(parsed, start, length, this.ts.flattenDiagnosticMessageText(messageText, "; "));
  }

  at(parsed, position, length, text) {
    const { line, character } = parsed.getLineAndCharacterOfPosition(position);
    const lineText = parsed.text.split(/\r?\n/)[line];
    return { file: parsed.fileName, line: line + 1, column: character + 1, length, lineText, text };
  }

  async stop() {}
}

/** Each line to the same line. */
function identityMappings(text) {
  return text
    .split("\n")
    .map((_, index) => (index === 0 ? "AAAA" : "AACA"))
    .join(";");
}

function withMapComment(code, name) {
  const end = code.lastIndexOf(SOURCE_MAP_COMMENT);
  const body = end === -1 ? code : code.slice(0, end);
  const separator = body === "" || body.endsWith("\n") ? "" : "\n";
  return `${body}${separator}${SOURCE_MAP_COMMENT}${name}\n`;
}

module.exports = { TypescriptCompiler, transpileDecorated };
