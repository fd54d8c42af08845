// Runs once in the page. Conversations live on the server; what is here is what one window shows of the current one.
const $ = (selector) => element.querySelector(selector);
const all = (selector, root = element) => [...root.querySelectorAll(selector)];
const MOST_CHARACTERS = Number($("#chat").dataset.most || 500);
const NOTICED = 90; // milliseconds
const SIZES = [100, 130, 160, 200];
const narrow = window.matchMedia("(max-width: 900px)");
const state = { talk: "", turns: [], scope: [], fresh: false, about: "", examples: "", waiting: [], busy: false, run: 0, recalled: 0, chooses: false, version: "", documents: {}, edits: false };

document.documentElement.lang = "zh-CN";
const base = new URL(".", location.href).pathname;

/** What went wrong with a request, in words for the user. */
class RequestError extends Error {}

async function call(path, options = {}) {
  const headers = options.headers || (options.body ? { "Content-Type": "application/json" } : {});
  let response;
  try {
    response = await fetch(base + path, { ...options, headers, credentials: "same-origin" });
  } catch {
    throw new RequestError("连不上服务。请看一下服务是否还在运行、网络是否通，再试一次。");
  }
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  throw new RequestError(told.problem ? told.problem + (told.remedy || "") : "服务没有正常回答，请再试一次。");
}
const json = async (path, options) => (await call(path, options)).json();
const post = (path, body) => json(path, { method: "POST", body: JSON.stringify(body) });
const turnPath = (name, turn, more = "") => `page/${name}?c=${encodeURIComponent(state.talk)}&turn=${turn}${more}`;

// ---- the conversation

function show(data) {
  state.run += 1;
  $("#evidence").removeAttribute("aria-busy");
  state.busy = false;
  state.waiting = [];
  state.talk = data.talk || "";
  state.turns = data.turns;
  state.fresh = false;
  if (data.documents) loaded(data);
  if ("edits" in data) state.edits = data.edits;
  $("#chat").innerHTML = data.turns.map((turn) => turn.html).join("") || welcome();
  if (data.leaves) {
    $("#logout").hidden = false;
    $("#logout button").textContent = `退出（${data.user}）`;
  }
  if (data.missing) told("没有这个对话（可能已经删除）。下面是新的对话。");
  beside(data);
  if (!data.turns.length) $("#offered").innerHTML = state.examples;
  toLastQuestion();
  named(data);
}

const welcome = () => '<div class="welcome"><h2>想了解哪笔预算？</h2><p>用平常的话问就行，每个数字都能点开看原表原文。</p></div>';

async function open(talk) {
  show(await json(`page/state?c=${encodeURIComponent(talk)}`));
  state.recalled = 0;
  $("#question").focus();
}

const openAddressed = () => open(new URL(location.href).searchParams.get("c") || "").catch((error) => told(error.message));

function beside(data) {
  around(data);
  evidence(data);
}

function around(data) {
  $("#offered").innerHTML = data.offered + (data.chooses ? '<button type="button" class="suggestion" id="choose-all">从全部文件里选…</button>' : "");
  if (data.turns || data.scope.length) state.scope = data.scope;
  state.about = data.about;
  state.chooses = data.chooses;
  if (data.version !== state.version) json("page/loaded").then((now) => { loaded(now); showScope(); });
  showScope();
}

function evidence(data) {
  $("#evidence").innerHTML = data.evidence;
  $("#query").innerHTML = data.query;
  $("#evidence").dataset.empty = String(!$("#evidence .evidence"));
  showView();
  centre();
  current();
}

/** What is loaded now; another index may have taken over since the page was opened. */
function loaded(data) {
  state.version = data.version;
  state.documents = data.documents;
  state.examples = data.examples;
  state.scope = state.scope.filter((id) => id in data.documents);
}

function toLastQuestion() {
  const last = all(".turn").at(-1);
  if (last) $("#chat").scrollTop = last.offsetTop - $("#chat").offsetTop - 8;
}

