// SPDX-License-Identifier: MIT
"use strict";

exports.statements = (name) => [`CREATE TABLE "${name}" ()`, `DROP TABLE "${name}"`];
