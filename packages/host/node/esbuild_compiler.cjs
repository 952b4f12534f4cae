// SPDX-License-Identifier: MIT
//
// Compiles with esbuild: relative imports go into the migration's own file, packages stay outside.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { TsConfigs } = require("./tsconfig.cjs");
const { withPlainExports } = require("./plain_exports.cjs");
const { transpileDecorated } = require("./typescript_compiler.cjs");

const DECORATED = /__decorate(?:Class|Param)\(/;
const TYPESCRIPT = /\.[cm]?tsx?$/;

/** esbuild counts bytes from 0, we count characters from 1. */
function toDiagnostic(message, workingDirectory) {
  const { location, text } = message;
  const notes = (message.notes || []).map((note) => note.text).filter(Boolean);
  const full = [text, ...notes].join("; ");
  if (!location) {
    return { file: "", line: 0, column: 0, length: 0, lineText: "", text: full };
  }
  const bytes = Buffer.from(location.lineText, "utf8");
  const characters = (from, to) => [...bytes.subarray(from, to).toString("utf8")].length;
  return {
    file: path.resolve(workingDirectory, location.file),
    line: location.line,
    column: characters(0, location.column) + 1,
    length: characters(location.column, location.column + location.length),
    lineText: location.lineText,
    text: full,
  };
}

class EsbuildCompiler {
  constructor(esbuild, findTypescript) {
    this.esbuild = esbuild;
    this.findTypescript = findTypescript;
    this.label = `esbuild ${esbuild.version}`;
    this.tsconfigs = new TsConfigs();
  }

  async compile(build) {
    const decorated = await this.bundle(build, build.member.files, []);
    if (decorated.length > 0 && build.errors.length === 0) {
      await this.compileDecorated(build, decorated);
    }
  }

  /** Bundles and writes files; gives back those that need decorator metadata, with the reason. */
  async bundle(build, files, plugins) {
    const workingDirectory = build.member.root;
    let result;
    try {
      result = await this.esbuild.build(this.options(build, files, plugins));
    } catch (error) {
      if (!Array.isArray(error.errors)) {
        throw error;
      }
      build.errors.push(...error.errors.map((each) => toDiagnostic(each, workingDirectory)));
      build.warnings.push(...error.warnings.map((each) => toDiagnostic(each, workingDirectory)));
      return [];
    }
    build.warnings.push(...result.warnings.map((each) => toDiagnostic(each, workingDirectory)));
    const bundles = new Bundles(result, workingDirectory);
    const decorated = [];
    for (const file of files) {
      const bundle = bundles.of(path.join(build.final, build.outputOf(file)));
      const culprits = plugins.length > 0 ? [] : await this.needMetadata(bundle);
      if (culprits.length > 0) {
        decorated.push({ file, culprits });
        continue;
      }
      const code = bundle.format === "esm" ? withPlainExports(bundle.code) : bundle.code;
      const output = build.write(file, code, bundle.map);
      build.outputs.push({ source: file, output, inputs: this.inputs(build, bundle) });
    }
    return decorated;
  }

  options(build, files, plugins) {
    const entries = files.map((file) => [
      build.outputOf(file).replace(/\.js$/, ""),
      build.sourceOf(file),
    ]);
    return {
      absWorkingDir: build.member.root,
      bundle: true,
      entryPoints: Object.fromEntries(entries),
      format: "cjs",
      // The class name is the identity of a migration.
      keepNames: true,
      logLevel: "silent",
      metafile: true,
      // The final place, so that source maps point from there; we write to the staging folder.
      outdir: build.final,
      packages: "external",
      platform: "node",
      plugins,
      sourcemap: "linked",
      sourcesContent: false,
      target: "node18",
      write: false,
    };
  }

  inputs(build, bundle) {
    const configs = bundle.inputs.flatMap((input) => this.tsconfigs.for(input).files);
    return [...new Set([...bundle.inputs, ...configs, ...build.commonInputs])];
  }

  /** The inputs whose decorators need what esbuild cannot emit. */
  async needMetadata(bundle) {
    if (!DECORATED.test(bundle.code)) {
      return [];
    }
    const culprits = [];
    for (const input of bundle.inputs.filter((each) => TYPESCRIPT.test(each))) {
      if (this.tsconfigs.for(input).options.emitDecoratorMetadata === true) {
        const { code } = await this.esbuild.transform(fs.readFileSync(input, "utf8"), {
          loader: "ts",
          tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
        });
        culprits.push(...(DECORATED.test(code) ? [input] : []));
      }
    }
    return culprits;
  }

  /** TypeScript compiles the files with decorators, esbuild the rest. */
  async compileDecorated(build, decorated) {
    const ts = this.findTypescript();
    const culprits = new Set(decorated.flatMap((each) => each.culprits));
    if (!ts) {
      for (const culprit of culprits) {
        build.errors.push(metadataError(culprit));
      }
      return;
    }
    const plugin = {
      name: "decorator-metadata",
      setup: (setup) => {
        setup.onLoad({ filter: TYPESCRIPT }, ({ path: file }) => {
          if (!culprits.has(file)) {
            return undefined;
          }
          const { options } = this.tsconfigs.for(file);
          return { contents: transpileDecorated(ts, file, options), loader: "js" };
        });
      },
    };
    await this.bundle(build, decorated.map((each) => each.file), [plugin]);
  }

  async stop() {
    if (this.esbuild.stop) {
      await this.esbuild.stop();
    }
  }
}

function metadataError(file) {
  const lines = fs.readFileSync(file, "utf8").split("\n");
  const index = lines.findIndex((line) => /^\s*@[A-Za-z_$]/.test(line));
  const lineText = index === -1 ? "" : lines[index];
  return {
    file,
    line: index + 1,
    column: index === -1 ? 0 : lineText.length - lineText.trimStart().length + 1,
    length: lineText.trim().length,
    lineText,
    text:
      "a decorator needs metadata ('emitDecoratorMetadata' in tsconfig.json), which esbuild cannot " +
      "emit; install typescript beside it: npm install --save-dev typescript",
  };
}

/** What esbuild made, by output file. */
class Bundles {
  constructor({ metafile, outputFiles }, workingDirectory) {
    this.metafile = metafile;
    this.workingDirectory = workingDirectory;
    this.files = new Map(outputFiles.map((each) => [each.path, each]));
    this.outputs = new Map(
      Object.entries(metafile.outputs).map(([name, each]) => [this.resolve(name), each]),
    );
  }

  resolve(name) {
    return path.resolve(this.workingDirectory, name);
  }

  of(file) {
    const { entryPoint } = this.outputs.get(file);
    return {
      code: this.files.get(file).text,
      map: this.files.get(`${file}.map`).text,
      format: this.metafile.inputs[entryPoint].format,
      inputs: [...this.reachable(entryPoint)].map((name) => this.resolve(name)),
    };
  }

  reachable(entryPoint) {
    const seen = new Set([entryPoint]);
    for (const name of seen) {
      for (const each of this.metafile.inputs[name].imports) {
        if (!each.external && this.metafile.inputs[each.path]) {
          seen.add(each.path);
        }
      }
    }
    return seen;
  }
}

module.exports = { EsbuildCompiler };