/** A question that waits for its answer: drawn only if that takes long enough to be noticed, so that most are drawn once. */
function pending(question) {
  const turn = document.createElement("section");
  turn.className = "turn pending";
  turn.innerHTML = '<div class="user-row"><p></p></div><div class="bot-row"><div class="working">正在查…</div></div>';
  turn.querySelector("p").textContent = question;
  const run = state.run;
  setTimeout(() => { if (run === state.run && !turn.dataset.shown) { shown(turn); toLastQuestion(); } }, NOTICED);
  return turn;
}

function shown(turn) {
  if (turn.dataset.shown) return;
  turn.dataset.shown = "yes";
  $("#chat .welcome")?.remove();
  $("#offered").innerHTML = "";
  $("#chat").append(turn);
}

function ask(question, scope = state.scope, again = null) {
  if (!question.trim()) return;
  state.waiting.push({ question: question.trim(), scope, again, turn: pending(question.trim()) });
  state.recalled = 0;
  work();
}

async function work() {
  if (state.busy || !state.waiting.length) return;
  const run = state.run;
  state.busy = true;
  const { question, scope, again, turn } = state.waiting.shift();
  try {
    const data = await (again ? post("page/again", { talk: state.talk, ...again }) : post("page/ask", { question, talk: state.talk, scope, fresh: state.fresh }));
    if (run === state.run) await take(data, turn);
  } catch (error) {
    if (run === state.run) failed(turn, question, error.message);
  }
  if (run !== state.run) return; // another conversation is shown by now
  state.busy = false;
  work();
}

function take(data, turn) {
  if (data.turn.number !== state.turns.length + 1) return catchUp(data.talk);
  state.talk = data.talk;
  state.fresh = false;
  state.turns.push(data.turn);
  shown(turn);
  turn.outerHTML = data.turn.html;
  const answered = $(`.turn[data-turn="${data.turn.number}"]`);
  $("#chat").scrollTop = answered.offsetTop - $("#chat").offsetTop - 8;
  besideSoon(data);
}

/** Another window has asked in this conversation, or deleted it: shows it as it is now, and asks what still waits. */
async function catchUp(talk) {
  const { waiting } = state;
  await open(talk);
  waiting.forEach(({ question, scope, again }) => ask(question, scope, again));
}

/** The conversation's name, and its id in the address; "back" leads to the one before. */
function named(data) {
  $("#title").textContent = data.title || "";
  const url = new URL(location.href);
  const leaves = url.searchParams.has("c") && !data.missing;
  if (data.talk) url.searchParams.set("c", data.talk);
  else url.searchParams.delete("c");
  if (url.href !== location.href) history[leaves ? "pushState" : "replaceState"](null, "", url);
}
addEventListener("popstate", () => openAddressed());

/** The answer first, its evidence right after it; none where the next question is under way by then. */
function besideSoon(data) {
  const run = state.run;
  const isLast = () => run === state.run && !state.busy && !state.waiting.length && state.turns.at(-1) === data.turn;
  $("#evidence").setAttribute("aria-busy", "true");
  setTimeout(async () => {
    if (run === state.run) named(data);
    if (isLast()) {
      around(data);
      const shown = await evidenceOf(data);
      if (isLast()) evidence(shown);
    }
    if (run === state.run && state.turns.at(-1) === data.turn) $("#evidence").removeAttribute("aria-busy");
  });
}

const noEvidence = () => ({ evidence: $("#evidence").dataset.blank, query: "" });

async function evidenceOf(data) {
  if (data.first === null) return noEvidence();
  try {
    return await json(turnPath("evidence", data.turn.number, `&n=${data.first}`));
  } catch (error) {
    told(error.message);
    return noEvidence();
  }
}

function failed(turn, question, message) {
  shown(turn);
  turn.classList.remove("pending");
  turn.querySelector(".bot-row").innerHTML = '<div class="problem"><span></span> <button type="button" class="again">再试一次</button></div>';
  turn.querySelector(".problem span").textContent = message;
  turn.querySelector(".again").onclick = () => { turn.remove(); ask(question); };
}

function told(message) {
  const note = document.createElement("div");
  note.className = "problem";
  note.textContent = message;
  $("#chat").append(note);
  note.scrollIntoView();
}

function restart() {
  show({ talk: "", turns: [], title: "", evidence: $("#evidence").dataset.blank, query: "", offered: "", scope: state.scope, about: "", chooses: false, version: state.version });
  $("#question").focus();
}

