// ---- adding and removing documents: for editors, in the list of documents

let following = 0;

function openShelf() {
  $("#shelf").hidden = !state.edits;
  $("#shelf-state").textContent = "";
  if (state.edits) follow();
}

/** Shows what is under way until nothing is. */
async function follow() {
  const run = (following += 1);
  let busy = true;
  while (busy && run === following && $("#documents").open) {
    const data = await json("page/shelf");
    if (run !== following) return;
    showShelf(data);
    busy = data.busy;
    if (busy) await new Promise((done) => { setTimeout(done, 700); });
  }
  const version = state.version;
  if (run === following && $("#documents").open && (await json("page/loaded")).version !== version) await listDocuments();
}

function showShelf(data) {
  const list = $("#shelf-items");
  if (list.dataset.shown !== data.html) {
    const at = document.activeElement?.closest?.("#shelf-items") ? document.activeElement.outerHTML : "";
    const opened = all("details[open]", list).map((each) => each.closest(".change").dataset.id);
    list.innerHTML = list.dataset.shown = data.html;
    all("details", list).forEach((each) => { each.open = opened.includes(each.closest(".change").dataset.id); });
    if (at) (all("button", list).find((button) => button.outerHTML === at) || $("#documents [data-close]")).focus();
  }
  $("#shelf-join").hidden = data.ready.length < 2;
  $("#shelf-join").onclick = () => joinFiles(data.ready);
}

async function putFiles(files) {
  const refused = [];
  for (const file of files) {
    $("#shelf-state").textContent = [...refused, `正在送上“${file.name}”…`].join("　");
    try {
      const headers = { "Content-Type": "application/octet-stream" };
      await call(`page/shelf?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file, headers });
    } catch (error) {
      refused.push(error.message);
    }
    $("#shelf-state").textContent = refused.join("　");
    follow();
  }
}

/** Does something to the shelf, says what went wrong, and goes on showing it. */
async function change(path, options) {
  try {
    await call(path, options);
    $("#shelf-state").textContent = "";
  } catch (error) {
    $("#shelf-state").textContent = error.message;
  }
  follow();
}

const joinFiles = (ids) => change("page/shelf/join", { method: "POST", body: JSON.stringify({ ids }) });

$("#shelf-files").addEventListener("change", async (event) => {
  await putFiles([...event.target.files]);
  event.target.value = "";
});
$("#shelf").addEventListener("dragover", (event) => event.preventDefault());
$("#shelf").addEventListener("drop", (event) => { event.preventDefault(); putFiles([...event.dataTransfer.files]); });
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-join], [data-clear], [data-remove]");
  if (!button) return;
  if (button.dataset.join) joinFiles([button.dataset.join]);
  if (button.dataset.clear) change(`page/shelf/${button.dataset.clear}`, { method: "DELETE" });
  if (button.dataset.remove) {
    const name = state.documents[button.dataset.remove] || "这份文件";
    sure(`移出“${name}”？移出后不再用它回答；文件本身留在服务器上。`, () => change(`page/documents/${button.dataset.remove}`, { method: "DELETE" }));
  }
});
