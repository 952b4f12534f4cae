// SPDX-License-Identifier: MIT
//
// Compilers make the exports of an ES module getters that cannot be deleted. Medusa deletes
// `featureFlag` from them, so each built ES module ends by making them plain properties.
"use strict";

const SOURCE_MAP_COMMENT = "//# sourceMappingURL=";

const PLAIN_EXPORTS = [
  "// Plain properties, because Medusa deletes 'featureFlag' from the exports.",
  'module.exports = Object.defineProperty({ ...module.exports }, "__esModule", { value: true });',
  "",
].join("\n");

/** Appends the statement; no line moves, so the source map stays right. */
function withPlainExports(code) {
  const end = code.lastIndexOf(SOURCE_MAP_COMMENT);
  const cut = end === -1 ? code.length : end;
  const body = code.slice(0, cut);
  const separator = body === "" || body.endsWith("\n") ? "" : "\n";
  return body + separator + PLAIN_EXPORTS + code.slice(cut);
}

module.exports = { SOURCE_MAP_COMMENT, withPlainExports };