// ---- the box

const box = $("#question");
$("#ask").addEventListener("submit", (event) => { event.preventDefault(); send(); });
box.addEventListener("input", count);
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  if (event.key === "ArrowUp" && (!box.value || state.recalled)) recall(event, 1);
  if (event.key === "ArrowDown" && state.recalled) recall(event, -1);
});

function send() {
  if (box.value.trim().length > MOST_CHARACTERS) return count();
  const question = box.value;
  box.value = "";
  ask(question);
  count();
  box.focus();
}

function count() {
  const length = box.value.trim().length;
  const line = $("#count");
  line.hidden = length < MOST_CHARACTERS * 0.8;
  const told = length > MOST_CHARACTERS ? `${length} 字，一次最多问 ${MOST_CHARACTERS} 字` : `${length} / ${MOST_CHARACTERS} 字`;
  line.innerHTML = `${told}。像是一封来信？<button type="button" id="as-letter">按来信逐件答复</button>`;
  $("#as-letter").onclick = () => { openLetter(box.value); box.value = ""; count(); };
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
}

function recall(event, step) {
  const asked = state.turns.map((turn) => turn.question);
  const at = state.recalled + step;
  if (at > asked.length) return;
  event.preventDefault();
  state.recalled = Math.max(0, at);
  box.value = state.recalled ? asked[asked.length - state.recalled] : "";
  count();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches && event.target.matches("input, textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || $("dialog[open]")) return;
  const idle = !typing || (event.target === box && !box.value);
  if (idle && event.key === "ArrowLeft" && !inScroller(event.target)) { event.preventDefault(); step(-1); }
  if (idle && event.key === "ArrowRight" && !inScroller(event.target)) { event.preventDefault(); step(1); }
  if (idle && event.key === "/") { event.preventDefault(); box.focus(); }
  if (typing) return;
  if (event.key === "Escape") leaveEvidence();
  if (event.key === "ArrowUp" && !inScroller(event.target)) { box.focus(); recall(event, 1); }
});
const inScroller = (target) => Boolean(target.closest && target.closest(".grid-scroll, .sheet-scroll"));

// ---- evidence

function centre() {
  const chips = $("#evidence .chips");
  const chip = chips && chips.querySelector('[aria-pressed="true"]');
  if (chip && (chip.offsetTop < chips.scrollTop + chips.offsetTop || chip.offsetTop + chip.offsetHeight > chips.scrollTop + chips.offsetTop + chips.clientHeight)) chips.scrollTop = chip.offsetTop - chips.offsetTop - 4;
  const cell = $("#evidence .cited-cell");
  const frame = cell && cell.closest(".grid-scroll");
  if (!frame || !frame.offsetParent) return;
  requestAnimationFrame(() => {
    frame.style.setProperty("--head", `${frame.querySelector("thead")?.offsetHeight || 0}px`);
    const at = cell.getBoundingClientRect();
    const seen = frame.getBoundingClientRect();
    frame.scrollTop += at.top - seen.top - Math.max(8, (seen.height - at.height) / 2);
    const name = Math.max(0, ...all(".cited-row .name", frame).map((each) => each.offsetWidth)); // stays in sight, over the rest
    frame.scrollLeft += Math.max(0, Math.min(at.right - seen.right + 24, at.left - seen.left - name));
    const panel = $("#evidence .evidence");
    const below = cell.getBoundingClientRect().bottom - panel.getBoundingClientRect().bottom;
    if (below > 0) panel.scrollTop += below + 12;
  });
}

function current() {
  const panel = $("#evidence .evidence");
  all("#chat .mark").forEach((mark) => {
    const is = panel && mark.dataset.turn === panel.dataset.turn && mark.dataset.n === panel.dataset.n;
    mark.setAttribute("aria-pressed", String(Boolean(is)));
  });
}

async function source(turn, n) {
  const scrolled = $("#evidence .chips")?.scrollTop || 0;
  try {
    const data = await json(turnPath("evidence", turn, `&n=${n}`));
    $("#evidence").innerHTML = data.evidence;
    $("#query").innerHTML = data.query;
  } catch (error) {
    $("#evidence").innerHTML = '<div class="evidence-empty"></div>';
    $("#evidence .evidence-empty").textContent = error.message;
  }
  if ($("#evidence .chips")) $("#evidence .chips").scrollTop = scrolled;
  showView();
  centre();
  current();
}

