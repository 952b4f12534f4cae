// SPDX-License-Identifier: MIT
"use strict";

exports.prefix = (name) => `CREATE TABLE ${process.env.TABLE_PREFIX ?? ""}${name} ()`;
