// SPDX-License-Identifier: MIT
"use strict";

let count = 0;
exports.next = () => (count += 1);