function step(by) {
  const chips = all("#evidence .chip");
  const at = chips.findIndex((chip) => chip.getAttribute("aria-pressed") === "true");
  const chip = chips[at + by];
  if (chip) source(chip.dataset.turn, chip.dataset.n);
}

let returnTo = null;
function leaveEvidence() {
  $("#page").classList.remove("evidence-open", "evidence-full");
  $("#full").textContent = "全屏";
  showView();
  if (returnTo && returnTo.isConnected) returnTo.focus();
  returnTo = null;
}

$("#back").onclick = leaveEvidence;
$("#previous").onclick = () => step(-1);
$("#next").onclick = () => step(1);
$("#full").onclick = () => {
  const full = $("#page").classList.toggle("evidence-full");
  $("#full").textContent = full ? "退出全屏" : "全屏";
  showView();
  centre();
};

// ---- clicks

element.addEventListener("click", async (event) => {
  const target = event.target.closest("button");
  if (!target) return;
  if (target.matches(".mark")) {
    await source(target.dataset.turn, target.dataset.n);
    if (narrow.matches) { returnTo = target; $("#page").classList.add("evidence-open"); $("#back").focus(); showView(); centre(); }
  } else if (target.matches(".chip")) {
    await source(target.dataset.turn, target.dataset.n);
    $('#evidence .chip[aria-pressed="true"]')?.focus();
  } else if (target.id === "choose-all") openDocuments(true);
  else if (target.matches(".suggestion")) { ask(target.textContent, []); box.focus(); }
  else if (target.matches(".more")) { target.closest(".list").classList.add("whole"); target.remove(); }
  else if (target.matches("[data-close]")) target.closest("dialog").close();
  else if (target.matches(".sort")) sort(target.parentElement);
  else if (target.dataset.act) act(target);
});

function sort(head) {
  const table = head.closest("table");
  const at = [...head.parentElement.children].indexOf(head);
  const down = head.getAttribute("aria-sort") !== "descending";
  all("th", table).forEach((each) => each.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const key = (row) => (head.dataset.sort === "number" ? Number(row.children[at].dataset.value || 0) : row.children[at].textContent);
  const rows = [...table.tBodies[0].rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    const order = typeof x === "number" ? x - y : x.localeCompare(y, "zh-CN");
    return down ? -order : order;
  });
  rows.forEach((row, number) => row.classList.toggle("folded", number >= 10));
  table.tBodies[0].append(...rows);
}

async function act(button) {
  const number = Number(button.closest(".turn").dataset.turn);
  const turn = state.turns.find((each) => each.number === number);
  const name = button.dataset.act;
  if (name === "copy") copied(button, copyText(turn.text));
  if (name === "copy-sources") copied(button, copyText(turn.sourced));
  if (name === "copy-table") copied(button, copyTable(all(".list table", button.closest(".turn"))));
  if (name === "chart-svg") download(turnPath("chart.svg", number));
  if (name === "chart-png") chartPng(number);
  if (name === "pack") download(turnPath("pack.xlsx", number));
  if (name === "list-xlsx") download(turnPath("list.xlsx", number));
  if (name === "list-csv") download(turnPath("list.csv", number));
  if (name === "letter") draftLetter([number]);
  if (name === "chart") chart(number, button);
  if (name === "wrong") objectTo(number, button);
  if (name === "rules" || name === "reworded") ask(turn.question, state.scope, { turn: number, way: name });
}

function chart(number, button) {
  const row = button.closest(".bot-row");
  const shown = row.querySelector("figure");
  if (shown) return shown.remove();
  const figure = document.createElement("figure");
  figure.innerHTML = '<img alt="条形图，数与上面的表相同"><div class="line"><button type="button" data-act="chart-svg">下载 SVG</button><button type="button" data-act="chart-png">下载 PNG</button></div>';
  figure.querySelector("img").src = base + turnPath("chart.svg", number);
  row.querySelector(".meta").before(figure);
}

