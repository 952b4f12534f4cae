// SPDX-License-Identifier: MIT
"use strict";

exports.flag = false;
