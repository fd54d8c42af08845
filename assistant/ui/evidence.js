// Runs once in the evidence panel: [n] marks in the chat and chips in the panel both ask the server for a citation.
const narrow = window.matchMedia("(max-width: 900px)");

function centre() {
  const cell = element.querySelector(".cited-cell");
  const box = cell && cell.closest(".grid-scroll");
  if (!box) return;
  const at = cell.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  box.scrollTop += at.top - frame.top - (frame.height - at.height) / 2;
  // the columns on the left say what a row is, so they go out of sight only where they must
  box.scrollLeft += Math.max(0, at.right - frame.right + 24);
}

let jump = false;
watch("value", () => requestAnimationFrame(() => {
  centre();
  if (jump) element.scrollIntoView({ behavior: "smooth", block: "start" });
  jump = false;
}));

function show(turn, n, mayJump) {
  jump = mayJump && narrow.matches;
  trigger("select", { turn: Number(turn), n: Number(n) });
}

element.addEventListener("click", (event) => {
  const chip = event.target.closest("button.chip");
  if (chip) show(chip.dataset.turn, chip.dataset.n, false);
});

async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

function copyAnswer(link) {
  const message = link.closest(".message") || link.closest(".meta").parentElement;
  const copy = message.cloneNode(true);
  copy.querySelectorAll(".meta").forEach((part) => part.remove());
  copyText(copy.innerText.trim()).then(() => {
    link.textContent = "已复制";
    setTimeout(() => { link.textContent = "复制"; }, 1500);
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest('a[href*="#evidence-"], a[href*="#copy-"]');
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  const mark = link.hash.match(/^#evidence-(\d+)-(\d+)$/);
  if (mark) show(mark[1], mark[2], true);
  else copyAnswer(link);
}, true);