async function chartPng(number) {
  const image = new Image();
  image.src = base + turnPath("chart.svg", number);
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth * 2, image.naturalHeight * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const link = document.createElement("a");
  link.href = canvas.toDataURL("image/png");
  link.download = "图.png";
  link.click();
}

function objectTo(number, button) {
  $("#wrong-comment").value = "";
  $("#wrong-state").textContent = "";
  $("#wrong").showModal();
  $("#wrong-send").onclick = async () => {
    try {
      await post("page/wrong", { talk: state.talk, turn: number, comment: $("#wrong-comment").value });
      $("#wrong").close();
      button.textContent = "已记下";
    } catch (error) {
      $("#wrong-state").textContent = error.message;
    }
  };
}

function download(path) {
  const link = document.createElement("a");
  link.href = base + path;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}

async function copied(button, done) {
  const text = button.textContent;
  await done;
  button.textContent = "已复制";
  setTimeout(() => { button.textContent = text; }, 1500);
}

async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  (element.querySelector("dialog[open]") || document.body).append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

function tableOf(tables) {
  const html = document.createElement("div");
  const lines = [];
  for (const table of tables) {
    const copy = document.createElement("table");
    copy.border = 1;
    for (const row of table.rows) {
      const line = copy.insertRow();
      for (const cell of row.cells) {
        const plain = cell.cloneNode(true);
        plain.querySelectorAll(".bar").forEach((bar) => bar.remove());
        line.insertCell().textContent = plain.textContent;
      }
      lines.push([...line.cells].map((cell) => cell.textContent).join("\t"));
    }
    html.append(copy);
  }
  return [html, lines.join("\n")];
}

async function copyTable(tables) {
  const [html, text] = tableOf(tables);
  if (navigator.clipboard && window.isSecureContext && window.ClipboardItem) {
    const item = { "text/html": new Blob([html.innerHTML], { type: "text/html" }), "text/plain": new Blob([text], { type: "text/plain" }) };
    return navigator.clipboard.write([new ClipboardItem(item)]);
  }
  document.body.append(html);
  getSelection().selectAllChildren(html);
  document.execCommand("copy");
  html.remove();
}

// ---- earlier conversations

$("#new-talk").onclick = restart;
$("#open-talks").onclick = async () => { $("#talks").showModal(); await listTalks(""); $("#talk-words").focus(); };
$("#talk-words").addEventListener("input", (event) => listTalks(event.target.value));

const day = (changed) => {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(changed).setHours(0, 0, 0, 0)) / 86400000);
  return days <= 0 ? "今天" : days === 1 ? "昨天" : days < 7 ? "七天内" : "更早";
};

async function listTalks(words) {
  const talks = await json(`page/talks?q=${encodeURIComponent(words)}`);
  const list = $("#talk-list");
  list.innerHTML = talks.length ? "" : "<p>没有。</p>";
  let last = "";
  for (const talk of talks) {
    if (day(talk.changed) !== last) {
      last = day(talk.changed);
      const title = document.createElement("h3");
      title.textContent = last;
      list.append(title);
    }
    const row = document.createElement("div");
    row.className = "talk";
    row.innerHTML = '<button type="button" class="open"></button><small></small><button type="button" class="record" title="每一问、回答和出处，存成 Word 文件">导出 Word</button><button type="button" class="pack" title="全部回答的数字、出处和查询，存成 Excel 文件">证据包</button><button type="button" class="rename">改名</button><button type="button" class="delete">删除</button>';
    row.querySelector(".open").textContent = talk.title;
    row.querySelector("small").textContent = `${talk.turns} 问`;
    row.querySelector(".open").onclick = () => { $("#talks").close(); open(talk.id); };
    row.querySelector(".record").onclick = () => download(`page/talks/${talk.id}/record.docx`);
    row.querySelector(".pack").onclick = () => download(`page/talks/${talk.id}/pack.xlsx`);
    row.querySelector(".rename").onclick = () => rename(row, talk);
    row.querySelector(".delete").onclick = () => sure(`删除对话“${talk.title}”？删掉就找不回来了。`, async () => {
      await call(`page/talks/${talk.id}`, { method: "DELETE" });
      if (talk.id === state.talk) restart();
      await listTalks($("#talk-words").value);
    });
    list.append(row);
  }
}

