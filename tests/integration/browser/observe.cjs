// node observe.cjs PAGE.html FOLDER WISHES: what a person would see on the page, as JSON on standard
// output; its printed forms go into FOLDER. WISHES: {"number": a migration's, "search": words}.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { Chromium } = require("./chromium.cjs");

const visible = "[...document.querySelectorAll('tbody tr')].filter((row) => row.offsetParent !== null || row.getClientRects().length > 0).map((row) => row.id)";

const panel = `(() => {
  const open = [...document.querySelectorAll(".panel")].filter((one) => one.getClientRects().length > 0);
  return open.map((one) => ({ id: one.id, name: one.querySelector("h2").textContent,
    sql: one.querySelector("pre")?.textContent ?? null, text: one.textContent,
    hasFocus: document.activeElement === one }));
})()`;

const content = `({
  title: document.title,
  lanes: [...document.querySelectorAll("thead textPath")].map((name) => name.textContent),
  strips: document.querySelectorAll(".overview li").length,
  dots: document.querySelectorAll(".overview li circle").length,
  rows: document.querySelectorAll("tbody tr").length,
  signs: document.querySelectorAll("tbody .node").length,
  pending: [...document.querySelectorAll("tbody .next .node text")].map((text) => text.textContent),
  edges: document.querySelectorAll(".relations.before > li").length,
  tracks: [...new Set([...document.querySelectorAll("tbody .track")]
    .map((track) => track.dataset.to + " " + track.classList[1]))],
  conflicts: document.querySelectorAll(".conflicts li").length,
  warnings: document.querySelectorAll("tbody .warning").length,
  styled: getComputedStyle(document.querySelector("tbody tr")).position === "relative",
  scripts: document.scripts.length,
  images: document.images.length,
  attacked: window.attacked ?? null,
})`;

async function click(page, number) {
  await page.click(`#r${number} .name a`);
  return {
    panels: await page.evaluate(panel),
    marked: await page.evaluate("[...document.querySelectorAll('.is-related')].map((row) => row.id)"),
    labels: await page.evaluate("[...document.querySelectorAll('.relation')].map((label) => label.textContent)"),
    hash: await page.evaluate("location.hash"),
  };
}

async function escape(page) {
  await page.press("Escape");
  return {
    panels: await page.evaluate(panel),
    focus: await page.evaluate("document.activeElement.closest('tr')?.id ?? null"),
  };
}

async function filter(page, words) {
  await page.press("/", "/");
  const focus = await page.evaluate("document.activeElement.id");
  await page.type(words);
  const found = await page.evaluate(visible);
  const said = await page.evaluate("document.getElementById('found').textContent");
  await page.evaluate("search.value = ''; search.dispatchEvent(new Event('input'))");
  await page.click(".overview input");
  const withoutFirst = await page.evaluate(visible);
  await page.click(".overview input");
  await page.evaluate(
    "document.getElementById('state-filter').value = 'next'; document.getElementById('state-filter').dispatchEvent(new Event('change'))");
  const next = await page.evaluate(visible);
  await page.evaluate(
    "document.getElementById('state-filter').value = 'all'; document.getElementById('state-filter').dispatchEvent(new Event('change'))");
  return { focus, found, said, withoutFirst, next, all: await page.evaluate(visible) };
}

async function keys(page, number) {
  await page.evaluate(`document.querySelector("#r${number} .name a").focus()`);
  await page.press("Enter", "\r");
  const opened = await page.evaluate(panel);
  await page.press("j", "j");
  const moved = await page.evaluate(panel);
  await page.press("Escape");
  return { opened: opened.map((one) => one.id), moved: moved.map((one) => one.id) };
}

async function tip(page) {
  const place = await page.evaluate(`(() => {
    const tracks = [...document.querySelectorAll("tbody .track")];
    const track = tracks.find((one) => /^M[-\\d. ]+V[\\d.]+$/.test(one.getAttribute("d")));
    if (!track) return null;
    track.scrollIntoView({ block: "center" });
    const box = track.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  })()`);
  if (place === null) {
    return null;
  }
  await page.send("Input.dispatchMouseEvent", { type: "mouseMoved", ...place });
  return page.evaluate("[...document.querySelectorAll('.tip p')].map((line) => line.textContent)");
}

async function withoutScripts(browser, file, number) {
  const page = await browser.page();
  await page.allowScripts(false);
  await page.load(file, `#m${number}`);
  await page.allowScripts(true); // for our own questions: the page's script was not run
  return {
    hasScript: await page.evaluate("document.documentElement.classList.contains('js')"),
    rows: await page.evaluate(visible),
    panels: await page.evaluate(panel),
    tools: await page.evaluate("document.querySelector('.tools').getClientRects().length"),
  };
}

async function print(page, folder) {
  fs.writeFileSync(path.join(folder, "a4.pdf"), await page.pdf(8.27, 11.69));
  fs.writeFileSync(path.join(folder, "a3.pdf"), await page.pdf(11.69, 16.54));
  await page.evaluate("document.getElementById('print-sql').checked = true");
  fs.writeFileSync(path.join(folder, "sql.pdf"), await page.pdf(8.27, 11.69));
}

/** How much wider than the window the page is. */
async function overflow(page, width) {
  await page.resize(width, 900);
  return page.evaluate("document.documentElement.scrollWidth - innerWidth");
}

async function observe(file, folder, { number, search }) {
  const browser = await Chromium.start();
  try {
    const page = await browser.page();
    await page.resize(1500, 1000);
    await page.load(file);
    const seen = { content: await page.evaluate(content), closed: await page.evaluate(panel) };
    seen.clicked = await click(page, number);
    seen.escaped = await escape(page);
    seen.filtered = await filter(page, search);
    seen.keys = await keys(page, number);
    seen.tip = await tip(page);
    await print(page, folder);
    seen.narrow = await overflow(page, 400);
    seen.attacked = await page.evaluate("window.attacked ?? null");
    seen.messages = page.messages;
    seen.requests = page.requests;
    seen.withoutScripts = await withoutScripts(browser, file, number);
    return seen;
  } finally {
    await browser.close();
  }
}

const [file, folder, wishes] = process.argv.slice(2);
observe(path.resolve(file), folder, JSON.parse(wishes)).then(
  (seen) => process.stdout.write(JSON.stringify(seen)),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  });
