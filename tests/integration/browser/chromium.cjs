// Chromium without a window, driven over a pipe (DevTools protocol). Everything ends with close().
"use strict";

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { spawn } = require("node:child_process");

class Page {
  constructor(browser, session) {
    this.browser = browser;
    this.session = session;
    this.requests = [];
    this.messages = [];
    browser.listen(session, (method, params) => this.onEvent(method, params));
  }

  onEvent(method, params) {
    if (method === "Network.requestWillBeSent") {
      this.requests.push(params.request.url);
    } else if (method === "Runtime.consoleAPICalled") {
      this.messages.push(params.args.map((argument) => argument.value ?? argument.description).join(" "));
    } else if (method === "Runtime.exceptionThrown") {
      this.messages.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    } else if (method === "Log.entryAdded") {
      this.messages.push(params.entry.text);
    } else if (method === "Page.loadEventFired") {
      this.loaded?.();
    }
  }

  send(method, params = {}) {
    return this.browser.send(method, params, this.session);
  }

  async load(file, hash = "") {
    const loaded = new Promise((resolve) => { this.loaded = resolve; });
    await this.send("Page.navigate", { url: `file://${file}${hash}` });
    await loaded;
  }

  /** The value of an expression in the page. */
  async evaluate(expression) {
    const answer = await this.send("Runtime.evaluate",
      { expression, returnByValue: true, awaitPromise: true });
    if (answer.exceptionDetails) {
      throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    }
    return answer.result.value;
  }

  /** Clicks where a person would: the middle of what the selector finds. */
  async click(selector) {
    const place = await this.evaluate(`(() => {
      const element = document.querySelector(${JSON.stringify(selector)});
      element.scrollIntoView({ block: "center" });
      const box = element.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    })()`);
    for (const type of ["mousePressed", "mouseReleased"]) {
      await this.send("Input.dispatchMouseEvent", { type, ...place, button: "left", clickCount: 1 });
    }
  }

  async press(key, text = "") {
    await this.send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", key, text,
      windowsVirtualKeyCode: { Enter: 13, Escape: 27, ArrowDown: 40, Tab: 9 }[key] ?? 0 });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key });
  }

  type(text) {
    return this.send("Input.insertText", { text });
  }

  resize(width, height) {
    return this.send("Emulation.setDeviceMetricsOverride",
      { width, height, deviceScaleFactor: 1, mobile: false });
  }

  prefer(scheme) {
    return this.send("Emulation.setEmulatedMedia",
      { features: [{ name: "prefers-color-scheme", value: scheme }] });
  }

  allowScripts(allowed) {
    return this.send("Emulation.setScriptExecutionDisabled", { value: !allowed });
  }

  async screenshot(file) {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    fs.writeFileSync(file, Buffer.from(data, "base64"));
  }

  /** The page as it is printed, in inches. */
  async pdf(paperWidth, paperHeight) {
    const { data } = await this.send("Page.printToPDF",
      { landscape: true, paperWidth, paperHeight, printBackground: true, marginTop: 0.47,
        marginBottom: 0.47, marginLeft: 0.47, marginRight: 0.47 });
    return Buffer.from(data, "base64");
  }
}

class Chromium {
  static async start() {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), "medusa-chromium-"));
    const flags = ["--headless=new", "--remote-debugging-pipe", `--user-data-dir=${profile}`,
      "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-extensions"];
    if (process.getuid() === 0) {
      flags.push("--no-sandbox"); // it refuses to run as root with one
    }
    const child = spawn("chromium", flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    return new Chromium(child, profile);
  }

  constructor(child, profile) {
    this.child = child;
    this.profile = profile;
    this.pending = new Map();
    this.listeners = new Map();
    this.last = 0;
    this.rest = "";
    this.ended = new Promise((resolve) => child.once("exit", resolve));
    child.stdio[4].setEncoding("utf8").on("data", (data) => this.onData(data));
    child.once("error", (error) => this.fail(error));
    child.once("exit", (code) => this.fail(new Error(`chromium ended with ${code}`)));
  }

  fail(error) {
    for (const { reject } of this.pending.values()) {
      reject(error);
    }
    this.pending.clear();
  }

  onData(data) {
    const messages = (this.rest + data).split("\0");
    this.rest = messages.pop();
    for (const message of messages) {
      this.onMessage(JSON.parse(message));
    }
  }

  onMessage({ id, method, params, result, error, sessionId }) {
    if (id === undefined) {
      this.listeners.get(sessionId)?.(method, params);
      return;
    }
    const { resolve, reject } = this.pending.get(id);
    this.pending.delete(id);
    if (error) {
      reject(new Error(error.message));
    } else {
      resolve(result);
    }
  }

  listen(session, listener) {
    this.listeners.set(session, listener);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** A new, empty page. */
  async page() {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, sessionId);
    for (const domain of ["Page", "Runtime", "Network", "Log"]) {
      await page.send(`${domain}.enable`);
    }
    return page;
  }

  async close() {
    await this.send("Browser.close").catch(() => this.child.kill("SIGKILL"));
    await this.ended;
    fs.rmSync(this.profile, { recursive: true, force: true });
  }
}

module.exports = { Chromium };