function rename(row, talk) {
  const input = document.createElement("input");
  input.value = talk.title;
  input.setAttribute("aria-label", "对话的名称");
  row.querySelector(".open").replaceWith(input);
  input.focus();
  input.onkeydown = async (event) => {
    if (event.key !== "Enter" || !input.value.trim()) return;
    await post(`page/talks/${talk.id}`, { title: input.value });
    if (talk.id === state.talk) $("#title").textContent = input.value.trim();
    await listTalks($("#talk-words").value);
  };
}

function sure(question, then) {
  $("#confirm p").textContent = question;
  $("#confirm").showModal();
  $("#confirm-yes").onclick = () => { $("#confirm").close(); then(); };
}

// ---- which documents

let askAgain = false;
$("#choose-scope").onclick = () => openDocuments(false);
$("#letter-scope").onclick = () => openDocuments(false);
$("#drop-scope").onclick = () => { state.scope = []; state.about = ""; state.fresh = true; showScope(); box.focus(); };

async function openDocuments(again) {
  askAgain = again;
  $("#documents").showModal();
  openShelf();
  await listDocuments();
}

async function listDocuments() {
  const data = await json("page/documents");
  loaded(data);
  showScope();
  $("#document-list").innerHTML = data.html;
  all("#document-list input[type=checkbox]").forEach((input) => { input.checked = state.scope.includes(input.value); });
  all("#document-list .filters > *").forEach((filter) => filter.addEventListener("input", filterDocuments));
  $("#document-list table").addEventListener("change", chosen);
  $("#document-list table").addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    const input = row && row.querySelector("input");
    if (input && event.target !== input && event.target.tagName !== "BUTTON") { input.checked = !input.checked; chosen(); }
  });
  chosen();
}

function filterDocuments() {
  const [words, year, type] = ["#scope-words", "#scope-year", "#scope-type"].map((each) => $(each).value.trim());
  all("#document-list tbody tr").forEach((row) => {
    row.hidden = !(words.split(/\s+/).every((word) => row.dataset.words.includes(word)) && (!year || row.dataset.year === year) && (!type || row.dataset.type === type));
  });
}

const boxes = () => all("#document-list input[type=checkbox]").filter((input) => input.checked);
function chosen() {
  $("#chosen").textContent = boxes().length ? `选中 ${boxes().length} 份` : "没有选：问全部";
}

function choose(inputs) {
  state.scope = inputs.map((input) => input.value);
  state.about = "";
  state.fresh = !inputs.length;
  showScope();
  $("#documents").close();
  const last = state.turns.at(-1);
  if (askAgain && inputs.length && last) ask(last.question);
  box.focus();
}
$("#scope-all").onclick = () => choose([]);
$("#scope-chosen").onclick = () => choose(boxes());

function showScope() {
  const chip = $("#choose-scope");
  const known = state.documents;
  const names = state.scope.map((id) => known[id]).filter(Boolean);
  const count = Object.keys(known).length;
  chip.textContent = names.length ? (names.length > 2 ? `${names[0]} 等 ${names.length} 份` : names.join("、")) : count === 1 ? Object.values(known)[0] : `全部 ${count} 份文件`;
  $("#letter-scope").textContent = `问：${names.length || count === 1 ? chip.textContent : "信里写到的单位"}`;
  $("#about").textContent = !names.length && state.about ? `接着上一问：${state.about}` : "";
  $("#drop-scope").hidden = !names.length && !state.about;
}

// ---- reading it in a meeting

const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private windows keep nothing */ } };
const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };

function size(percent) {
  $("#page").style.setProperty("--scale", percent / 100);
  $("#size span").textContent = `${percent}%`;
  keep("size", percent);
  count();
  centre();
}
$("#size").onclick = () => size(SIZES[(SIZES.indexOf(parseInt($("#size span").textContent, 10)) + 1) % SIZES.length]);
size(SIZES.includes(Number(kept("size"))) ? Number(kept("size")) : 100);

function meeting(on) {
  $("#page").classList.toggle("meeting", on);
  $("#meeting").setAttribute("aria-pressed", String(on));
  keep("meeting", on ? "1" : "");
  toLastQuestion();
  centre();
}
$("#meeting").onclick = () => meeting(!$("#page").classList.contains("meeting"));
if (kept("meeting")) meeting(true);

function theme(dark) {
  document.body.classList.toggle("dark", dark);
  keep("theme", dark ? "dark" : "light");
}
$("#theme").onclick = () => theme(!document.body.classList.contains("dark"));
if (kept("theme")) theme(kept("theme") === "dark");

// ---- the reply to a citizen's letter

const FIELDS = ["title", "greeting", "body", "sources", "basis", "signature", "contact", "date"];
let letterTurns = [];
$("#open-letter").onclick = () => openLetter("");

function openLetter(text) {
  $("#letter-from").value = text;
  $("#letter-draft").hidden = true;
  $("#letter-notes").innerHTML = "";
  $("#letter-state").textContent = "";
  if (!$("#letter").open) $("#letter").showModal();
  $("#letter-from").focus();
}

$("#letter-answer").onclick = async () => {
  const text = $("#letter-from").value;
  if (!text.trim()) return;
  $("#letter-state").textContent = "正在逐件查…";
  $("#letter-answer").disabled = true;
  try {
    const data = await post("page/letter/asks", { letter: text, scope: state.scope });
    await open(data.talk);
    fill(data);
    $("#letter-state").textContent = `查了 ${data.turns.length} 件。`;
  } catch (error) {
    $("#letter-state").textContent = error.message;
  } finally {
    $("#letter-answer").disabled = false;
  }
};

async function draftLetter(turns, incoming = "") {
  try {
    const data = await post("page/letter", { talk: state.talk, turns, incoming });
    if (!$("#letter").open) openLetter(data.incoming);
    fill(data);
  } catch (error) {
    if ($("#letter").open) $("#letter-state").textContent = error.message;
    else told(error.message);
  }
}

function fill(data) {
  letterTurns = data.turns;
  $("#letter-from").value = data.incoming;
  FIELDS.forEach((name) => { $(`#letter-${name}`).value = data[name]; });
  $("#letter-notes").innerHTML = data.notes;
  $("#letter-draft").hidden = false;
  $("#letter-unknown").textContent = "";
  $("#letter-turns").innerHTML = "";
  for (const turn of state.turns) {
    const label = document.createElement("label");
    label.innerHTML = '<input type="checkbox"> <span></span>';
    label.querySelector("span").textContent = turn.question;
    const input = label.querySelector("input");
    input.checked = data.turns.includes(turn.number);
    input.onchange = () => {
      const numbers = input.checked ? [...letterTurns, turn.number] : letterTurns.filter((each) => each !== turn.number);
      if (numbers.length) draftLetter(numbers.sort((a, b) => a - b), $("#letter-from").value);
      else input.checked = true;
    };
    $("#letter-turns").append(label);
  }
}

const letterNow = () => ({ talk: state.talk, turns: letterTurns, incoming: $("#letter-from").value, ...Object.fromEntries(FIELDS.map((name) => [name, $(`#letter-${name}`).value])) });

async function unknown() {
  const data = await post("page/letter/unknown", letterNow());
  $("#letter-unknown").textContent = data.numbers.length ? `改过的信里有查不到出处的数字：${data.numbers.join("、")}。发出前请核实。` : "";
}
["body", "sources", "basis"].forEach((name) => $(`#letter-${name}`).addEventListener("change", unknown));

$("#letter-frame").onclick = async () => {
  try {
    $("#letter-body").value = (await post("page/letter/frame", letterNow())).body;
    $("#letter-unknown").textContent = "开头和结尾是语言模型拟的，请看一遍。";
  } catch (error) {
    $("#letter-unknown").textContent = error.message;
  }
};
$("#letter-docx").onclick = async () => {
  try {
    await unknown();
    const blob = await (await call("page/letter.docx", { method: "POST", body: JSON.stringify(letterNow()) })).blob();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${$("#letter-title").value || "答复"}.docx`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  } catch (error) {
    $("#letter-unknown").textContent = error.message;
  }
};
$("#letter-copy").onclick = async () => copied($("#letter-copy"), copyText((await post("page/letter/text", letterNow())).text));

addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof RequestError)) return;
  event.preventDefault();
  told(event.reason.message);
});
openAddressed();
